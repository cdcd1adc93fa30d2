import type { MessageReading } from './codeReading.ts';
import { isObject, listOf, numberOf, objectOf, textOf, textsOf } from './json.ts';
import type { JsonObject } from './json.ts';
import { resolveReference } from './strictSchemaCheck.ts';
import { knownShape } from './structuredShapes.ts';

/** What the generator knows while it goes down a schema. */
interface Place {
  readonly root: JsonObject;
  readonly reading: MessageReading;
  /** The property that the value is for; decides what a text says. */
  readonly name: string;
  readonly depth: number;
}

/** Deeper than this a recursive schema gets its smallest value. */
const recursionLimit = 6;

/** A value that satisfies the schema, and speaks about the message where the schema's shape is a known one. */
export function instanceOf(schema: JsonObject, reading: MessageReading): unknown {
  const place: Place = { root: schema, reading, name: '', depth: 0 };
  const known = knownShape(Object.keys(objectOf(schema.properties)), reading);
  return known === undefined ? invent(schema, place) : fit(known, schema, place);
}

/** Keeps of the value what the schema declares, and invents what the value lacks. */
function fit(value: unknown, declared: JsonObject, place: Place): unknown {
  const schema = resolved(declared, place);
  const variants = listOf(schema.anyOf).map(objectOf);
  if (variants.length > 0) {
    const matching = variants.find((variant) => accepts(resolved(variant, place), value));
    return matching ? fit(value, matching, place) : invent(schema, place);
  }
  if (!accepts(schema, value)) return invent(schema, place);
  if (isObject(value)) {
    const properties = Object.entries(objectOf(schema.properties));
    return Object.fromEntries(
      properties.map(([name, property]) => [name, fit(value[name], objectOf(property), below(place, name))]),
    );
  }
  if (Array.isArray(value))
    return value.map((item) => fit(item, objectOf(schema.items), below(place, place.name)));
  return value;
}

function accepts(schema: JsonObject, value: unknown): boolean {
  const options = listOf(schema.enum);
  if (options.length > 0) return options.includes(value);
  if (schema.const !== undefined) return schema.const === value;
  const types = typesOf(schema);
  if (types.includes('number') && typeof value === 'number') return true;
  return types.includes(typeNameOf(value));
}

function typeNameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function typesOf(schema: JsonObject): readonly string[] {
  const type = schema.type;
  if (typeof type === 'string') return [type];
  const listed = textsOf(type);
  if (listed.length > 0) return listed;
  return schema.properties === undefined ? ['string'] : ['object'];
}

function invent(declared: JsonObject, place: Place): unknown {
  const schema = resolved(declared, place);
  if (schema.const !== undefined) return schema.const;
  const options = listOf(schema.enum);
  if (options.length > 0) return options[0];
  const variants = [...listOf(schema.anyOf), ...listOf(schema.oneOf)].map(objectOf);
  const nullable = variants.find((variant) => variant.type === 'null');
  if (place.depth > recursionLimit && nullable) return null;
  const variant = variants.find((each) => each !== nullable);
  if (variant) return invent(variant, place);
  return inventOfType(typesOf(schema)[0] ?? 'string', schema, place);
}

function inventOfType(type: string, schema: JsonObject, place: Place): unknown {
  switch (type) {
    case 'object':
      return inventObject(schema, place);
    case 'array':
      return inventArray(schema, place);
    case 'integer':
    case 'number':
      return inventNumber(schema, place);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return inventText(schema, place);
  }
}

function inventObject(schema: JsonObject, place: Place): unknown {
  const properties = Object.entries(objectOf(schema.properties));
  return Object.fromEntries(
    properties.map(([name, property]) => [name, invent(objectOf(property), below(place, name))]),
  );
}

function inventArray(schema: JsonObject, place: Place): unknown {
  const least = numberOf(schema.minItems) ?? 1;
  if (place.depth > recursionLimit) return [];
  const count = Math.min(Math.max(least, 1), numberOf(schema.maxItems) ?? Infinity);
  return Array.from({ length: count }, () => invent(objectOf(schema.items), below(place, place.name)));
}

function inventNumber(schema: JsonObject, place: Place): number {
  const least = numberOf(schema.minimum) ?? 1;
  const value = /line/i.test(place.name) ? (place.reading.code?.firstLine ?? 1) : 1;
  return Math.min(Math.max(least, value), numberOf(schema.maximum) ?? Infinity);
}

function inventText(schema: JsonObject, place: Place): string {
  const text = textFor(place);
  const longest = numberOf(schema.maxLength) ?? Infinity;
  return text.padEnd(numberOf(schema.minLength) ?? 0, '.').slice(0, longest);
}

function textFor(place: Place): string {
  const { code, question } = place.reading;
  const declared = code?.declarations[0];
  const name = place.name.toLowerCase();
  if (/path|file/.test(name)) return code?.path ?? 'src/example.ts';
  if (name.includes('language')) return code?.language ?? 'typescript';
  if (/quote|code|body|content|search/.test(name))
    return declared?.text ?? code?.lines[0] ?? 'const answer = 42;';
  if (/name|title|symbol|identifier/.test(name)) return declared?.name ?? 'example';
  if (/question|query/.test(name)) return question;
  const subject = declared ? `\`${declared.name}\`` : 'the message';
  return `Simulated ${place.name === '' ? 'text' : place.name} about ${subject}.`;
}

function resolved(schema: JsonObject, place: Place): JsonObject {
  const reference = textOf(schema.$ref);
  if (reference === undefined) return schema;
  return resolveReference(place.root, reference) ?? {};
}

function below(place: Place, name: string): Place {
  return { ...place, name, depth: place.depth + 1 };
}
