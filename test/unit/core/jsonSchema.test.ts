import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { fileDocument } from '../../../src/core/prompts/files/filePrompts.ts';
import { readJsonSchema } from '../../../src/core/prompts/structured/jsonSchema.ts';
import {
  runStructuredPrompt,
  type AnswerValidator,
} from '../../../src/core/prompts/structured/structuredPrompt.ts';
import type { JsonObject } from '../../../src/core/util/json.ts';
import { FakeChatModel } from '../../support/fakes.ts';
import { clean } from '../../support/builders.ts';

function schemaOf(schema: JsonObject): AnswerValidator<JsonObject> {
  const reading = readJsonSchema(clean(JSON.stringify(schema)));
  assert.ok(reading.state === 'read', 'the schema is read');
  return reading.schema;
}

/** Judges the one property of an object. */
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
    [{ type: 'string', somethingNew: 1, format: 'email' }, ['no address'], []],
    [{}, [1, null, 'x', [{}]], []],
  ];
  for (const [schema, good, bad] of values) {
    it(`judges by ${JSON.stringify(schema)}`, () => {
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

  it('gives up on what is too deep or branches without end', () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 5_000; depth += 1) {
      deep = { name: 'x', children: [deep] };
    }
    assert.match(schemaOf(tree).validate({ name: 'x', children: [deep] }).fault ?? '', /too deeply/);
    const both = { anyOf: [{ $ref: '#/$defs/both' }, { $ref: '#/$defs/both' }] };
    const startedAt = performance.now();
    assert.notEqual(validate({ $ref: '#/$defs/both' }, 1, { $defs: { both } }).fault, undefined);
    assert.ok(performance.now() - startedAt < 2_000);
  });

  it('does not wait for a catastrophic pattern', () => {
    const startedAt = performance.now();
    validate({ type: 'string', pattern: '^(a+)+$' }, `${'a'.repeat(40)}!`);
    validate({ type: 'string', pattern: '^(a|a)*$' }, `${'a'.repeat(19)}!`);
    validate({ type: 'string', pattern: 'a*a*a*b' }, 'a'.repeat(100_000));
    assert.ok(performance.now() - startedAt < 1_000);
  });

  it('is asked for in the strict form, with null for what may be missing', () => {
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

  const unusable: readonly (readonly [string, RegExp])[] = [
    ['{ "type": ', /not a JSON object/],
    ['[]', /not a JSON object/],
    ['{ "type": "array" }', /"object"/],
    ['{ "anyOf": [{ "type": "object" }] }', /"object"/],
    ['{ "$ref": "#" }', /leads back to itself/],
    ['{ "$ref": "#/$defs/none" }', /leads nowhere/],
    ['{ "$ref": "#/$defs/toString", "$defs": {} }', /leads nowhere/],
    ['{ "type": "object", "properties": { "a": { "$ref": "other.json" } } }', /"other\.json" leads nowhere/],
    ['{ "type": "object", "properties": { "a": { "pattern": "(" } } }', /no regular expression/],
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

  it('is asked for by its schema, and sent back once with what is wrong', async () => {
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
