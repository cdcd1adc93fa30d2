import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import { generateSnippet } from '../../../src/core/prompts/generateSnippet.ts';
import { toStrictSchema } from '../../../src/core/prompts/structured/strictSchema.ts';

describe('a strict schema', () => {
  it('closes every object, requires every key, and drops what the mode does not know', () => {
    const schema = z.object({
      name: z.string().check(z.minLength(1), z.maxLength(9), z.regex(/a/), z.describe('A name')),
      items: z.array(z.object({ value: z.nullable(z.number().check(z.minimum(0))) })).check(z.minLength(1)),
      site: z.url(),
    });
    assert.deepEqual(toStrictSchema(schema), {
      type: 'object',
      properties: {
        name: { type: 'string', description: 'A name' },
        items: {
          type: 'array',
          items: {
            type: 'object',
            properties: { value: { anyOf: [{ type: 'number' }, { type: 'null' }] } },
            required: ['value'],
            additionalProperties: false,
          },
        },
        site: { type: 'string' },
      },
      required: ['name', 'items', 'site'],
      additionalProperties: false,
    });
  });

  it('requires optional properties, too, because strict mode demands it', () => {
    assert.deepEqual(toStrictSchema(z.object({ a: z.string(), b: z.optional(z.string()) }))['required'], [
      'a',
      'b',
    ]);
  });

  it('closes the objects inside variants, too', () => {
    const variant = z.union([z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]);
    const text = JSON.stringify(toStrictSchema(z.object({ variant })));
    assert.equal(text.match(/"additionalProperties":false/g)?.length, 3);
    assert.equal(text.match(/"required":/g)?.length, 3);
  });

  it('keeps a property that is called like a keyword', () => {
    const schema = toStrictSchema(z.object({ default: z.string(), pattern: z.string(), format: z.string() }));
    assert.deepEqual(schema['required'], ['default', 'pattern', 'format']);
    assert.deepEqual(schema['properties'], {
      default: { type: 'string' },
      pattern: { type: 'string' },
      format: { type: 'string' },
    });
  });

  it('keeps the words of an enumeration', () => {
    const schema = toStrictSchema(z.object({ level: z.enum(['error', 'default', 'pattern']) }));
    assert.deepEqual(schema['properties'], {
      level: { type: 'string', enum: ['error', 'default', 'pattern'] },
    });
  });

  it('of a snippet has the public property names', () => {
    assert.deepEqual(toStrictSchema(generateSnippet.schema)['required'], [
      'name',
      'prefix',
      'language',
      'description',
      'body',
      'placeholders',
    ]);
  });
});
