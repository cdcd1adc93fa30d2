import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { textOf } from '../../../src/core/conversation/message.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { generateSnippet, type SnippetInput } from '../../../src/core/prompts/generateSnippet.ts';
import { runStructuredPrompt } from '../../../src/core/prompts/structuredPrompt.ts';
import { aContextItem } from '../../support/builders.ts';
import { FakeChatModel } from '../../support/fakes.ts';

const snippet = {
  name: 'Guard',
  prefix: 'guard',
  language: 'typescript',
  description: 'Guards.',
  body: 'if ({{x}}) {}',
  placeholders: [{ name: 'x', default: 'true' }],
};
const json = JSON.stringify(snippet);

describe('a structured prompt', () => {
  let chat: FakeChatModel;

  beforeEach(() => {
    chat = new FakeChatModel();
  });

  const run = (signal = new AbortController().signal, input: Partial<SnippetInput> = {}) =>
    runStructuredPrompt(
      generateSnippet,
      { description: 'a guard', languageId: 'typescript', ...input },
      { chat, settings: { model: 'author/model', maxTokens: 100 }, signal },
    );

  it('sends its schema and gives the validated answer with its usage', async () => {
    const usage = { promptTokens: 1, completionTokens: 2, cost: 3 };
    chat.willAnswer(
      { type: 'reasoning', text: '{"not": "this"}' },
      { type: 'text', text: json.slice(0, 9) },
      { type: 'text', text: json.slice(9) },
      { type: 'finish', reason: 'stop' },
      { type: 'usage', usage },
    );
    assert.deepEqual(await run(), { value: snippet, usage });
    const request = chat.requests[0];
    assert.deepEqual(
      [request?.schema?.name, request?.model, request?.maxTokens],
      ['snippet', 'author/model', 100],
    );
  });

  it('puts the selection before the words, which name the language', async () => {
    chat.willAnswer({ type: 'text', text: json });
    await run(undefined, { selection: aContextItem() });
    const question = chat.requests[0]?.messages[0];
    assert.ok(question);
    assert.deepEqual(
      question.parts.map(({ type }) => type),
      ['context', 'text'],
    );
    assert.equal(textOf(question), 'Language: typescript\nSnippet: a guard');
  });

  const wrapped: readonly (readonly [string, string])[] = [
    ['in a fence', `\`\`\`json\n${JSON.stringify(snippet, undefined, 2)}\n\`\`\``],
    ['in a fence without a language', `\`\`\`\n${json}\n\`\`\``],
    ['in a fence between sentences with braces', `Use {{x}} so:\n\`\`\`json\n${json}\n\`\`\`\nEnjoy {}!`],
    ['between sentences', `Here you are: ${json} Enjoy!`],
    ['between line breaks', `\n\n${json}\n`],
  ];
  for (const [where, text] of wrapped) {
    it(`finds an answer ${where}`, async () => {
      chat.willAnswer({ type: 'text', text });
      assert.deepEqual((await run())?.value, snippet);
    });
  }

  it('keeps a fence that belongs to the answer', async () => {
    const body = '```ts\n{{x}}\n```';
    chat.willAnswer({ type: 'text', text: JSON.stringify({ ...snippet, body }) });
    assert.equal((await run())?.value.body, body);
  });

  const wrong: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['prose', 'I would rather not.'],
    ['a list', `[${json}]`.replace(/[{}]/g, '')],
    ['JSON that is cut off', json.slice(0, 40)],
    ['a missing property', JSON.stringify({ ...snippet, body: undefined })],
    ['an empty body', JSON.stringify({ ...snippet, body: '' })],
    ['a property of another type', JSON.stringify({ ...snippet, placeholders: 'x' })],
  ];
  for (const [what, text] of wrong) {
    it(`refuses ${what}, and keeps the raw text`, async () => {
      chat.willAnswer({ type: 'text', text });
      await assert.rejects(
        run(),
        (error) =>
          error instanceof RequestError &&
          error.kind === 'invalidAnswer' &&
          error.facts.detail?.includes(text),
      );
    });
  }

  it('says that an answer was cut off at the length limit', async () => {
    chat.willAnswer({ type: 'text', text: json.slice(0, 40) }, { type: 'finish', reason: 'length' });
    await assert.rejects(
      run(),
      (error) => error instanceof RequestError && error.facts.detail?.startsWith('The answer was cut off'),
    );
  });

  it('fails as its request fails', async () => {
    chat.willAnswer({ type: 'text', text: json }, new RequestError('truncated'));
    await assert.rejects(run(), (error) => error instanceof RequestError && error.kind === 'truncated');
  });

  it('gives nothing when it is cancelled', async () => {
    const stop = new AbortController();
    chat.willDo(async function* () {
      yield { type: 'text', text: json };
      await Promise.resolve();
      stop.abort();
    });
    assert.equal(await run(stop.signal), undefined);
  });
});
