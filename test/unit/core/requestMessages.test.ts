import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ChatRequest } from '../../../src/core/conversation/generation/chatModel.ts';
import type { UserMessage } from '../../../src/core/conversation/message.ts';
import type { AnswerPart } from '../../../src/core/conversation/part.ts';
import { toChatBody, type ChatBody } from '../../../src/core/openrouter/chat/request.ts';
import type { ServerKind } from '../../../src/core/model/server.ts';
import { aContextItem, anAnswer, answerFacts, aQuestion, aRequest, clean } from '../../support/builders.ts';

const caching = { explicitCache: true };

function messagesOf(
  messages: ChatRequest['messages'],
  facts: Partial<ChatRequest> = {},
  kind?: ServerKind,
): ChatBody['messages'] {
  return toChatBody(aRequest({ messages, ...facts }), kind).messages;
}

describe('what a model thought', () => {
  const parts = clean([
    { type: 'reasoning', text: 'hm', details: [{ type: 'reasoning.text', text: 'hm', signature: 's' }] },
    { type: 'text', text: 'Yes.' },
  ]) satisfies readonly AnswerPart[];
  const thoughtsFor = (model: string, requestedModel: string, answered: string): boolean => {
    const answer = answerFacts({ requestedModel, generations: [{ model: answered }] });
    const chat = [aQuestion('Is it?'), anAnswer('', { parts, answer }), aQuestion('Sure?')];
    return 'reasoning_details' in (messagesOf(chat, { model })[2] ?? {});
  };

  it('goes back to that model only, because others refuse its signatures', () => {
    assert.equal(thoughtsFor('a/one', 'a/one', 'a/one-20260101'), true);
    assert.equal(thoughtsFor('a/one', 'openrouter/auto', 'a/one'), true);
    assert.equal(thoughtsFor('openrouter/auto', 'openrouter/auto', 'a/one'), true);
    assert.equal(thoughtsFor('b/two', 'a/one', 'a/one'), false);
    assert.equal(thoughtsFor('b/two', 'openrouter/auto', 'a/one'), false);
  });
});

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
      { type: 'reasoning', text: clean('hm'), details: [{ type: 'reasoning.text', text: 'hm' }] },
      { type: 'text', text: clean('Half of \n') },
    ],
    answer: answerFacts({ outcome: { state: 'cut' } }),
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
    const thoughtful = anAnswer('', {
      parts: clean([
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'Half of \n' },
      ]),
    });
    for (const answer of [half, thoughtful]) {
      assert.deepEqual(messagesOf([answer, aQuestion('And?')], {}, 'other')[1], {
        role: 'assistant',
        content: 'Half of \n',
      });
    }
  });
});

describe('an answer that called tools', () => {
  const call = (id: string, json = '{"path":"a.ts"}') =>
    clean({ type: 'toolCall', id, name: 'read_file', arguments: json });
  const result = (callId: string, text = `result of ${callId}`) =>
    clean({ type: 'toolResult', callId, state: 'done', text });
  const wireCall = (id: string, json = '{"path":"a.ts"}') => ({
    id,
    type: 'function',
    function: { name: 'read_file', arguments: json },
  });
  const wireResult = (id: string) => ({ role: 'tool', tool_call_id: id, content: `result of ${id}` });
  const text = (words: string) => clean({ type: 'text', text: words });
  const sent = (parts: readonly AnswerPart[], ...then: readonly UserMessage[]) =>
    messagesOf([aQuestion('Why?'), anAnswer('', { parts }), ...then]).slice(2);
  const details = [{ type: 'reasoning.text', text: 'hm', signature: 's' }];
  const next = aQuestion('And?');
  const asked = { role: 'user', content: 'And?' };

  const rows: readonly (readonly [
    string,
    readonly AnswerPart[],
    readonly UserMessage[],
    readonly unknown[],
  ])[] = [
    [
      'goes back with each call before its result, and what was said around them in its place',
      [text('Let me see.'), call('1'), result('1'), text('It adds.')],
      [next],
      [
        { role: 'assistant', content: 'Let me see.', tool_calls: [wireCall('1')] },
        wireResult('1'),
        { role: 'assistant', content: 'It adds.' },
        asked,
      ],
    ],
    [
      'has no words where the model said none',
      [call('1'), result('1')],
      [next],
      [{ role: 'assistant', content: null, tool_calls: [wireCall('1')] }, wireResult('1'), asked],
    ],
    [
      'has the results in the order of the calls, whichever was done first',
      [call('1'), call('2'), result('2'), result('1')],
      [next],
      [
        { role: 'assistant', content: null, tool_calls: [wireCall('1'), wireCall('2')] },
        wireResult('1'),
        wireResult('2'),
        asked,
      ],
    ],
    [
      'is asked to go on from the results that it waits for',
      [text('Let me see.'), call('1'), result('1')],
      [],
      [{ role: 'assistant', content: 'Let me see.', tool_calls: [wireCall('1')] }, wireResult('1')],
    ],
    [
      'is continued where it broke off after them',
      [call('1'), result('1'), text('It ad ')],
      [],
      [
        { role: 'assistant', content: null, tool_calls: [wireCall('1')] },
        wireResult('1'),
        { role: 'assistant', content: 'It ad' },
      ],
    ],
    [
      'goes without a call that nobody has answered',
      [text('Let me see.'), call('1'), call('lost'), result('1'), call('lost too')],
      [next],
      [{ role: 'assistant', content: 'Let me see.', tool_calls: [wireCall('1')] }, wireResult('1'), asked],
    ],
    [
      'goes with arguments that a provider can read, whatever the model wrote',
      [call('1', '{"path":'), result('1')],
      [next],
      [{ role: 'assistant', content: null, tool_calls: [wireCall('1', '{}')] }, wireResult('1'), asked],
    ],
    [
      'returns what was thought with the calls that it led to',
      [
        { type: 'reasoning', text: clean('hm'), details },
        call('1'),
        result('1'),
        { type: 'reasoning', text: clean('well') },
        text('Yes'),
      ],
      [next],
      [
        { role: 'assistant', content: null, tool_calls: [wireCall('1')], reasoning_details: details },
        wireResult('1'),
        { role: 'assistant', content: 'Yes', reasoning: 'well' },
        asked,
      ],
    ],
  ];
  for (const [title, parts, then, wire] of rows) {
    it(title, () => {
      assert.deepEqual(sent(parts, ...then), wire);
    });
  }

  it('gives every call exactly one result, right after it, whatever happened', () => {
    const id = fc.constantFrom('1', '2', '3');
    const part = fc.oneof<fc.Arbitrary<AnswerPart>[]>(
      id.map((each) => call(each)),
      id.map((each) => result(each)),
      fc.constant(text('words')),
      fc.constant(clean({ type: 'reasoning', text: 'hm' })),
    );
    fc.assert(
      fc.property(fc.array(part), fc.boolean(), (parts, goesOn) => {
        let open: readonly string[] = [];
        for (const message of sent(parts, ...(goesOn ? [next] : []))) {
          if (message.role === 'tool') {
            assert.equal(message.tool_call_id, open[0]);
            open = open.slice(1);
          } else {
            assert.deepEqual(open, []);
            open = message.role === 'assistant' ? (message.tool_calls ?? []).map((each) => each.id) : [];
          }
        }
        assert.deepEqual(open, []);
      }),
    );
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
      { type: 'text', text: 'One?', ...mark },
    ]);
    assert.deepEqual(last?.content, [
      { type: 'text', text: 'b.ts, lines 1-2 (typescript):\n```typescript\nb\n```', ...mark },
      { type: 'text', text: 'short.ts, lines 1-2 (typescript):\n```typescript\nshort\n```\n\nTwo?', ...mark },
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

  it('is told of the ends of the last two questions, once there is enough to read again', () => {
    const ends = (messages: ChatRequest['messages']): readonly string[] =>
      [...JSON.stringify(messagesOf(messages, caching)).matchAll(/"text":"([^"]*)","cache_control"/g)].map(
        ([, text = '']) => text,
      );
    assert.deepEqual(ends([aQuestion('One?')]), ['Be brief.']);
    assert.deepEqual(
      ends([aQuestion('One?'), anAnswer('Yes'), aQuestion('Two?')]),
      ['Be brief.'],
      'too short',
    );
    const much = anAnswer('word '.repeat(3_000));
    const talk = [aQuestion('One?'), much, aQuestion('Two?'), anAnswer('Yes'), aQuestion('Three?')];
    assert.deepEqual(ends(talk), ['Be brief.', 'Two?', 'Three?']);
    for (let count = 1; count <= talk.length; count += 1) {
      const long9 = [ask('Zero?', long('a'), long('b')), ...talk.slice(0, count), ask('Last?', long('c'))];
      assert.ok(ends(long9).length <= 4, String(count));
    }
  });

  it('has at most four marks however long the talk, and none elsewhere', () => {
    const talk = Array.from({ length: 9 }, (_, index) => ask(`${index}?`, long(`f${index}`)));
    const marksIn = (facts: Partial<ChatRequest>, kind?: ServerKind): number =>
      JSON.stringify(messagesOf(talk, facts, kind)).split('cache_control').length - 1;
    assert.equal(marksIn(caching), 2, 'nothing has come before that would be read again');
    assert.equal(marksIn({}), 0);
    assert.equal(marksIn(caching, 'other'), 0);
  });
});
