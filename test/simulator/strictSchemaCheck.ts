import { isObject, listOf, objectOf, textsOf } from './json.ts';
import type { JsonObject } from './json.ts';

/**
 * Keywords that strict mode knows. Providers differ beyond these (lengths, patterns, formats, bounds, defaults),
 * so the simulator takes the least that all of them take, and a schema that passes here passes everywhere.
 */
const knownKeywords = new Set([
  '$schema',
  '$defs',
  '$ref',
  'definitions',
  'title',
  'description',
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'anyOf',
]);

const maximumDepth = 5;
const maximumProperties = 5000;
const maximumEnumValues = 1000;

/** Where in the schema the check is, and what it has counted. */
interface Walk {
  readonly root: JsonObject;
  readonly path: readonly string[];
  readonly depth: number;
  readonly counted: { properties: number; enumValues: number };
}

/** Why strict mode refuses the schema, in the words of OpenAI's API; undefined when it is accepted. */
export function strictSchemaProblem(schema: JsonObject, subject: string): string | undefined {
  const counted = { properties: 0, enumValues: 0 };
  const problem = rootProblem(schema) ?? nodeProblem(schema, { root: schema, path: [], depth: 0, counted });
  return problem === undefined ? undefined : `Invalid schema for ${subject}: ${problem}`;
}

/** The body that a provider in OpenAI's style answers to such a schema. */
export function invalidSchemaBody(message: string, parameter: string): string {
  return JSON.stringify({
    error: {
      message,
      type: 'invalid_request_error',
      param: parameter,
      code: parameter === 'tools' ? 'invalid_function_parameters' : 'invalid_json_schema',
    },
  });
}

function rootProblem(schema: JsonObject): string | undefined {
  if (schema.anyOf !== undefined) return `In context=(), the root must not be 'anyOf'.`;
  if (schema.type === 'object') return undefined;
  const type = JSON.stringify(schema.type ?? null);
  return `schema must be a JSON Schema of 'type: "object"', got 'type: ${type}'.`;
}

function nodeProblem(node: JsonObject, walk: Walk): string | undefined {
  const unknown = Object.keys(node).find((keyword) => !knownKeywords.has(keyword));
  if (unknown !== undefined) return at(walk, `'${unknown}' is not permitted.`);
  if (node.$ref !== undefined) return referenceProblem(node, walk);
  const enumValues = listOf(node.enum).length;
  walk.counted.enumValues += enumValues;
  if (walk.counted.enumValues > maximumEnumValues)
    return at(walk, `more than ${String(maximumEnumValues)} enum values.`);
  const isTyped = ['type', 'anyOf', 'enum', 'const'].some((keyword) => node[keyword] !== undefined);
  if (!isTyped) return at(walk, `schema must have a 'type' key.`);
  return (
    variantsProblem(node, walk) ??
    (hasType(node, 'object') ? objectProblem(node, walk) : undefined) ??
    (hasType(node, 'array') ? arrayProblem(node, walk) : undefined) ??
    definitionsProblem(node, walk)
  );
}

function hasType(node: JsonObject, type: string): boolean {
  return node.type === type || textsOf(node.type).includes(type);
}

function referenceProblem(node: JsonObject, walk: Walk): string | undefined {
  const siblings = Object.keys(node).filter(
    (keyword) => keyword !== '$ref' && keyword !== '$defs' && keyword !== '$schema',
  );
  if (siblings.length > 0)
    return at(walk, `$ref cannot have keywords {${siblings.map((name) => `'${name}'`).join(', ')}}.`);
  return resolveReference(walk.root, node.$ref)
    ? undefined
    : at(walk, `reference ${String(node.$ref)} cannot be resolved.`);
}

/** The node a local reference means; strict mode knows no other references. */
export function resolveReference(root: JsonObject, reference: unknown): JsonObject | undefined {
  if (typeof reference !== 'string' || !reference.startsWith('#')) return undefined;
  let node: unknown = root;
  for (const step of reference
    .slice(1)
    .split('/')
    .filter((part) => part !== ''))
    node = objectOf(node)[step];
  return isObject(node) ? node : undefined;
}

function variantsProblem(node: JsonObject, walk: Walk): string | undefined {
  if (node.anyOf === undefined) return undefined;
  const variants = listOf(node.anyOf);
  if (variants.length === 0) return at(walk, `'anyOf' must not be empty.`);
  for (const [index, variant] of variants.entries()) {
    const problem = nodeProblem(objectOf(variant), inside(walk, ['anyOf', String(index)], 0));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function objectProblem(node: JsonObject, walk: Walk): string | undefined {
  if (walk.depth + 1 > maximumDepth) return at(walk, `more than ${String(maximumDepth)} levels of nesting.`);
  if (node.additionalProperties !== false) {
    return at(walk, `'additionalProperties' is required to be supplied and to be false.`);
  }
  const properties = objectOf(node.properties);
  const names = Object.keys(properties);
  walk.counted.properties += names.length;
  if (walk.counted.properties > maximumProperties)
    return at(walk, `more than ${String(maximumProperties)} properties.`);
  const required = textsOf(node.required);
  const rule = `'required' is required to be supplied and to be an array including every key in properties.`;
  const missing = names.find((name) => !required.includes(name));
  if (missing !== undefined) return at(walk, `${rule} Missing '${missing}'.`);
  const extra = required.find((name) => !names.includes(name));
  if (extra !== undefined) return at(walk, `${rule} Extra required key '${extra}' supplied.`);
  for (const name of names) {
    const problem = nodeProblem(objectOf(properties[name]), inside(walk, ['properties', name], 1));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function arrayProblem(node: JsonObject, walk: Walk): string | undefined {
  if (!isObject(node.items)) return at(walk, `array schema missing items.`);
  return nodeProblem(node.items, inside(walk, ['items'], 0));
}

function definitionsProblem(node: JsonObject, walk: Walk): string | undefined {
  for (const keyword of ['$defs', 'definitions']) {
    for (const [name, definition] of Object.entries(objectOf(node[keyword]))) {
      const problem = nodeProblem(objectOf(definition), { ...inside(walk, [keyword, name], 0), depth: 0 });
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

function inside(walk: Walk, steps: readonly string[], levels: number): Walk {
  return { ...walk, path: [...walk.path, ...steps], depth: walk.depth + levels };
}

function at(walk: Walk, text: string): string {
  const steps = walk.path.map((step) => `'${step}'`).join(', ');
  return `In context=(${steps}${walk.path.length === 1 ? ',' : ''}), ${text}`;
}
