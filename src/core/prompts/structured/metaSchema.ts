import type { JsonObject } from '../../util/json.ts';

const schema = { $ref: '#' };
const schemas = { type: 'array', items: schema, minItems: 1 };
const schemaMap = { type: 'object', additionalProperties: schema };
const texts = { type: 'array', items: { type: 'string' } };
const count = { type: 'integer', minimum: 0 };
const number = { type: 'number' };
const simpleType = { enum: ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'] };
/** The first drafts had a flag that makes `minimum` and `maximum` exclusive. */
const exclusiveBound = { type: ['number', 'boolean'] };
/** They mean what the schema around them says, which strict output cannot. */
const unsupported = { not: {} };

/** What is a JSON Schema, as one itself: the types of its keywords, of all drafts. */
export const metaSchema: JsonObject = {
  type: ['object', 'boolean'],
  properties: {
    $ref: { type: 'string' },
    $recursiveRef: unsupported,
    $dynamicRef: unsupported,
    $defs: schemaMap,
    definitions: schemaMap,
    type: { anyOf: [simpleType, { type: 'array', items: simpleType, minItems: 1 }] },
    enum: { type: 'array' },
    allOf: schemas,
    anyOf: schemas,
    oneOf: schemas,
    not: schema,
    if: schema,
    then: schema,
    else: schema,
    properties: schemaMap,
    patternProperties: { ...schemaMap, propertyNames: { format: 'regex' } },
    additionalProperties: schema,
    unevaluatedProperties: schema,
    propertyNames: schema,
    minProperties: count,
    maxProperties: count,
    required: texts,
    dependentRequired: { type: 'object', additionalProperties: texts },
    dependentSchemas: schemaMap,
    dependencies: { type: 'object', additionalProperties: { anyOf: [texts, schema] } },
    items: { anyOf: [schema, { type: 'array', items: schema }] },
    prefixItems: schemas,
    additionalItems: schema,
    unevaluatedItems: schema,
    contains: schema,
    minContains: count,
    maxContains: count,
    minItems: count,
    maxItems: count,
    uniqueItems: { type: 'boolean' },
    minimum: number,
    maximum: number,
    exclusiveMinimum: exclusiveBound,
    exclusiveMaximum: exclusiveBound,
    multipleOf: { type: 'number', exclusiveMinimum: 0 },
    minLength: count,
    maxLength: count,
    pattern: { type: 'string', format: 'regex' },
    format: { type: 'string' },
  },
};
