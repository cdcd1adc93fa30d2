import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { fileDocument } from '../../../src/core/prompts/files/filePrompts.ts';
import { readJsonSchema } from '../../../src/core/prompts/structured/jsonSchema.ts';
import type { AnswerValidator } from '../../../src/core/prompts/structured/answerValidator.ts';
import { runStructuredPrompt } from '../../../src/core/prompts/structured/structuredPrompt.ts';
import { objectIn, type JsonObject } from '../../../src/core/util/json.ts';
import { FakeChatModel } from '../../support/fakes.ts';
import { clean } from '../../support/builders.ts';
import { startOwnTimer } from '../../support/ownTime.ts';

function schemaOf(schema: JsonObject): AnswerValidator<JsonObject> {
  const reading = readJsonSchema(clean(JSON.stringify(schema)));
  assert.ok(reading.state === 'read', 'the schema is read');
  return reading.schema;
}

/** Validates the one property of an object. */
function validate(property: JsonObject, value: unknown, others: JsonObject = {}) {
  const schema = { type: 'object', properties: { a: property }, required: ['a'], ...others };
  return schemaOf(schema).validate({ a: value });
}

function problemOf(text: string): string {
  const reading = readJsonSchema(clean(text));
  return reading.state === 'broken' ? reading.problem : '';
}

const tree = {
  $ref: '#/$defs/node',
  $defs: {
    node: {
      type: 'object',
      properties: { name: { type: 'string' }, children: { type: 'array', items: { $ref: '#/$defs/node' } } },
      required: ['name', 'children'],
    },
  },
};

describe('a JSON Schema of a user', () => {
  const values: readonly (readonly [JsonObject, readonly unknown[], readonly unknown[]])[] = [
    [{ type: 'string' }, ['', 'a'], [1, null, {}]],
    [{ type: 'integer' }, [1, 2.0], [1.5, '1']],
    [{ type: 'number' }, [1, 1.5], ['1', null]],
    [{ type: 'boolean' }, [true], [0, 'true']],
    [{ type: 'null' }, [null], [0, '']],
    [{ type: 'array' }, [[], [1]], [{}, null]],
    [{ type: ['string', 'null'] }, ['', null], [1]],
    [{ enum: ['x', 1, { b: 1, c: [2] }] }, ['x', 1, { c: [2], b: 1 }], ['y', '1', { b: 1 }]],
    [{ const: 'x' }, ['x'], ['y', null]],
    [{ anyOf: [{ type: 'string', minLength: 2 }, { type: 'integer' }] }, ['ab', 3], ['a', 3.5]],
    [{ oneOf: [{ const: 1 }, { const: 2 }] }, [1, 2], [3]],
    [{ type: 'number', minimum: 1, maximum: 2 }, [1, 2], [0, 3]],
    [{ type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 2 }, [1.5], [1, 2]],
    [{ type: 'string', minLength: 2, maxLength: 3 }, ['ab', '😀😀😀'], ['😀', 'abcd']],
    [{ type: 'string', pattern: '^[a-z]+$' }, ['ab'], ['A']],
    [{ type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 2 }, [[1]], [[], ['x'], [1, 2, 3]]],
    [{ type: 'object', additionalProperties: false, properties: { b: {} } }, [{}, { b: 1 }], [{ c: 1 }]],
    [{ type: 'object', additionalProperties: { type: 'integer' } }, [{ b: 1 }], [{ b: 'x' }]],
    [{ type: 'object', properties: { toString: { type: 'string' } }, required: ['toString'] }, [], [{}]],
    [{ type: 'string', somethingNew: 1, format: 'something-new' }, ['x'], []],
    [{}, [1, null, 'x', [{}]], []],
    [{ not: { type: 'string' } }, [1], ['x']],
    [{ not: { pattern: '^a' } }, ['b', 'b'.repeat(5_000)], ['ab', 1]],
    [{ allOf: [{ type: 'string' }, { minLength: 2 }] }, ['ab'], ['a', 1]],
    [{ oneOf: [{ type: 'integer' }, { minimum: 2 }] }, [1, 2.5], [2, 0.5]],
    [{ if: { type: 'string' }, then: { minLength: 2 }, else: { const: 1 } }, ['ab', 1], ['a', 2]],
    [{ type: 'number', multipleOf: 0.1 }, [0.3, 1, -0.7], [0.35]],
    [
      { type: 'array', uniqueItems: true },
      [[], [1, '1'], [{ b: 1 }, { b: 2 }]],
      [
        [1, 1],
        [{ b: 1 }, { b: 1 }],
      ],
    ],
    [{ type: 'array', contains: { const: 1 } }, [[2, 1]], [[], [2]]],
    [
      { contains: { const: 1 }, minContains: 2, maxContains: 3 },
      [
        [1, 1],
        [1, 2, 1],
      ],
      [[1], [1, 1, 1, 1]],
    ],
    [
      { prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false },
      [['a', 1], ['a']],
      [[1], ['a', 1, 2]],
    ],
    [{ items: [{ type: 'string' }], additionalItems: { type: 'integer' } }, [['a', 1]], [['a', 'b'], [1]]],
    [{ type: 'object', minProperties: 1, maxProperties: 2 }, [{ b: 1 }], [{}, { b: 1, c: 2, d: 3 }]],
    [
      { patternProperties: { '^n': { type: 'integer' } }, additionalProperties: false },
      [{ n1: 1 }],
      [{ n1: 'x' }, { m: 1 }],
    ],
    [{ propertyNames: { pattern: '^[a-z]+$' } }, [{ b: 1 }], [{ B: 1 }]],
    [{ dependentRequired: { b: ['c'] } }, [{}, { b: 1, c: 2 }], [{ b: 1 }]],
    [{ dependentSchemas: { b: { required: ['c'] } } }, [{}, { b: 1, c: 2 }], [{ b: 1 }]],
    [
      { dependencies: { b: ['c'], d: { required: ['e'] } } },
      [
        { b: 1, c: 2 },
        { d: 1, e: 2 },
      ],
      [{ b: 1 }, { d: 1 }],
    ],
    [{ properties: { b: true }, unevaluatedProperties: false }, [{ b: 1 }], [{ c: 1 }]],
    [{ properties: { b: false } }, [{}], [{ b: 1 }]],
    [{ format: 'date' }, ['2024-02-29', 1], ['2023-02-29', '29.2.2024']],
    [{ format: 'date-time' }, ['2024-02-29T12:00:00Z'], ['2024-02-29']],
    [{ format: 'time' }, ['12:00:00Z'], ['25:00:00Z']],
    [{ format: 'email' }, ['a.b@example.org'], ['no address', 'a@b@c']],
    [{ format: 'uri' }, ['https://example.org/a?b#c'], ['no uri']],
    [{ format: 'uuid' }, ['2eb8aa08-aa98-11ea-b4aa-73b441d16380'], ['2eb8']],
    [{ format: 'ipv4' }, ['127.0.0.1'], ['127.0.0.256']],
    [{ format: 'ipv6' }, ['::1'], ['12345::']],
    [{ format: 'hostname' }, ['example.org'], ['-']],
    [{ format: 'regex' }, ['^a'], ['(']],
  ];
  for (const [schema, good, bad] of values) {
    it(`validates by ${JSON.stringify(schema)}`, () => {
      for (const value of good) {
        assert.deepEqual(validate(schema, value), { value: { a: value } });
      }
      for (const value of bad) {
        assert.notEqual(validate(schema, value).fault, undefined, JSON.stringify(value));
      }
    });
  }

  it('names the place and the fault of each part', () => {
    const schema = schemaOf({
      type: 'object',
      properties: { list: { type: 'array', items: { type: 'object', required: ['name'] } } },
      required: ['list', 'title'],
    });
    assert.equal(
      schema.validate({ list: [{ name: 1 }, {}, 'x'] }).fault,
      'title: is missing\nlist.1.name: is missing\nlist.2: must be of type object',
    );
  });

  const faults: readonly (readonly [JsonObject, unknown, string])[] = [
    [{ type: 'string' }, 1, 'a: must be of type string'],
    [{ type: ['string', 'null'] }, 1, 'a: must be of type string or null'],
    [{ enum: ['x', 1] }, 'y', 'a: must be one of "x", 1'],
    [{ const: { b: 1 } }, 'y', 'a: must be {"b":1}'],
    [{ minimum: 2 }, 1, 'a: must be at least 2'],
    [{ exclusiveMaximum: 2 }, 2, 'a: must be less than 2'],
    [{ multipleOf: 5 }, 7, 'a: must be a multiple of 5'],
    [{ pattern: '^b' }, 'a', 'a: must match ^b'],
    [{ format: 'date' }, 'a', 'a: must have the format date'],
    [{ minItems: 2 }, [], 'a: must have at least 2 items'],
    [{ uniqueItems: true }, [1, 1], 'a: must not have duplicate items'],
    [{ items: { maxLength: 1 } }, ['a', 'bc'], 'a.1: must have at most 1 characters'],
    [{ contains: { const: 1 } }, [2], 'a: must have an item that matches {"const":1}'],
    [{ not: { pattern: '^b' } }, 'b', 'a: must not match {"pattern":"^b"}'],
    [{ properties: { 'b/c d': { type: 'string' } } }, { 'b/c d': 1 }, 'a.b/c d: must be of type string'],
    [{ additionalProperties: false }, { b: 1 }, 'a.b: is not a known property'],
    [{ propertyNames: { maxLength: 1 } }, { bc: 1 }, 'a.bc: as a name, it must have at most 1 characters'],
    [{ dependentRequired: { b: ['c'] } }, { b: 1 }, 'a: Instance has "b" but does not have "c".'],
    [
      { anyOf: [{ type: 'string' }, { required: ['b'] }, { properties: { c: { minimum: 2 } } }] },
      { c: 1 },
      'a: matches none of the allowed forms (must be of type string, or a.b: is missing, or a.c: must be at least 2)',
    ],
    [
      { oneOf: [{ minimum: 1 }, { minimum: 2 }] },
      3,
      'a: must match exactly one of the allowed forms, but matches several',
    ],
    [{ if: {}, then: { $ref: '#/$defs/two' } }, 'a', 'a: must have at least 2 characters'],
  ];
  for (const [schema, value, words] of faults) {
    it(`says of ${JSON.stringify(value)} that ${words}`, () => {
      assert.equal(validate(schema, value, { $defs: { two: { minLength: 2 } } }).fault, words);
    });
  }

  it('says no more than ten things', () => {
    const fault = validate(
      { items: { type: 'string' } },
      Array.from({ length: 5_000 }, () => 1),
    ).fault;
    assert.equal(fault?.split('\n').length, 10);
  });

  it('follows references, also into itself', () => {
    const schema = schemaOf(tree);
    const leaf = { name: 'leaf', children: [] };
    assert.deepEqual(schema.validate({ name: 'root', children: [leaf] }), {
      value: { name: 'root', children: [leaf] },
    });
    assert.match(
      schema.validate({ name: 'root', children: [{ ...leaf, name: 1 }] }).fault ?? '',
      /^children\.0\.name: must be of type string$/,
    );
  });

  it('gives up on schemas that are too deep or branch endlessly', () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 5_000; depth += 1) {
      deep = { name: 'x', children: [deep] };
    }
    assert.match(schemaOf(tree).validate({ name: 'x', children: [deep] }).fault ?? '', /too deeply/);
    const both = { anyOf: [{ $ref: '#/$defs/both' }, { $ref: '#/$defs/both' }] };
    const passed = startOwnTimer();
    assert.notEqual(validate({ $ref: '#/$defs/both' }, 1, { $defs: { both } }).fault, undefined);
    assert.ok(passed() < 2_000);
  });

  it('does not wait for a catastrophic pattern', () => {
    const passed = startOwnTimer();
    validate({ type: 'string', pattern: '^(a+)+$' }, `${'a'.repeat(40)}!`);
    validate({ type: 'string', pattern: '^(a|a)*$' }, `${'a'.repeat(19)}!`);
    validate({ type: 'string', pattern: 'a*a*a*b' }, 'a'.repeat(100_000));
    validate({ patternProperties: { '^(a+)+$': {} } }, { [`${'a'.repeat(40)}!`]: 1 });
    validate({ propertyNames: { pattern: '^(a+)+$' } }, { [`${'a'.repeat(40)}!`]: 1 });
    validate({ format: 'url' }, `https://${'a'.repeat(40)}`);
    validate({ format: 'uri' }, `https://${'a:'.repeat(100_000)}`);
    validate({ not: { pattern: '^(a+)+$' } }, `${'a'.repeat(40)}!`);
    assert.ok(passed() < 1_000);
  });

  it('does not compare each of very many items with each', () => {
    const passed = startOwnTimer();
    const items = Array.from({ length: 200_000 }, (_, index) => index);
    assert.deepEqual(validate({ uniqueItems: true }, items), { value: { a: items } });
    assert.ok(passed() < 2_000);
  });

  it('gives up on a choice that doubles with each level of the answer', () => {
    const branches = ['b', 'b', 'b'].map(() => ({ properties: { b: { $ref: '#/$defs/node' } } }));
    let value: unknown = {};
    for (let depth = 0; depth < 30; depth += 1) {
      value = { b: value };
    }
    const passed = startOwnTimer();
    assert.match(
      validate({ $ref: '#/$defs/node' }, value, { $defs: { node: { anyOf: branches } } }).fault ?? '',
      /too large/,
    );
    assert.ok(passed() < 5_000);
  });

  it('takes names that are half a character, or those of every object', () => {
    const schema = schemaOf({ type: 'object', additionalProperties: { type: 'integer' } });
    const named: unknown = JSON.parse('{"__proto__": 1, "constructor": 2}');
    assert.equal(JSON.stringify(schema.validate(named as JsonObject).value), JSON.stringify(named));
    assert.notEqual(schema.validate({ '\ud800': 'x' }).fault, undefined);
  });

  it('is read as the draft that it names: a flag for an exclusive bound, or a number', () => {
    const bound = { type: 'object', properties: { a: { minimum: 1, exclusiveMinimum: true } } };
    const schema = schemaOf({ $schema: 'http://json-schema.org/draft-04/schema#', ...bound });
    assert.deepEqual(schema.validate({ a: 2 }), { value: { a: 2 } });
    assert.notEqual(schema.validate({ a: 1 }).fault, undefined);
  });

  it('is requested with all requirements of its parts', () => {
    const schema = schemaOf({
      type: 'object',
      allOf: [{ $ref: '#/$defs/named' }, { properties: { size: { type: 'integer' } } }],
      properties: { id: { type: 'string' } },
      required: ['id'],
      $defs: {
        named: {
          type: 'object',
          properties: { name: { type: 'string' } },
          required: ['name'],
          allOf: [{ $ref: '#' }],
        },
      },
    });
    assert.deepEqual(Object.keys(objectIn(schema.strict['properties']) ?? {}).toSorted(), [
      'id',
      'name',
      'size',
    ]);
    assert.deepEqual(objectIn(schema.strict['properties'])?.['name'], { type: 'string' });
    assert.deepEqual(objectIn(schema.strict['properties'])?.['size'], {
      anyOf: [{ type: 'integer' }, { type: 'null' }],
    });
  });

  it('is requested in strict form, with null for optional properties', () => {
    const schema = schemaOf({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      title: 'Report',
      properties: {
        title: { type: 'string', minLength: 1, description: 'In short' },
        due: { type: 'string', format: 'date' },
        owner: { $ref: '#/definitions/owner' },
      },
      required: ['title', 'owner'],
      definitions: { owner: { type: 'object', properties: { type: { enum: ['a'] } }, required: ['type'] } },
    });
    assert.deepEqual(schema.strict, {
      type: 'object',
      title: 'Report',
      properties: {
        title: { type: 'string', description: 'In short' },
        due: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        owner: { $ref: '#/definitions/owner' },
      },
      required: ['title', 'due', 'owner'],
      additionalProperties: false,
      definitions: {
        owner: {
          type: 'object',
          properties: { type: { enum: ['a'] } },
          required: ['type'],
          additionalProperties: false,
        },
      },
    });
    const owner = { type: 'a' };
    assert.deepEqual(schema.validate({ title: 'x', due: null, owner }), { value: { title: 'x', owner } });
  });

  it('keeps a null that is meant', () => {
    const schema = schemaOf({ type: 'object', properties: { a: { type: ['string', 'null'] } } });
    assert.deepEqual(schema.validate({ a: null }), { value: { a: null } });
  });

  it('drops a null that stands for what may be missing, wherever it is, and keeps one that is wrong', () => {
    const item = {
      type: 'object',
      properties: { b: { type: 'string' }, 'c/d': { type: 'integer' } },
      required: ['b'],
    };
    const schema = schemaOf({
      type: 'object',
      properties: { list: { type: 'array', items: item }, one: { anyOf: [item, { type: 'string' }] } },
    });
    assert.deepEqual(schema.validate({ list: [{ b: 'x', 'c/d': null }], one: null }), {
      value: { list: [{ b: 'x' }] },
    });
    assert.deepEqual(schema.validate({ one: { b: 'x', 'c/d': null } }), { value: { one: { b: 'x' } } });
    assert.equal(
      schema.validate({ list: [{ b: null, 'c/d': null }] }).fault,
      'list.0.b: must be of type string',
    );
    assert.equal(schema.validate({ list: [null] }).fault, 'list.0: must be of type object');
  });

  const unusable: readonly (readonly [string, RegExp])[] = [
    ['{ "type": ', /isn't a JSON object/],
    ['[]', /isn't a JSON object/],
    ['{ "type": "array" }', /"object"/],
    ['{ "anyOf": [{ "type": "object" }] }', /"object"/],
    ['{ "$ref": "#" }', /refers to itself/],
    ['{ "$ref": "#/$defs/none" }', /leads nowhere/],
    ['{ "$ref": "#/$defs/toString", "$defs": {} }', /leads nowhere/],
    ['{ "type": "object", "properties": { "a": { "$ref": "other.json" } } }', /"other\.json" leads nowhere/],
    ['{ "type": "object", "properties": { "a": { "pattern": "(" } } }', /valid regular expression/],
    [
      '{ "type": "object", "properties": { "a": { "not": { "$ref": "other.json" } } } }',
      /"other\.json" leads nowhere/,
    ],
    [
      '{ "type": "object", "properties": { "a": { "patternProperties": { "(": {} } } } }',
      /valid regular expression/,
    ],
    ['{ "type": "object", "required": "a" }', /required: must be of type array/],
    [
      '{ "type": "object", "properties": { "a": { "anyOf": {} } } }',
      /properties\.a\.anyOf: must be of type array/,
    ],
    [
      '{ "type": "object", "properties": { "a": { "type": "text" } } }',
      /properties\.a\.type: .*must be one of "string"/,
    ],
    [
      '{ "type": "object", "properties": { "a": { "minLength": -1 } } }',
      /properties\.a\.minLength: must be at least 0/,
    ],
    ['{ "type": "object", "properties": { "a": { "$dynamicRef": "#a" } } }', /properties\.a\.\$dynamicRef/],
    [
      '{ "type": "object", "properties": { "a": { "$ref": "#/$defs/b" } }, "$defs": { "b": { "$ref": "#/$defs/b" } } }',
      /refers to itself/,
    ],
    [`{"type":"object","properties":{"a":${'{"items":'.repeat(99)}{}${'}'.repeat(99)}}}`, /nested/],
  ];
  for (const [text, words] of unusable) {
    it(`says what is wrong with ${text.slice(0, 60)}`, () => {
      assert.match(problemOf(text), words);
    });
  }
});

describe('a document in the form of a user', () => {
  let chat: FakeChatModel;
  const schema = schemaOf({
    type: 'object',
    properties: { title: { type: 'string', maxLength: 3 } },
    required: ['title'],
  });

  beforeEach(() => {
    chat = new FakeChatModel();
  });

  const run = () =>
    runStructuredPrompt(
      fileDocument(schema),
      { items: [], text: clean('Describe it.') },
      { chat, settings: { model: 'author/model', maxTokens: 100 }, signal: new AbortController().signal },
    );

  it('is requested by its schema and returned once for repair', async () => {
    chat.willAnswer({ type: 'text', text: '{"title": "too long"}' });
    chat.willAnswer({ type: 'text', text: '{"title": "abc"}' });
    assert.deepEqual((await run())?.value, { title: 'abc' });
    assert.deepEqual(chat.requests[0]?.schema?.schema, schema.strict);
    assert.match(JSON.stringify(chat.requests[1]?.messages.at(-1)), /title: must have at most 3 characters/);
  });

  it('is refused when the second answer does not fit either', async () => {
    chat.willAnswer({ type: 'text', text: '{}' });
    chat.willAnswer({ type: 'text', text: '{}' });
    await assert.rejects(run(), /invalidAnswer|title: is missing/);
  });
});
