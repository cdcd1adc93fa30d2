import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { ResponseEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import {
  answerIn,
  chatWith,
  Comparison,
  type ComparedChange,
  type ComparedModel,
} from '../../../src/core/conversation/session/comparison.ts';
import { textOf, type Usage } from '../../../src/core/conversation/message.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import type { RequestSettings } from '../../../src/core/model/requestSettings.ts';
import { aContextItem, asking, clean } from '../../support/builders.ts';
import { deferred, FakeChatModel } from '../../support/fakes.ts';

const answer = (text: string): readonly ResponseEvent[] => [
  { type: 'origin', model: 'author/one', provider: 'Someone', generationId: `gen-${text}` },
  { type: 'text', text },
  { type: 'usage', usage: { promptTokens: 5, completionTokens: 2, cost: 7 } },
  { type: 'finish', reason: 'stop' },
];

describe('a comparison', () => {
  let model: FakeChatModel;
  let comparison: Comparison;
  let changes: ComparedChange[];
  let books: Map<string, Usage>;
  let asked: Partial<RequestSettings>[];
  let id = 0;
  const ids = { newId: () => `id${(id += 1)}`, now: () => 1 };

  beforeEach(() => {
    model = new FakeChatModel();
    books = new Map();
    [changes, asked] = [[], []];
    comparison = new Comparison(
      {
        chat: () => Promise.resolve(model),
        request: (_messages, settings) => {
          asked.push(settings);
          return { model: settings.model ?? 'author/current', maxTokens: 100, system: clean('') };
        },
        ...ids,
        estimate: () => 3,
        lookUpUsage: (generationId) => Promise.resolve(books.get(generationId)),
      },
      ['author/one', 'author/two'],
    );
    comparison.onDidChange((change) => changes.push(change));
  });

  const question = asking('Which?', aContextItem());
  const nth = (at: number): ComparedModel => {
    const compared = comparison.models[at];
    assert.ok(compared);
    return compared;
  };
  const [one, two] = [() => nth(0), () => nth(1)];
  const words = (at: 0 | 1): string => {
    const found = answerIn(nth(at));
    return found ? textOf(found) : '';
  };

  it('asks each model the same, without fallbacks, and at the same time', async () => {
    const gate = deferred<undefined>();
    model.willDo(async function* () {
      yield { type: 'text', text: 'First ' };
      await gate.promise;
      yield* answer('one.');
    });
    model.willAnswer(...answer('Two.'));
    const done = comparison.ask(comparison.prepare(question));
    while (words(1) !== 'Two.') {
      await new Promise(setImmediate);
    }
    assert.equal(words(0), 'First ');
    gate.resolve(undefined);
    await done;
    assert.equal(words(0), 'First one.');
    assert.deepEqual(
      model.requests.map((request) => request.model),
      ['author/one', 'author/two'],
    );
    assert.deepEqual(
      asked.map(({ fallbackModels }) => fallbackModels),
      [[], []],
    );
    const given = model.requests.map(({ messages }) => messages.at(-1)?.parts);
    assert.deepEqual(given[0], given[1]);
  });

  it('holds all of them to one budget, but not what is tried again later', async () => {
    const run = { id: 'run', limit: 1 };
    model.willAnswer(new RequestError('provider'));
    model.willAnswer(...answer('Two.'));
    await comparison.ask(comparison.prepare(question), run);
    model.willAnswer(...answer('One.'));
    await one().session.send(one().session.prepare.retry(answerIn(one())?.id ?? ''));
    assert.deepEqual(
      model.requests.map((request) => request.run),
      [run, run, undefined],
    );
  });

  it('stops one answer while the other continues', async () => {
    const begun = deferred<undefined>();
    const gate = deferred<undefined>();
    model.willDo(async function* (_request, signal) {
      yield { type: 'text', text: 'Well' };
      begun.resolve(undefined);
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
    });
    model.willDo(async function* () {
      await gate.promise;
      yield* answer('Two.');
    });
    const done = comparison.ask(comparison.prepare(question));
    await begun.promise;
    one().session.stop();
    gate.resolve(undefined);
    await done;
    assert.equal(answerIn(one())?.answer.outcome.state, 'stopped');
    assert.equal(answerIn(two())?.answer.outcome.state, 'done');
  });

  it('tries again the one that failed, with its own model', async () => {
    model.willAnswer(new RequestError('provider'));
    model.willAnswer(...answer('Two.'));
    await comparison.ask(comparison.prepare(question));
    const failed = answerIn(one());
    assert.equal(failed?.answer.outcome.state, 'failed');
    model.willAnswer(...answer('One.'));
    await one().session.send(one().session.prepare.retry(failed.id));
    assert.equal(words(0), 'One.');
    assert.equal(model.requests.at(-1)?.model, 'author/one');
    assert.equal(answerIn(one())?.answer.requestedModel, 'author/one');
  });

  it('settles what each answer cost', async () => {
    books.set('gen-cut', { promptTokens: 9, completionTokens: 4, cost: 11 });
    model.willAnswer(
      { type: 'origin', model: 'author/one', provider: 'Someone', generationId: 'gen-cut' },
      { type: 'text', text: 'Wel' },
      new RequestError('truncated'),
    );
    model.willAnswer(...answer('Two.'));
    await comparison.ask(comparison.prepare(question));
    await new Promise(setImmediate);
    assert.deepEqual(answerIn(one())?.answer.generations[0]?.usage, books.get('gen-cut'));
    const settled = changes.filter(({ change }) => change.type === 'settled');
    assert.deepEqual(
      settled.map(({ compared }) => compared.model),
      ['author/one'],
    );
    assert.equal(changes.filter(({ change }) => change.type === 'ended').length, 2);
  });

  it('makes a chat of a question and an answer, as often as wanted, with what the answer cost', async () => {
    model.willAnswer(...answer('One.'));
    model.willAnswer(...answer('Two.'));
    assert.equal(chatWith(two(), 'Which? · Two', ids), undefined, 'there is no answer yet');
    const done = comparison.ask(comparison.prepare(question));
    assert.equal(chatWith(two(), 'Which? · Two', ids), undefined, 'the answer is on its way');
    await done;
    const [chat, again] = [chatWith(two(), 'Which? · Two', ids), chatWith(two(), 'Which? · Two', ids)];
    assert.equal(chat?.title, 'Which? · Two');
    assert.deepEqual(
      chat.messages.map((message) => textOf(message)),
      ['Which?', 'Two.'],
    );
    assert.equal(chat.messages[1]?.parentId, chat.messages[0]?.id);
    assert.equal(
      chat.messages[1]?.role === 'assistant' && chat.messages[1].answer.generations[0]?.usage?.cost,
      7,
    );
    const all = [chat, again].flatMap((each) => [
      each?.id,
      ...(each?.messages ?? []).map((message) => message.id),
    ]);
    assert.equal(new Set(all).size, 6);
  });
});
