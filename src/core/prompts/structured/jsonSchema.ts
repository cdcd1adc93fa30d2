import type { CleanText } from '../../context/clean.ts';
import { asSchema } from '../../context/trusted.ts';
import { arrayIn, objectIn, numberIn, parseJson, textIn, textsIn, type JsonObject } from '../../util/json.ts';
import type { AnswerValidator, ValidationResult } from './structuredPrompt.ts';

/** A JSON Schema that answers can be asked by, or why a text is none. */
export type JsonSchemaReading =
  | { readonly state: 'read'; readonly schema: AnswerValidator<JsonObject> }
  | { readonly state: 'broken'; readonly problem: string };

/** A schema or a value that is nested deeper is taken for one without an end. */
const deepest = 64;
/** So many looks at parts of an answer are enough for any of an honest size. */
const maxSteps = 200_000;
/** More faults than this say nothing new. */
const maxFaults = 10;

/** Patterns are tried on texts up to this length, because some take very long to say no. */
const maxMatchedLength = 1_000;
/** The same for patterns that repeat a group: in the worst case each character doubles their time. */
const maxGroupMatchedLength = 20;

/** Keywords that narrow a value down, and are asked for as they are. */
const keptKeywords = ['type', 'enum', 'const', 'title', 'description'] as const;
const definitionKeywords = ['$defs', 'definitions'] as const;

class SchemaError extends Error {}

/**
 * Reads the part of JSON Schema that structured answers know: `type`, `properties`, `required`, `additionalProperties`,
 * `items`, `enum`, `const`, `anyOf` (and `oneOf`, as that), `$ref` to definitions in the same schema, and bounds of
 * numbers, texts and lists. What else stands there is passed over.
 */
export function readJsonSchema(text: CleanText): JsonSchemaReading {
  const root = objectIn(parseJson(text.replace(/^\uFEFF/, '')));
  if (!root) {
    return { state: 'broken', problem: 'It is not a JSON object.' };
  }
  try {
    const start = textIn(root['$ref']) === undefined ? root : refersTo(root, root);
    if (start['type'] !== 'object') {
      return { state: 'broken', problem: 'It does not describe an object: its "type" must be "object".' };
    }
    const strict = asSchema({ ...toStrict(root, start, 0), ...definitionsOf(root) });
    return { state: 'read', schema: { strict, validate: (value) => validate(root, start, value) } };
  } catch (error) {
    if (error instanceof SchemaError) {
      return { state: 'broken', problem: error.message };
    }
    throw error;
  }
}

/** What a schema refers to, through references to references. */
function refersTo(root: JsonObject, schema: JsonObject): JsonObject {
  let target = schema;
  for (let hops = 0; hops < deepest; hops += 1) {
    const ref = textIn(target['$ref']);
    if (ref === undefined) {
      return target;
    }
    const [, keyword = '', name = ''] = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(ref) ?? [];
    const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
    const definitions = objectIn(root[keyword]) ?? {};
    const next =
      ref === '#' ? root : Object.hasOwn(definitions, key) ? objectIn(definitions[key]) : undefined;
    if (!next) {
      throw new SchemaError(`"${ref}" leads nowhere: only "#" and what stands in "$defs" can be meant.`);
    }
    target = next;
  }
  throw new SchemaError('A "$ref" leads back to itself.');
}

function definitionsOf(root: JsonObject): JsonObject {
  const entries = definitionKeywords.flatMap((keyword) => {
    const definitions = objectIn(root[keyword]);
    return definitions ? [[keyword, strictEach(root, definitions, 0)] as const] : [];
  });
  return Object.fromEntries(entries);
}

function strictEach(root: JsonObject, schemas: JsonObject, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(schemas).map(([key, each]) => [key, toStrict(root, objectIn(each) ?? {}, depth + 1)]),
  );
}

/** The form that strict structured output demands; what may be missing may be `null` there instead. */
function toStrict(root: JsonObject, schema: JsonObject, depth: number): JsonObject {
  if (depth > deepest) {
    throw new SchemaError('It is nested too deeply.');
  }
  checkPattern(schema);
  if (textIn(schema['$ref']) !== undefined) {
    refersTo(root, schema);
    return { $ref: schema['$ref'] };
  }
  const [items, variants] = [objectIn(schema['items']), variantsOf(schema)];
  return {
    ...Object.fromEntries(keptKeywords.flatMap((key) => (key in schema ? [[key, schema[key]]] : []))),
    ...(items && { items: toStrict(root, items, depth + 1) }),
    ...(variants.length > 0 && { anyOf: variants.map((each) => toStrict(root, each, depth + 1)) }),
    ...(typesOf(schema).includes('object') && strictObject(root, schema, depth)),
  };
}

function strictObject(root: JsonObject, schema: JsonObject, depth: number): JsonObject {
  const properties = objectIn(schema['properties']);
  const others = objectIn(schema['additionalProperties']);
  if (!properties && others) {
    return { additionalProperties: toStrict(root, others, depth + 1) };
  }
  const required = textsIn(schema['required']);
  const strict = Object.entries(strictEach(root, properties ?? {}, depth)).map(
    ([key, each]) => [key, required.includes(key) ? each : { anyOf: [each, { type: 'null' }] }] as const,
  );
  return {
    properties: Object.fromEntries(strict),
    required: Object.keys(properties ?? {}),
    additionalProperties: false,
  };
}

function checkPattern(schema: JsonObject): void {
  const pattern = textIn(schema['pattern']);
  if (pattern !== undefined && !toPattern(pattern)) {
    throw new SchemaError(`The pattern "${pattern}" is no regular expression.`);
  }
}

function toPattern(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    // The caller says so.
    return undefined;
  }
}

function variantsOf(schema: JsonObject): readonly JsonObject[] {
  return [...arrayIn(schema['anyOf']), ...arrayIn(schema['oneOf'])].map((each) => objectIn(each) ?? {});
}

/** Where in an answer one is, and how much was looked at. */
interface Walk {
  readonly root: JsonObject;
  readonly path: string;
  readonly depth: number;
  readonly steps: { count: number };
}

/** A part of an answer, without the `null`s that stand for what is missing, and what is wrong with it. */
interface Looked {
  readonly value: unknown;
  readonly faults: readonly string[];
}

function validate(root: JsonObject, schema: JsonObject, answer: JsonObject): ValidationResult<JsonObject> {
  const { value, faults } = look(schema, answer, { root, path: '', depth: 0, steps: { count: 0 } });
  const fitting = faults.length === 0 ? objectIn(value) : undefined;
  return fitting ? { value: fitting } : { fault: faults.slice(0, maxFaults).join('\n') };
}

function look(schema: JsonObject, value: unknown, walk: Walk): Looked {
  walk.steps.count += 1;
  if (walk.depth > deepest || walk.steps.count > maxSteps) {
    return faulty(value, walk, 'is too large or nested too deeply');
  }
  const target = refersTo(walk.root, schema);
  const wrong = wrongWith(target, value);
  if (wrong.length > 0) {
    return { value, faults: wrong.map((each) => fault(walk, each)) };
  }
  const variant = lookAtVariants(variantsOf(target), value, walk);
  if (variant.faults.length > 0) {
    return variant;
  }
  if (Array.isArray(variant.value)) {
    return lookAtItems(objectIn(target['items']), arrayIn(variant.value), walk);
  }
  const object = objectIn(variant.value);
  return object ? lookAtProperties(target, object, walk) : variant;
}

function lookAtVariants(variants: readonly JsonObject[], value: unknown, walk: Walk): Looked {
  if (variants.length === 0) {
    return { value, faults: [] };
  }
  let likeliest: Looked | undefined;
  for (const each of variants) {
    const looked = look(each, value, { ...walk, depth: walk.depth + 1 });
    if (looked.faults.length === 0) {
      return looked;
    }
    likeliest ??= looked;
  }
  return variants.length === 1 && likeliest
    ? likeliest
    : faulty(value, walk, 'fits none of the forms that are allowed here');
}

function lookAtItems(items: JsonObject | undefined, values: readonly unknown[], walk: Walk): Looked {
  const looked = items ? values.map((each, index) => look(items, each, below(walk, String(index)))) : [];
  return {
    value: items ? looked.map(({ value }) => value) : values,
    faults: looked.flatMap(({ faults }) => faults),
  };
}

function lookAtProperties(schema: JsonObject, object: JsonObject, walk: Walk): Looked {
  const properties = objectIn(schema['properties']) ?? {};
  const required = textsIn(schema['required']);
  const others = schema['additionalProperties'];
  const kept: [string, unknown][] = [];
  const faults = required
    .filter((key) => !Object.hasOwn(object, key))
    .map((key) => fault(below(walk, key), 'is missing'));
  for (const [key, each] of Object.entries(object)) {
    const isKnown = Object.hasOwn(properties, key);
    const rule = objectIn(isKnown ? properties[key] : others) ?? {};
    const looked = look(rule, each, below(walk, key));
    const isAbsent = each === null && isKnown && !required.includes(key) && looked.faults.length > 0;
    if (!isKnown && others === false) {
      faults.push(fault(below(walk, key), 'is not a known property'));
    } else if (!isAbsent) {
      kept.push([key, looked.value]);
      faults.push(...looked.faults);
    }
  }
  return { value: Object.fromEntries(kept), faults };
}

function below(walk: Walk, key: string): Walk {
  return { ...walk, path: walk.path === '' ? key : `${walk.path}.${key}`, depth: walk.depth + 1 };
}

function faulty(value: unknown, walk: Walk, words: string): Looked {
  return { value, faults: [fault(walk, words)] };
}

function fault({ path }: Walk, words: string): string {
  return `${path === '' ? 'the answer' : path}: ${words}`;
}

/** What is wrong with a value by itself, whatever it holds. */
function wrongWith(schema: JsonObject, value: unknown): readonly string[] {
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => isOfType(type, value))) {
    return [`must be of type ${types.join(' or ')}`];
  }
  const choices = Array.isArray(schema['enum']) ? arrayIn(schema['enum']) : undefined;
  if (choices && !choices.some((each) => isSame(each, value))) {
    return [`must be one of ${choices.map((each) => JSON.stringify(each)).join(', ')}`];
  }
  if ('const' in schema && !isSame(schema['const'], value)) {
    return [`must be ${JSON.stringify(schema['const'])}`];
  }
  return typeof value === 'number'
    ? wrongWithNumber(schema, value)
    : typeof value === 'string'
      ? wrongWithText(schema, value)
      : Array.isArray(value)
        ? wrongWithLength(schema, value.length)
        : [];
}

function wrongWithNumber(schema: JsonObject, value: number): readonly string[] {
  const [least, most] = [numberIn(schema['minimum']), numberIn(schema['maximum'])];
  const [above, under] = [numberIn(schema['exclusiveMinimum']), numberIn(schema['exclusiveMaximum'])];
  return [
    ...(least !== undefined && value < least ? [`must be at least ${String(least)}`] : []),
    ...(most !== undefined && value > most ? [`must be at most ${String(most)}`] : []),
    ...(above !== undefined && value <= above ? [`must be more than ${String(above)}`] : []),
    ...(under !== undefined && value >= under ? [`must be less than ${String(under)}`] : []),
  ];
}

function wrongWithText(schema: JsonObject, value: string): readonly string[] {
  const [least, most] = [numberIn(schema['minLength']), numberIn(schema['maxLength'])];
  // JSON Schema counts characters as people do.
  const length = least === undefined && most === undefined ? 0 : Array.from(value).length;
  const pattern = textIn(schema['pattern']);
  return [
    ...(least !== undefined && length < least ? [`must have at least ${String(least)} characters`] : []),
    ...(most !== undefined && length > most ? [`must have at most ${String(most)} characters`] : []),
    ...(pattern !== undefined && !matches(pattern, value) ? [`must match ${pattern}`] : []),
  ];
}

function matches(pattern: string, value: string): boolean {
  const longest = /\)[*+{]/.test(pattern) ? maxGroupMatchedLength : maxMatchedLength;
  return value.length > longest || toPattern(pattern)?.test(value) !== false;
}

function wrongWithLength(schema: JsonObject, length: number): readonly string[] {
  const [least, most] = [numberIn(schema['minItems']), numberIn(schema['maxItems'])];
  return [
    ...(least !== undefined && length < least ? [`must have at least ${String(least)} items`] : []),
    ...(most !== undefined && length > most ? [`must have at most ${String(most)} items`] : []),
  ];
}

function typesOf(schema: JsonObject): readonly string[] {
  const type = textIn(schema['type']);
  return type === undefined ? textsIn(schema['type']) : [type];
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'object':
      return objectIn(value) !== undefined;
    case 'array':
      return Array.isArray(value);
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

/** Whether two values of JSON are the same, in whatever order their properties stand. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder(value: unknown): unknown {
  const object = objectIn(value);
  if (!object) {
    return Array.isArray(value) ? arrayIn(value).map(inOrder) : value;
  }
  return Object.fromEntries(
    Object.keys(object)
      .toSorted()
      .map((key) => [key, inOrder(object[key])]),
  );
}
