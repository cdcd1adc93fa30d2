import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beforeEach, describe, it } from 'mocha';
import * as z from 'zod/mini';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { generateSnippet } from '../../../src/core/prompts/generateSnippet.ts';
import { toSnippetEntry, toSnippetText } from '../../../src/core/prompts/snippetText.ts';
import { toStrictSchema } from '../../../src/core/prompts/strictSchema.ts';
import { runStructuredPrompt } from '../../../src/core/prompts/structuredPrompt.ts';
import { FakeChatModel } from '../../support/fakes.ts';

const snippet = {
  name: 'Guard',
  prefix: 'guard',
  language: 'typescript',
  description: 'Guards.',
  body: 'if ({{x}}) {}',
  placeholders: [{ name: 'x', default: 'true' }],
};

describe('a strict schema', () => {
  it('closes every object, requires every key, and drops what the mode does not know', () => {
    const schema = z.object({
      name: z.string().check(z.minLength(1), z.describe('A name')),
      items: z.array(z.object({ value: z.nullable(z.number().check(z.minimum(0))) })).check(z.minLength(1)),
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
      },
      required: ['name', 'items'],
      additionalProperties: false,
    });
  });

  it('keeps a property that is called like a keyword', () => {
    const schema = toStrictSchema(z.object({ default: z.string(), pattern: z.string() }));
    assert.deepEqual(schema['required'], ['default', 'pattern']);
  });
});

describe('a structured prompt', () => {
  let chat: FakeChatModel;

  beforeEach(() => {
    chat = new FakeChatModel();
  });

  const run = (signal = new AbortController().signal) =>
    runStructuredPrompt(
      generateSnippet,
      { description: 'a guard', languageId: 'typescript' },
      { chat, model: 'author/model', maxTokens: 100, signal },
    );

  it('sends its schema and gives the validated answer with its usage', async () => {
    const text = JSON.stringify(snippet);
    const usage = { promptTokens: 1, completionTokens: 2, cost: 3 };
    chat.willAnswer(
      { type: 'text', text: text.slice(0, 9) },
      { type: 'text', text: text.slice(9) },
      { type: 'usage', usage },
    );
    assert.deepEqual(await run(), { value: snippet, usage });
    assert.equal(chat.requests[0]?.schema?.name, 'snippet');
  });

  it('finds the answer of a chatty model', async () => {
    chat.willAnswer({
      type: 'text',
      text: `Here you are:\n\`\`\`json\n${JSON.stringify(snippet)}\n\`\`\`\nEnjoy!`,
    });
    assert.deepEqual((await run())?.value, snippet);
  });

  const wrong: readonly (readonly [string, string])[] = [
    ['prose', 'I would rather not.'],
    ['JSON that is cut off', JSON.stringify(snippet).slice(0, 40)],
    ['a missing property', JSON.stringify({ ...snippet, body: undefined })],
    ['an empty body', JSON.stringify({ ...snippet, body: '' })],
  ];
  for (const [what, text] of wrong) {
    it(`refuses ${what}, and keeps the raw text`, async () => {
      chat.willAnswer({ type: 'text', text });
      await assert.rejects(
        run(),
        (error) =>
          error instanceof RequestError && error.kind === 'invalidAnswer' && error.detail?.includes(text),
      );
    });
  }

  it('gives nothing when it is cancelled', async () => {
    const stop = new AbortController();
    chat.willDo(async function* () {
      yield { type: 'text', text: '{' };
      await Promise.resolve();
      stop.abort();
    });
    assert.equal(await run(stop.signal), undefined);
  });
});

/** Reads VS Code's snippet grammar as far as we write it: what the text becomes, and where its tab stops are. */
function expand(text: string): { readonly text: string; readonly stops: readonly number[] } {
  const stops: number[] = [];
  const defaults = new Map<number, string>();
  let result = '';
  for (let at = 0; at < text.length;) {
    const rest = text.slice(at);
    const escaped = /^\\([\\$}])/.exec(rest);
    const filled = /^\$\{(\d+):((?:\\[\\$}]|[^\\}])*)\}/.exec(rest);
    const stop = /^\$(\d+)/.exec(rest);
    if (escaped) {
      result += escaped[1];
    } else if (filled) {
      const value = (filled[2] ?? '').replace(/\\([\\$}])/g, '$1');
      defaults.set(Number(filled[1]), value);
      stops.push(Number(filled[1]));
      result += value;
    } else if (stop) {
      stops.push(Number(stop[1]));
      result += defaults.get(Number(stop[1])) ?? '';
    } else {
      assert.notEqual(rest[0], '$', 'a sign that the grammar would read');
      result += rest[0];
    }
    at += (escaped ?? filled ?? stop)?.[0].length ?? 1;
  }
  return { text: result, stops };
}

describe('a snippet in the syntax of VS Code', () => {
  it('has a tab stop for each placeholder, the same one wherever a name recurs, and an end', () => {
    const text = toSnippetText({
      body: 'for (const {{ item }} of {{list}}) {\n\tuse({{item}});\n}',
      placeholders: [
        { name: 'item', default: 'each' },
        { name: 'list', default: '' },
      ],
    });
    assert.equal(text, 'for (const ${1:each} of $2) {\n\tuse($1);\n}$0');
  });

  it('keeps every other sign as it is, whatever the code', () => {
    const code = fc
      .array(fc.constantFrom('$', '{', '}', '\\', '{{', '}}', 'a', '${1:x}', '$0', '|', '\n', '{{other}}'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(code, code, (before, value) => {
        const { text, stops } = expand(
          toSnippetText({ body: `${before} {{name}}!`, placeholders: [{ name: 'name', default: value }] }),
        );
        assert.equal(text, `${before} ${value}!`);
        assert.deepEqual(stops, [1, 0]);
      }),
    );
  });

  it('is saved line by line with its scope', () => {
    assert.deepEqual(toSnippetEntry({ ...snippet, body: 'a\r\nb' }, 'typescript'), {
      scope: 'typescript',
      prefix: 'guard',
      description: 'Guards.',
      body: ['a', 'b$0'],
    });
  });
});
