import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { AnswerEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import { totalUsage } from '../../../src/core/conversation/generations.ts';
import { MemoryStore } from '../../../src/core/conversation/persistence/memoryStore.ts';
import type { AnswerPart } from '../../../src/core/conversation/part.ts';
import { AnswerRun, type Growth } from '../../../src/core/conversation/session/answerRun.ts';
import { anAnswer, answerFacts, clean } from '../../support/builders.ts';

const usage = (cost: number) => ({ promptTokens: 1, completionTokens: 2, cost });

/** Two rounds of one answer, with a tool call between them. */
const rounds: readonly AnswerEvent[] = [
  { type: 'origin', generationId: 'gen-1', model: 'author/one', provider: 'Host' },
  { type: 'reasoning', text: 'A file?' },
  { type: 'text', text: 'Let me see.' },
  { type: 'toolCalls', calls: [{ id: 'call', name: 'read_file', arguments: '{"path":"a.ts"}' }] },
  { type: 'finish', reason: 'tool_calls' },
  { type: 'usage', usage: usage(5) },
  { type: 'toolResult', result: { callId: 'call', state: 'done', text: clean('const a = 1;') } },
  { type: 'nextGeneration' },
  { type: 'origin', generationId: 'gen-2' },
  { type: 'reasoning', text: 'Short.' },
  { type: 'text', text: 'It ' },
  { type: 'text', text: 'adds.' },
  { type: 'finish', reason: 'stop' },
  { type: 'usage', usage: usage(7) },
];

const said: readonly AnswerPart[] = clean([
  { type: 'reasoning', text: 'A file?', durationMs: 10 },
  { type: 'text', text: 'Let me see.' },
  { type: 'toolCall', id: 'call', name: 'read_file', arguments: '{"path":"a.ts"}' },
  { type: 'toolResult', callId: 'call', state: 'done', text: 'const a = 1;' },
  { type: 'reasoning', text: 'Short.', durationMs: 10 },
  { type: 'text', text: 'It adds.' },
]);

describe('a running answer', () => {
  const empty = anAnswer('', { id: 'a', answer: answerFacts({ outcome: { state: 'pending' } }) });
  let store: MemoryStore;
  let time: number;

  beforeEach(() => {
    time = 0;
    store = new MemoryStore();
    store.create({ id: 'c', title: '', createdAt: 1, messages: [] });
  });

  const begin = (message = empty): AnswerRun => {
    store.addMessage('c', message);
    return new AnswerRun(message, store, () => (time += 10), assert.ifError);
  };
  const takeAll = (run: AnswerRun, events: readonly AnswerEvent[]): readonly Growth[] =>
    events.flatMap((event) => run.take(event));
  const end = (run: AnswerRun): void => {
    run.end(run.outcome, () => ({ ...usage(99), estimated: true }));
    run.flush();
  };
  const saved = () => store.load('c')?.messages.at(-1)?.parts;

  it('keeps what the model says, its calls and their results in the order in which they come', () => {
    const run = begin();
    takeAll(run, rounds);
    end(run);
    assert.deepEqual(run.message.parts, said);
    assert.deepEqual(saved(), said);
    assert.deepEqual(run.message.answer.outcome, { state: 'done' });
  });

  it('has failed when it ended without anything to read', () => {
    const nothings: readonly (readonly AnswerEvent[])[] = [
      [],
      [{ type: 'text', text: '\n ' }],
      [{ type: 'reasoning', text: 'Hm.' }],
      [{ type: 'sources', sources: [{ url: 'https://a.test', title: 'A' }] }],
    ];
    const failed = { state: 'failed', failure: { kind: 'emptyAnswer' } };
    for (const [at, events] of nothings.entries()) {
      for (const [reason, outcome] of [
        ['stop', failed],
        [undefined, failed],
        ['length', { state: 'cut' }],
      ] as const) {
        const run = begin({ ...empty, id: `${reason ?? ''}${at}` });
        takeAll(run, [...events, ...(reason === undefined ? [] : [{ type: 'finish', reason } as const])]);
        end(run);
        assert.deepEqual(run.message.answer.outcome, outcome, `${reason ?? 'no reason'}, ${at}`);
      }
    }
    const drawn = begin({ ...empty, id: 'drawn' });
    takeAll(drawn, [{ type: 'images', images: ['data:image/png;base64,AAAA'] }]);
    end(drawn);
    assert.deepEqual(drawn.message.answer.outcome, { state: 'done' });
  });

  it('keeps as thoughts what was taken for the answer until the mark came that ends them', () => {
    const run = begin();
    const growths = takeAll(run, [
      { type: 'text', text: 'It greets.' },
      { type: 'thoughts' },
      { type: 'text', text: 'Hello.' },
      { type: 'finish', reason: 'stop' },
    ]);
    end(run);
    const parts = clean([
      { type: 'reasoning', text: 'It greets.' },
      { type: 'text', text: 'Hello.' },
    ]);
    assert.deepEqual(run.message.parts, parts);
    assert.deepEqual(saved(), parts);
    assert.deepEqual(
      growths.map(({ type }) => type),
      ['part', 'part', 'part'],
    );
  });

  it('counts each of its generations, and their sum', () => {
    const run = begin();
    takeAll(run, rounds);
    end(run);
    assert.deepEqual(run.message.answer.generations, [
      { generationId: 'gen-1', model: 'author/one', provider: 'Host', usage: usage(5) },
      { generationId: 'gen-2', usage: usage(7) },
    ]);
    assert.equal(totalUsage(run.message.answer)?.cost, 12);
  });

  it('reports only parts that are new, have grown, or have changed', () => {
    const run = begin();
    const parts = new Map<number, string>();
    for (const growth of takeAll(run, rounds)) {
      assert.ok(growth.type !== 'message');
      const part = run.message.parts[growth.at];
      assert.ok(part);
      if (growth.type === 'append') {
        parts.set(growth.at, (parts.get(growth.at) ?? '') + growth.text);
      }
    }
    assert.deepEqual([...parts], [[5, 'adds.']]);
    assert.deepEqual(run.take({ type: 'usage', usage: usage(8) }), []);
  });

  it('is saved with its calls at once: what a tool does must not be forgotten', () => {
    const run = begin();
    takeAll(run, rounds.slice(0, 4));
    assert.deepEqual(saved(), said.slice(0, 3));
    run.flush();
  });

  it('estimates the usage of a stopped last generation, but only once it has started', () => {
    const run = begin();
    takeAll(run, rounds.slice(0, 9));
    run.end({ state: 'failed', failure: { kind: 'network' } }, () => usage(99));
    assert.equal(totalUsage(run.message.answer)?.cost, 5);
    const other = begin({ ...empty, id: 'b' });
    takeAll(other, rounds.slice(0, 11));
    other.end({ state: 'failed', failure: { kind: 'network' } }, () => usage(99));
    assert.equal(totalUsage(other.message.answer)?.cost, 104);
  });

  it('joins continued text, even across reasoning and within a word', () => {
    const run = begin({
      ...empty,
      parts: clean([
        { type: 'reasoning', text: 'One.', durationMs: 5 },
        { type: 'text', text: 'hal' },
      ]),
      answer: answerFacts({ generations: [{ generationId: 'gen-1' }], outcome: { state: 'cut' } }),
    });
    takeAll(run, [
      { type: 'reasoning', text: ' Two.' },
      { type: 'text', text: 'f' },
      { type: 'text', text: ' done' },
    ]);
    end(run);
    const joined: readonly AnswerPart[] = clean([
      { type: 'reasoning', text: 'One. Two.', durationMs: 15 },
      { type: 'text', text: 'half done' },
    ]);
    assert.deepEqual(run.message.parts, joined);
    assert.deepEqual(saved(), joined);
    assert.equal(run.message.answer.generations.length, 2);
  });
});
