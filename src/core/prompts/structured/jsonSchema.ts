import type { CleanText } from '../../context/clean.ts';
import { asSchema } from '../../context/trusted.ts';
import { arrayIn, objectIn, parseJson, textIn, textsIn, type JsonObject } from '../../util/json.ts';
import { metaSchema } from './metaSchema.ts';
import { SchemaError, targetOf } from './schemaReferences.ts';
import { SchemaValidator } from './schemaValidator.ts';
import type { AnswerValidator } from './answerValidator.ts';

/** A JSON Schema usable for answers, or why it isn't. */
export type JsonSchemaReading =
  | { readonly state: 'read'; readonly schema: AnswerValidator<JsonObject> }
  | { readonly state: 'broken'; readonly problem: string };

/** Keywords that strict structured output takes as they are. */
const keptKeywords = ['type', 'enum', 'const', 'title', 'description'] as const;
const definitionKeywords = ['$defs', 'definitions'] as const;

/**
 * Reads a JSON Schema of an object. Answers are asked for by as much of it as strict structured output can say, and
 * validated against all of it. References lead to `#` and to what stands in its `$defs` or `definitions`.
 */
export function readJsonSchema(text: CleanText): JsonSchemaReading {
  const root = objectIn(parseJson(text.replace(/^\uFEFF/, '')));
  if (!root) {
    return { state: 'broken', problem: "It isn't a JSON object." };
  }
  try {
    return { state: 'read', schema: toValidator(root) };
  } catch (error) {
    if (error instanceof SchemaError) {
      return { state: 'broken', problem: error.message };
    }
    throw error;
  }
}

function toValidator(text: JsonObject): AnswerValidator<JsonObject> {
  const { value: root, fault } = new SchemaValidator(metaSchema, 'the schema').validate(text);
  if (root === undefined) {
    throw new SchemaError(`It isn't a valid JSON Schema. ${fault}`);
  }
  const start = targetOf(root, root);
  if (start['type'] !== 'object') {
    throw new SchemaError(`It doesn't describe an object: its "type" must be "object".`);
  }
  const validator = new SchemaValidator(root);
  return {
    strict: asSchema({ ...toStrict(root, start), ...definitionsOf(root) }),
    validate: (answer) => validator.validate(answer),
  };
}

function definitionsOf(root: JsonObject): JsonObject {
  const entries = definitionKeywords.flatMap((keyword) => {
    const definitions = objectIn(root[keyword]);
    return definitions ? [[keyword, strictEach(root, definitions)] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** The form that strict structured output demands; what may be missing may be `null` there instead. */
function toStrict(root: JsonObject, schema: JsonObject): JsonObject {
  if (textIn(schema['$ref']) !== undefined) {
    targetOf(root, schema);
    return { $ref: schema['$ref'] };
  }
  const whole = withAllOf(root, schema);
  const [items, variants] = [objectIn(whole['items']), variantsOf(whole)];
  return {
    ...Object.fromEntries(keptKeywords.flatMap((key) => (key in whole ? [[key, whole[key]]] : []))),
    ...(items && { items: toStrict(root, items) }),
    ...(variants.length > 0 && { anyOf: variants.map((each) => toStrict(root, each)) }),
    ...([whole['type']].flat().includes('object') && strictObject(root, whole)),
  };
}

/** The schema with what its `allOf` says, which strict output does not have. */
function withAllOf(root: JsonObject, schema: JsonObject): JsonObject {
  const parts = partsOf(root, schema, new Set());
  const properties = Object.fromEntries(
    parts.toReversed().flatMap((part) => Object.entries(objectIn(part['properties']) ?? {})),
  );
  return {
    ...Object.fromEntries(parts.toReversed().flatMap((part) => Object.entries(part))),
    ...(Object.keys(properties).length > 0 && { properties }),
    required: parts.flatMap((part) => textsIn(part['required'])),
  };
}

function partsOf(root: JsonObject, schema: JsonObject, seen: Set<JsonObject>): readonly JsonObject[] {
  const parts = arrayIn(schema['allOf'])
    .map((part) => targetOf(root, objectIn(part) ?? {}))
    .filter((part) => !seen.has(part));
  return [
    schema,
    ...parts.flatMap((part) => {
      seen.add(part);
      return partsOf(root, part, seen);
    }),
  ];
}

function strictObject(root: JsonObject, schema: JsonObject): JsonObject {
  const properties = objectIn(schema['properties']);
  const others = objectIn(schema['additionalProperties']);
  if (!properties && others) {
    return { additionalProperties: toStrict(root, others) };
  }
  const required = textsIn(schema['required']);
  const strict = Object.entries(strictEach(root, properties ?? {})).map(
    ([key, each]) => [key, required.includes(key) ? each : { anyOf: [each, { type: 'null' }] }] as const,
  );
  return {
    properties: Object.fromEntries(strict),
    required: Object.keys(properties ?? {}),
    additionalProperties: false,
  };
}

function strictEach(root: JsonObject, schemas: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schemas).map(([key, each]) => [key, toStrict(root, objectIn(each) ?? {})]),
  );
}

function variantsOf(schema: JsonObject): readonly JsonObject[] {
  return [...arrayIn(schema['anyOf']), ...arrayIn(schema['oneOf'])].map((each) => objectIn(each) ?? {});
}
