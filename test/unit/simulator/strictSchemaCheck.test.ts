import assert from 'node:assert/strict';
import type { JsonObject } from '../../simulator/json.ts';
import { objectOf } from '../../simulator/json.ts';
import { strictSchemaProblem } from '../../simulator/strictSchemaCheck.ts';
import type { Client } from './client.ts';
import { errorOf, startClient } from './client.ts';

const text: JsonObject = { type: 'string' };

/** An object that strict mode accepts. */
function closed(properties: JsonObject): JsonObject {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function nested(levels: number): JsonObject {
  return levels === 1 ? closed({ leaf: text }) : closed({ inner: nested(levels - 1) });
}

const problemOf = (schema: JsonObject): string | undefined =>
  strictSchemaProblem(schema, `response_format 'x'`);

describe('strict mode check', () => {
  it('accepts closed objects, lists, enums, nullable members, variants and local references', () => {
    const schemas: readonly JsonObject[] = [
      closed({ name: text, tags: { type: 'array', items: text } }),
      closed({ kind: { type: 'string', enum: ['a', 'b'], description: 'One of two.' } }),
      closed({ maybe: { type: ['string', 'null'] }, other: { anyOf: [text, { type: 'null' }] } }),
      { ...closed({ child: { $ref: '#/$defs/node' } }), $defs: { node: closed({ name: text }) } },
      { ...closed({ next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } }) },
      nested(5),
    ];
    for (const schema of schemas) assert.equal(problemOf(schema), undefined);
  });

  const refused: readonly (readonly [what: string, schema: JsonObject, message: RegExp])[] = [
    ['a root that is no object', { type: 'array', items: text }, /got 'type: "array"'/],
    ['a root of variants', { anyOf: [closed({})] }, /root must not be 'anyOf'/],
    [
      'an optional property',
      { ...closed({ a: text, b: text }), required: ['a'] },
      /'required' is required to be supplied .* Missing 'b'\.$/,
    ],
    [
      'a required key without a property',
      { ...closed({ a: text }), required: ['a', 'b'] },
      /Extra required key 'b'/,
    ],
    [
      'an open object',
      { type: 'object', properties: {}, required: [] },
      /'additionalProperties' is required to be supplied and to be false/,
    ],
    [
      'an open object inside a list',
      closed({ list: { type: 'array', items: { type: 'object', properties: {}, required: [] } } }),
      /In context=\('properties', 'list', 'items'\), 'additionalProperties'/,
    ],
    ['a list without items', closed({ list: { type: 'array' } }), /array schema missing items/],
    ['a member without a type', closed({ a: { description: 'anything' } }), /must have a 'type' key/],
    ['six levels', nested(6), /more than 5 levels/],
    [
      'a reference with neighbors',
      { ...closed({ a: { $ref: '#', description: 'x' } }) },
      /\$ref cannot have keywords/,
    ],
    ['a reference to nowhere', closed({ a: { $ref: '#/$defs/none' } }), /cannot be resolved/],
    [
      'too many enum values',
      closed({
        a: { type: 'string', enum: Array.from({ length: 1001 }, (_, index) => `v${String(index)}`) },
      }),
      /more than 1000 enum values/,
    ],
  ];
  for (const [what, schema, message] of refused) {
    it(`refuses ${what}`, () => {
      assert.match(problemOf(schema) ?? 'accepted', message);
    });
  }

  it('refuses every keyword that some provider does not know', () => {
    const keywords = [
      'minLength',
      'maxLength',
      'pattern',
      'format',
      'default',
      'minimum',
      'maximum',
      'minItems',
    ];
    for (const keyword of [
      ...keywords,
      'oneOf',
      'allOf',
      'not',
      'uniqueItems',
      'multipleOf',
      'patternProperties',
    ]) {
      const problem = problemOf(closed({ a: { ...text, [keyword]: 1 } }));
      assert.equal(
        problem,
        `Invalid schema for response_format 'x': In context=('properties', 'a'), '${keyword}' is not permitted.`,
      );
    }
  });

  describe('over HTTP', () => {
    let client: Client;
    before(async () => {
      client = await startClient();
    });
    after(() => client.simulator.close());
    const format = (schema: JsonObject, strict: boolean): JsonObject => ({
      response_format: { type: 'json_schema', json_schema: { name: 'thing', schema, strict } },
    });

    it("answers 400 with the provider's own error in OpenAI's style inside raw", async () => {
      const reply = await client.ask(format({ type: 'object', properties: { a: text } }, true));
      assert.equal(reply.status, 400);
      assert.equal(errorOf(reply).message, 'Provider returned error');
      const metadata = objectOf(errorOf(reply).metadata);
      assert.equal(metadata.provider_name, 'Anthropic');
      const inner = objectOf(objectOf(JSON.parse(String(metadata.raw))).error);
      assert.equal(inner.type, 'invalid_request_error');
      assert.equal(inner.param, 'response_format');
      assert.equal(inner.code, 'invalid_json_schema');
      assert.match(String(inner.message), /^Invalid schema for response_format 'thing': In context=\(\), /);
    });

    it('checks strict tools too, and leaves lenient schemas alone', async () => {
      const parameters = { type: 'object', properties: { a: { ...text, minLength: 1 } } };
      const tools = (strict: boolean): unknown => [
        { type: 'function', function: { name: 'f', parameters, strict } },
      ];
      assert.equal((await client.ask({ tools: tools(true) })).status, 400);
      assert.equal((await client.ask({ tools: tools(false) })).status, 200);
      assert.equal(
        (await client.ask(format({ type: 'object', properties: { a: text } }, false))).status,
        200,
      );
    });
  });
});
