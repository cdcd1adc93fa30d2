import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ChatRequest } from '../../../src/core/conversation/generation/chatModel.ts';
import { toChatBody, type ChatBody } from '../../../src/core/openrouter/chat/request.ts';
import type { ServerKind } from '../../../src/core/model/server.ts';
import { aContextItem, anAnswer, aQuestion, aRequest, clean } from '../../support/builders.ts';

const caching = { explicitCache: true };

function messagesOf(
  messages: ChatRequest['messages'],
  facts: Partial<ChatRequest> = {},
  kind?: ServerKind,
): ChatBody['messages'] {
  return toChatBody(aRequest({ messages, ...facts }), kind).messages;
}

describe('a question with media', () => {
  const image = clean({ type: 'image', name: 'a.png', url: 'data:image/png;base64,AA==' });
  const file = { type: 'file', name: 'a.pdf', url: 'data:application/pdf;base64,BB==' } as const;
  const audio = { type: 'audio', name: 'a.wav', format: 'wav', data: 'CC==' } as const;

  it('carries each in its own form, the words last', () => {
    const parts = [
      { type: 'text', text: 'What is this?' } as const,
      { type: 'context', item: aContextItem({ path: 'a.ts', text: 'a' }) } as const,
      image,
      file,
      audio,
    ];
    assert.deepEqual(messagesOf([aQuestion('', { parts: clean(parts) })])[1]?.content, [
      { type: 'image_url', image_url: { url: image.url } },
      { type: 'file', file: { filename: 'a.pdf', file_data: file.url } },
      { type: 'input_audio', input_audio: { data: 'CC==', format: 'wav' } },
      { type: 'text', text: 'a.ts, lines 1-2 (typescript):\n```typescript\na\n```\n\nWhat is this?' },
    ]);
  });

  it('need not have words', () => {
    assert.deepEqual(messagesOf([aQuestion('', { parts: [image] })])[1]?.content, [
      { type: 'image_url', image_url: { url: image.url } },
    ]);
  });
});

describe('a partial answer at the end', () => {
  const half = anAnswer('', {
    parts: [
      { type: 'reasoning', text: clean('hm') },
      { type: 'text', text: clean('Half of \n') },
    ],
    answer: {
      requestedModel: 'm',
      outcome: { state: 'cut' },
      reasoningDetails: [{ type: 'reasoning.text', text: 'hm' }],
    },
  });

  it('is continued: without white space at its end, and without thoughts that broke off', () => {
    assert.deepEqual(messagesOf([aQuestion('Why?'), half]).at(-1), { role: 'assistant', content: 'Half of' });
  });

  it('is left out while it has no words', () => {
    assert.deepEqual(
      messagesOf([aQuestion('Why?'), anAnswer(' \n')]).map(({ role }) => role),
      ['system', 'user'],
    );
  });

  it('is an answer like any other once the talk has gone on', () => {
    assert.ok('reasoning_details' in (messagesOf([half, aQuestion('And?')])[1] ?? {}));
  });

  it('goes without its reasoning to a server that is not OpenRouter', () => {
    const thoughtful = anAnswer('', { parts: half.parts });
    for (const answer of [half, thoughtful]) {
      assert.deepEqual(messagesOf([answer, aQuestion('And?')], {}, 'other')[1], {
        role: 'assistant',
        content: 'Half of \n',
      });
    }
  });
});

describe('a model whose cache has to be told', () => {
  const mark = { cache_control: { type: 'ephemeral' } };
  const long = (id: string) => aContextItem({ id, path: `${id}.ts`, text: id, tokens: 2_000 });
  const short = aContextItem({ id: 'short', path: 'short.ts', text: 'short', tokens: 10 });
  const ask = (text: string, ...items: ReturnType<typeof long>[]) =>
    aQuestion(text, {
      parts: [
        ...items.map((item) => ({ type: 'context' as const, item })),
        { type: 'text', text: clean(text) },
      ],
    });

  it('is told of the instructions and of the last long context', () => {
    const [system, first, , last] = messagesOf(
      [ask('One?', long('a')), anAnswer('Yes'), ask('Two?', long('b'), short)],
      caching,
    );
    assert.deepEqual(system?.content, [{ type: 'text', text: 'Be brief.', ...mark }]);
    assert.deepEqual(first?.content, [
      { type: 'text', text: 'a.ts, lines 1-2 (typescript):\n```typescript\na\n```' },
      { type: 'text', text: 'One?' },
    ]);
    assert.deepEqual(last?.content, [
      { type: 'text', text: 'b.ts, lines 1-2 (typescript):\n```typescript\nb\n```', ...mark },
      { type: 'text', text: 'short.ts, lines 1-2 (typescript):\n```typescript\nshort\n```\n\nTwo?' },
    ]);
  });

  it('reads the same prefix in every later request, but for the mark', () => {
    const first = [ask('One?', long('a'))];
    const later = [...first, anAnswer('Yes'), ask('Two?', long('b'))];
    const unmarked = (messages: ChatBody['messages']): string =>
      JSON.stringify(messages).replaceAll(`,"cache_control":${JSON.stringify(mark.cache_control)}`, '');
    const prefix = unmarked(messagesOf(first, caching)).slice(0, -1);
    assert.ok(unmarked(messagesOf(later, caching)).startsWith(prefix));
  });

  it('has at most four marks however long the talk, and none elsewhere', () => {
    const talk = Array.from({ length: 9 }, (_, index) => ask(`${index}?`, long(`f${index}`)));
    const marksIn = (facts: Partial<ChatRequest>, kind?: ServerKind): number =>
      JSON.stringify(messagesOf(talk, facts, kind)).split('cache_control').length - 1;
    assert.equal(marksIn(caching), 2);
    assert.equal(marksIn({}), 0);
    assert.equal(marksIn(caching, 'other'), 0);
  });
});
