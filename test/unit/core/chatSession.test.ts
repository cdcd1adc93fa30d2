import assert from 'node:assert/strict';
import { once } from 'node:events';
import { beforeEach, describe, it } from 'mocha';
import type { ResponseEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import { ChatSession, type SessionParts } from '../../../src/core/conversation/session/chatSession.ts';
import type { SessionChange } from '../../../src/core/conversation/session/sessionChange.ts';
import { totalUsage } from '../../../src/core/conversation/generations.ts';
import { textOf, type AssistantMessage, type Message } from '../../../src/core/conversation/message.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { aContextItem, anAnswer, answerFacts, aQuestion, asking, clean } from '../../support/builders.ts';
import { deferred, FakeChatModel, FailingStore } from '../../support/fakes.ts';

const stopped = { type: 'finish', reason: 'stop' } as const;

describe('a chat session', () => {
  let model: FakeChatModel;
  let store: FailingStore;
  let parts: SessionParts;
  let session: ChatSession;
  let changes: SessionChange[];

  beforeEach(() => {
    model = new FakeChatModel();
    store = new FailingStore();
    let [id, time] = [0, 0];
    parts = {
      store,
      chat: () => Promise.resolve(model),
      model: () => 'author/model',
      request: (_messages, { model: other = 'author/model' }) => ({
        model: other,
        maxTokens: 100,
        system: clean('Be brief.'),
      }),
      now: () => (time += 10),
      newId: () => `id${(id += 1)}`,
      estimate: (_model, tokens) => tokens.prompt + 10 * tokens.completion,
      lookUpUsage: () => Promise.resolve(undefined),
    };
    session = ChatSession.begin(parts);
    changes = [];
    session.onDidChange((change) => changes.push(change));
  });

  describe('with its own model', () => {
    const asked = (): readonly string[] => model.requests.map((request) => request.model);

    it('uses that model, saves it with the first question, and keeps it later', async () => {
      session.setModel('author/own');
      assert.equal(store.size, 0, 'nothing is kept of a chat without a question');
      willSay('One.', 'Two.');
      await session.send(session.prepare.question(asking('Hello')));
      assert.deepEqual(asked(), ['author/own']);
      assert.equal(lastAnswer().answer.requestedModel, 'author/own');
      const again = ChatSession.resume(parts, session.conversation.id);
      await again?.send(again.prepare.question(asking('And now?')));
      assert.deepEqual(asked(), ['author/own', 'author/own']);
    });

    it('asks another one where a question says so, and the general one after its own is taken away', async () => {
      willSay('One.', 'Two.');
      session.setModel('author/own');
      await session.send(session.prepare.question(asking('Hello'), { model: 'author/once' }));
      session.setModel(undefined);
      await session.send(session.prepare.question(asking('And now?')));
      assert.deepEqual(asked(), ['author/once', 'author/model']);
      assert.equal(store.load(session.conversation.id)?.model, undefined);
    });
  });

  const saved = (): readonly Message[] => store.load(session.conversation.id)?.messages ?? [];
  const texts = (): readonly string[] => session.conversation.messages.map(textOf);
  const onScreen = (): readonly string[] => session.visible.map(({ message }) => textOf(message));
  const answers = (): readonly AssistantMessage[] =>
    session.conversation.messages.filter((message) => message.role === 'assistant');
  const lastAnswer = (): AssistantMessage => {
    const message = answers().at(-1);
    assert.ok(message);
    return message;
  };
  const states = (): readonly string[] => answers().map(({ answer }) => answer.outcome.state);
  const willSay = (...words: readonly string[]): void => {
    for (const text of words) {
      model.willAnswer({ type: 'text', text }, stopped);
    }
  };
  /** The next answer says a word, and then waits until it is stopped. */
  const willWait = (): Promise<void> => {
    const spoken = deferred<undefined>();
    model.willDo(async function* (_request, signal) {
      yield { type: 'text', text: 'So far' };
      spoken.resolve(undefined);
      if (!signal.aborted) {
        await once(signal, 'abort');
      }
    });
    return spoken.promise;
  };

  describe('asks', () => {
    it('with the context, keeps what arrives, and saves the same as it shows', async () => {
      model.willAnswer(
        { type: 'origin', generationId: 'gen-1', model: 'author/model-2026', provider: 'Someone' },
        { type: 'reasoning', text: 'Let me see.' },
        { type: 'text', text: 'It ' },
        { type: 'text', text: 'adds.' },
        stopped,
        { type: 'usage', usage: { promptTokens: 10, completionTokens: 5, cost: 42 } },
        { type: 'reasoningDetails', details: [{ type: 'reasoning.text', text: 'Let me see.' }] },
      );
      await session.send(
        session.prepare.question({ text: clean('What does it do?'), context: [aContextItem()] }),
      );
      assert.deepEqual(model.requests[0]?.messages[0]?.parts, [
        { type: 'context', item: aContextItem() },
        { type: 'text', text: 'What does it do?' },
      ]);
      const { answer, parts: said } = lastAnswer();
      assert.deepEqual(said, [
        {
          type: 'reasoning',
          text: 'Let me see.',
          durationMs: 10,
          details: [{ type: 'reasoning.text', text: 'Let me see.' }],
        },
        { type: 'text', text: 'It adds.' },
      ]);
      const { timing, ...facts } = answer;
      assert.deepEqual(facts, {
        requestedModel: 'author/model',
        generations: [
          {
            generationId: 'gen-1',
            model: 'author/model-2026',
            provider: 'Someone',
            usage: { promptTokens: 10, completionTokens: 5, cost: 42 },
          },
        ],
        outcome: { state: 'done' },
      });
      assert.ok(timing?.firstTokenMs && timing.firstTokenMs < timing.endMs);
      assert.deepEqual(saved(), session.conversation.messages);
      assert.equal(store.load(session.conversation.id)?.title, 'What does it do?');
    });

    it('and reports no speed for an answer that arrived in one piece', async () => {
      model.willAnswer(
        { type: 'untimed' },
        { type: 'origin', model: 'author/model-2026' },
        { type: 'text', text: 'Two findings.' },
        stopped,
      );
      await session.send(session.prepare.question(asking('Review this.')));
      assert.deepEqual(lastAnswer().answer, answerFacts({ generations: [{ model: 'author/model-2026' }] }));
    });

    it('with the settings of the moment, in the name of the conversation', async () => {
      const settings = { model: 'author/one', maxTokens: 100, system: clean('Be brief.') };
      session = ChatSession.begin({ ...parts, model: () => settings.model, request: () => settings });
      willSay('1', '2');
      await session.send(session.prepare.question(asking('a')));
      settings.model = 'author/two';
      await session.send(session.prepare.question(asking('b')));
      assert.deepEqual(
        model.requests.map((each) => [each.model, each.maxTokens, each.system, each.sessionId]),
        ['author/one', 'author/two'].map((id) => [id, 100, 'Be brief.', session.conversation.id]),
      );
      assert.equal(lastAnswer().answer.requestedModel, 'author/two');
    });

    it('with all that was said before, in order', async () => {
      willSay('one', 'two');
      await session.send(session.prepare.question(asking('a')));
      await session.send(session.prepare.question(asking('b')));
      assert.deepEqual(model.requests[1]?.messages.map(textOf), ['a', 'one', 'b']);
    });

    it('for the first time before anything is saved', async () => {
      assert.equal(store.size, 0);
      session.catchUp();
      willSay('Hi');
      await session.send(session.prepare.question(asking('Hello')));
      assert.equal(store.size, 1);
    });
  });

  describe('answers several questions', () => {
    it('in order, each with all messages before it', async () => {
      willSay('one', 'two', 'three');
      const all = Promise.all(
        ['a', 'b', 'c'].map((text) => session.send(session.prepare.question(asking(text)))),
      );
      assert.deepEqual(saved().map(textOf), ['a', 'b', 'c'], 'all are kept at once');
      assert.equal(session.busy, true);
      await all;
      assert.equal(session.busy, false);
      assert.deepEqual(model.requests[2]?.messages.map(textOf), ['a', 'one', 'b', 'two', 'c']);
    });

    it('and lists the queued ones until they are sent', async () => {
      const spoken = willWait();
      willSay('two');
      const both = Promise.all(
        ['a', 'b'].map((text) => session.send(session.prepare.question(asking(text)))),
      );
      await spoken;
      const queued = (): readonly boolean[] =>
        session.conversation.messages
          .filter(({ role }) => role === 'user')
          .map(({ id }) => session.isQueued(id));
      assert.deepEqual(queued(), [false, true]);
      const before = changes.length;
      session.stop();
      await both;
      assert.deepEqual(queued(), [false, false]);
      const told = changes
        .slice(before)
        .filter((change) => change.type === 'message' && textOf(change.message) === 'b');
      assert.equal(told.length, 1, 'a view hears that it is its turn');
    });

    it('though the first one fails', async () => {
      model.willAnswer(new RequestError('provider'));
      willSay('two');
      await Promise.all([
        session.send(session.prepare.question(asking('a'))),
        session.send(session.prepare.question(asking('b'))),
      ]);
      assert.deepEqual(states(), ['failed', 'done']);
    });

    it('of which stopping ends the one that is answered', async () => {
      const spoken = willWait();
      willSay('two');
      const both = Promise.all([
        session.send(session.prepare.question(asking('a'))),
        session.send(session.prepare.question(asking('b'))),
      ]);
      await spoken;
      session.stop();
      await both;
      assert.deepEqual(states(), ['stopped', 'done']);
      assert.deepEqual(model.requests[1]?.messages.map(textOf), ['a', 'So far', 'b']);
    });

    it('of which one that waits is withdrawn, and those behind it are asked without it', async () => {
      const spoken = willWait();
      willSay('three');
      const media = [{ type: 'image', name: 'a.png', url: 'data:image/png;base64,AAAA' }] as const;
      const all = Promise.all([
        session.send(session.prepare.question(asking('a'))),
        session.send(
          session.prepare.question({ text: clean('b'), context: [aContextItem()], media: clean(media) }),
        ),
        session.send(session.prepare.question(asking('c'))),
      ]);
      await spoken;
      const withdrawn = session.conversation.messages.find((message) => textOf(message) === 'b');
      assert.ok(withdrawn);
      assert.deepEqual(session.withdraw(withdrawn.id), { text: 'b', context: [aContextItem()], media });
      assert.equal(session.withdraw(withdrawn.id), undefined, 'it can be had back once');
      assert.deepEqual(changes.at(-1), { type: 'withdrawn', messageId: withdrawn.id });
      assert.ok(!saved().some(({ id }) => id === withdrawn.id));
      session.stop();
      await all;
      assert.deepEqual(onScreen(), ['a', 'So far', 'c', 'three']);
      assert.deepEqual(saved(), session.conversation.messages);
      assert.deepEqual(model.requests[1]?.messages.map(textOf), ['a', 'So far', 'c']);
    });

    it('of which none is withdrawn that is answered, or was', async () => {
      const spoken = willWait();
      const sent = session.send(session.prepare.question(asking('a')));
      await spoken;
      const [question] = session.conversation.messages;
      assert.equal(session.withdraw(question?.id ?? ''), undefined);
      session.stop();
      await sent;
      assert.equal(session.withdraw(question?.id ?? ''), undefined);
      assert.deepEqual(texts(), ['a', 'So far']);
    });

    it('of which one is withdrawn that could not be saved, and stays away from the disk', async () => {
      const spoken = willWait();
      willSay('three');
      const first = session.send(session.prepare.question(asking('a')));
      await spoken;
      store.failure = new Error('disk full');
      const second = session.send(session.prepare.question(asking('b')));
      session.withdraw(session.conversation.messages.at(-1)?.id ?? '');
      store.failure = undefined;
      const third = session.send(session.prepare.question(asking('c')));
      session.stop();
      await Promise.all([first, second, third]);
      assert.deepEqual(saved(), session.conversation.messages);
      assert.deepEqual(onScreen(), ['a', 'So far', 'c', 'three']);
    });

    it('of which one is withdrawn while the answer could not be saved, which is then saved once', async () => {
      store.failure = new Error('disk full');
      const spoken = willWait();
      const both = Promise.all(
        ['a', 'b'].map((text) => session.send(session.prepare.question(asking(text)))),
      );
      await spoken;
      store.failure = undefined;
      session.withdraw(session.conversation.messages.find((message) => textOf(message) === 'b')?.id ?? '');
      session.stop();
      await both;
      assert.deepEqual(saved().map(textOf), ['a', 'So far']);
    });

    it('of which one stays withdrawn that the disk would not let go, once it does', async () => {
      const spoken = willWait();
      willSay('three');
      const both = Promise.all(
        ['a', 'b'].map((text) => session.send(session.prepare.question(asking(text)))),
      );
      await spoken;
      store.failure = new Error('disk full');
      session.withdraw(session.conversation.messages.find((message) => textOf(message) === 'b')?.id ?? '');
      assert.ok(changes.some(({ type }) => type === 'saveFailed'));
      store.failure = undefined;
      session.stop();
      await both;
      await session.send(session.prepare.question(asking('c')));
      assert.deepEqual(saved(), session.conversation.messages);
      assert.deepEqual(onScreen(), ['a', 'So far', 'c', 'three']);
    });

    it('of which none is asked any more when the session is let go', async () => {
      const spoken = willWait();
      const both = Promise.all(
        ['a', 'b'].map((text) => session.send(session.prepare.question(asking(text)))),
      );
      await spoken;
      session.dispose();
      await both;
      assert.equal(model.requests.length, 1, 'nothing is sent, and paid for, while the window closes');
      assert.deepEqual(saved().map(textOf).toSorted(), ['So far', 'a', 'b'], 'the words stay');
    });
  });

  describe('when an answer does not come to its end', () => {
    it('keeps the partial text, and says how it failed', async () => {
      const failure = { kind: 'rateLimit', status: 429, detail: 'slow down', retryAfter: 7 } as const;
      model.willAnswer({ type: 'text', text: 'Half' }, new RequestError(failure.kind, failure));
      await session.send(session.prepare.question(asking('Go on')));
      assert.equal(textOf(lastAnswer()), 'Half');
      assert.deepEqual(lastAnswer().answer.outcome, { state: 'failed', failure });
      assert.deepEqual(saved(), session.conversation.messages);
    });

    it('keeps what had arrived when it is stopped', async () => {
      const spoken = willWait();
      const sent = session.send(session.prepare.question(asking('Talk')));
      await spoken;
      session.stop();
      await sent;
      assert.deepEqual(states(), ['stopped']);
      assert.equal(textOf(lastAnswer()), 'So far');
      assert.equal(session.busy, false);
      assert.deepEqual(saved(), session.conversation.messages);
    });

    it('shows an estimated cost when stopped, then the actual one', async () => {
      const truth = { promptTokens: 11, completionTokens: 9, cost: 1_234 };
      const books = deferred<typeof truth>();
      session = ChatSession.begin({ ...parts, lookUpUsage: () => books.promise });
      const settled = new Promise<void>((resolve) => {
        session.onDidChange(({ type }) => {
          if (type === 'settled') {
            resolve();
          }
        });
      });
      const spoken = deferred<undefined>();
      model.willDo(async function* (_request, signal) {
        yield { type: 'origin', generationId: 'gen-1', model: 'author/model-1' };
        yield { type: 'text', text: 'So far' };
        spoken.resolve(undefined);
        await once(signal, 'abort');
      });
      const sent = session.send(session.prepare.question(asking('Talk')));
      await spoken.promise;
      session.stop();
      await sent;
      const usage = lastAnswer().answer.generations[0]?.usage;
      assert.equal(usage?.estimated, true);
      assert.equal(usage.cost, usage.promptTokens + 10 * usage.completionTokens);
      assert.ok(usage.promptTokens > 0 && usage.completionTokens > 0);
      books.resolve(truth);
      await settled;
      assert.deepEqual(totalUsage(lastAnswer().answer), truth);
      assert.deepEqual(saved(), session.conversation.messages);
    });

    it('keeps fetching the cost when the chat is reopened', async () => {
      const usage = { promptTokens: 1, completionTokens: 1, estimated: true };
      const generations = [{ generationId: 'gen-1', usage }];
      const answer = answerFacts({ generations, outcome: { state: 'stopped' } });
      store.create({ id: 'c', title: '', createdAt: 1, messages: [] });
      store.addMessage('c', aQuestion('Talk'));
      store.addMessage('c', anAnswer('So far', { createdAt: 5, answer }));
      const truth = { promptTokens: 2, completionTokens: 2, cost: 7 };
      const asked: string[] = [];
      const lookUpUsage = (id: string): Promise<typeof truth> => {
        asked.push(id);
        return Promise.resolve(truth);
      };
      const resumed = ChatSession.resume({ ...parts, lookUpUsage }, 'c');
      assert.ok(resumed);
      await new Promise<void>((resolve) =>
        resumed.onDidChange(({ type }) => type === 'settled' && resolve()),
      );
      assert.deepEqual(asked, ['gen-1']);
      const kept = store.load('c')?.messages.at(-1);
      assert.deepEqual(kept?.role === 'assistant' && totalUsage(kept.answer), truth);
    });

    it('keeps what had arrived when the session is let go', async () => {
      const spoken = willWait();
      const sent = session.send(session.prepare.question(asking('Talk')));
      await spoken;
      session.dispose();
      assert.deepEqual(saved().map(textOf), ['Talk', 'So far'], 'before the store may be closed');
      await sent;
      assert.deepEqual(saved(), session.conversation.messages);
    });

    it('says when it is asked again, until that happens', async () => {
      const seen: (number | undefined)[] = [];
      session.onDidChange((change) => {
        if (change.type === 'message' && change.message.role === 'assistant') {
          seen.push(change.message.answer.retryAt);
        }
      });
      model.willAnswer({ type: 'waiting', milliseconds: 5_000 }, { type: 'text', text: 'Hi' }, stopped);
      await session.send(session.prepare.question(asking('Hello')));
      assert.equal(seen.filter((each) => each !== undefined && each >= 5_000).length, 1);
      assert.equal(seen.at(-1), undefined);
      assert.equal(lastAnswer().answer.retryAt, undefined);
    });

    it('marks it when the length limit was reached', async () => {
      model.willAnswer({ type: 'text', text: 'And then' }, { type: 'finish', reason: 'length' });
      await session.send(session.prepare.question(asking('Tell all')));
      assert.deepEqual(states(), ['cut']);
    });

    it('fails, and sends nothing, when a setting cannot be used', async () => {
      const request = (): never => {
        throw new RequestError('routing', { detail: '"zdr" must be true or false.' });
      };
      session = ChatSession.begin({ ...parts, request });
      await session.send(session.prepare.question(asking('Hello')));
      assert.deepEqual(lastAnswer().answer, {
        requestedModel: 'author/model',
        generations: [],
        outcome: { state: 'failed', failure: { kind: 'routing', detail: '"zdr" must be true or false.' } },
        timing: lastAnswer().answer.timing,
      });
      assert.equal(model.requests.length, 0);
    });

    it('fails, and does not hang, when the model cannot even be loaded', async () => {
      session = ChatSession.begin({ ...parts, chat: () => Promise.reject(new Error('no such file')) });
      await session.send(session.prepare.question(asking('Hello')));
      assert.deepEqual(lastAnswer().answer.outcome, {
        state: 'failed',
        failure: { kind: 'internal', detail: 'no such file' },
      });
      assert.equal(session.busy, false);
    });
  });

  describe('continues an answer that was cut off', () => {
    const cut = async (...events: readonly (ResponseEvent | Error)[]): Promise<void> => {
      model.willAnswer(...events);
      await session.send(session.prepare.question(asking('Tell me')));
    };
    const usage = (cost: number) =>
      ({ type: 'usage', usage: { promptTokens: 1, completionTokens: 2, cost } }) as const;

    it('where it stopped: the model receives it, and the new text is appended and saved', async () => {
      await cut({ type: 'text', text: 'Once upon ' }, { type: 'finish', reason: 'length' }, usage(5));
      assert.deepEqual(states(), ['cut']);
      model.willAnswer({ type: 'text', text: ' a' }, { type: 'text', text: ' time.' }, stopped, usage(7));
      await session.send(session.prepare.continue(lastAnswer().id));
      assert.deepEqual(texts(), ['Tell me', 'Once upon a time.']);
      assert.deepEqual(model.requests[1]?.messages.map(textOf), ['Tell me', 'Once upon ']);
      assert.deepEqual(states(), ['done']);
      assert.deepEqual(saved(), session.conversation.messages);
    });

    it('adds up the usage of its generations and settles each separately', async () => {
      const truths = new Map([
        ['gen-1', 100],
        ['gen-2', 1],
      ]);
      session = ChatSession.begin({
        ...parts,
        lookUpUsage: (id) =>
          Promise.resolve({ promptTokens: 1, completionTokens: 1, cost: truths.get(id) ?? 0 }),
      });
      const settled: Promise<void>[] = [];
      session.onDidChange(({ type }) => {
        if (type === 'settled') {
          settled.push(Promise.resolve());
        }
      });
      await cut(
        { type: 'origin', generationId: 'gen-1' },
        { type: 'text', text: 'A' },
        new RequestError('network'),
      );
      model.willAnswer(
        { type: 'origin', generationId: 'gen-2' },
        { type: 'text', text: 'B' },
        new RequestError('network'),
      );
      await session.send(session.prepare.continue(lastAnswer().id));
      await new Promise(setImmediate);
      assert.equal(settled.length, 2);
      assert.deepEqual(totalUsage(lastAnswer().answer), { promptTokens: 2, completionTokens: 2, cost: 101 });
    });

    it('keeps its words when going on fails, and can be gone on with again', async () => {
      await cut({ type: 'text', text: 'A' }, new RequestError('truncated'));
      model.willAnswer(new RequestError('network'));
      await session.send(session.prepare.continue(lastAnswer().id));
      assert.deepEqual(states(), ['failed']);
      willSay('B');
      await session.send(session.prepare.continue(lastAnswer().id));
      assert.deepEqual([texts()[1], states()], ['AB', ['done']]);
    });

    it('but not with one that is whole, or has no words', async () => {
      willSay('All');
      await session.send(session.prepare.question(asking('Tell me')));
      await session.send(session.prepare.continue(lastAnswer().id));
      await cut(new RequestError('network'));
      await session.send(session.prepare.continue(lastAnswer().id));
      await session.send(session.prepare.continue('nothing'));
      assert.equal(model.requests.length, 2);
    });
  });

  it('asks what a lost answer cost that an earlier editor left without its end', async () => {
    store.create({ id: 'c', title: 't', createdAt: 1, messages: [] });
    store.addMessage('c', aQuestion('?', { id: 'q' }));
    const lost = answerFacts({
      generations: [{ generationId: 'gen-9' }],
      outcome: { state: 'interrupted' },
    });
    store.addMessage('c', anAnswer('Half', { id: 'a', parentId: 'q', createdAt: 5, answer: lost }));
    const truth = { promptTokens: 3, completionTokens: 4, cost: 50 };
    const resumed = ChatSession.resume(
      { ...parts, lookUpUsage: (id) => Promise.resolve(id === 'gen-9' ? truth : undefined) },
      'c',
    );
    assert.ok(resumed);
    const settled = new Promise<void>((resolve) => {
      resumed.onDidChange(({ type }) => {
        if (type === 'settled') {
          resolve();
        }
      });
    });
    await settled;
    const answer = store.load('c')?.messages.at(-1);
    assert.deepEqual(answer?.role === 'assistant' && totalUsage(answer.answer), truth);
  });

  describe('has several versions', () => {
    it("of an answer that is retried: the new one is shown, without the old one's follow-ups", async () => {
      willSay('One', 'Two', 'Uno');
      await session.send(session.prepare.question({ text: clean('a'), context: [aContextItem()] }));
      const first = lastAnswer().id;
      await session.send(session.prepare.question(asking('b')));
      await session.send(session.prepare.regenerate(first));
      assert.deepEqual(onScreen(), ['a', 'Uno']);
      assert.deepEqual(model.requests[2]?.messages, model.requests[0]?.messages);
      assert.equal(model.requests[2]?.fresh, true);
      session.showVersion(lastAnswer().id, -1);
      assert.deepEqual(onScreen(), ['a', 'One', 'b', 'Two']);
      session.showVersion(first, -1);
      assert.deepEqual(onScreen(), ['a', 'One', 'b', 'Two'], 'there is none before the first');
      assert.deepEqual(saved(), session.conversation.messages);
    });

    it('of an answer, by another model', async () => {
      const own = {
        model: 'author/model',
        fallbackModels: ['author/other'],
        maxTokens: 100,
        system: clean(''),
      };
      session = ChatSession.begin({ ...parts, request: (_, differing) => ({ ...own, ...differing }) });
      willSay('One', 'Uno', 'Two');
      await session.send(session.prepare.question(asking('a')));
      await session.send(
        session.prepare.regenerate(lastAnswer().id, { model: 'other/model', fallbackModels: [] }),
      );
      assert.deepEqual(
        [model.requests[1]?.model, model.requests[1]?.fallbackModels, lastAnswer().answer.requestedModel],
        ['other/model', [], 'other/model'],
      );
      await session.send(session.prepare.question(asking('b')));
      assert.equal(model.requests[2]?.model, model.requests[0]?.model, 'this once only');
    });

    it('of a question that is edited, with its attachments', async () => {
      willSay('One', 'Two', 'Three');
      await session.send(session.prepare.question({ text: clean('a'), context: [aContextItem()] }));
      await session.send(session.prepare.question(asking('b')));
      const [first] = session.conversation.messages;
      await session.send(session.prepare.edit(first?.id ?? '', clean(' A ')));
      assert.deepEqual(onScreen(), ['A', 'Three']);
      assert.deepEqual(model.requests[2]?.messages[0]?.parts, [
        { type: 'context', item: aContextItem() },
        { type: 'text', text: 'A' },
      ]);
      assert.equal(session.conversation.title, 'a', 'the title stays');
    });

    it('and continues from the visible one', async () => {
      willSay('One', 'Uno', 'Two');
      await session.send(session.prepare.question(asking('a')));
      const first = lastAnswer().id;
      await session.send(session.prepare.regenerate(first));
      session.showVersion(lastAnswer().id, -1);
      await session.send(session.prepare.question(asking('b')));
      assert.deepEqual(model.requests[2]?.messages.map(textOf), ['a', 'One', 'b']);
      assert.deepEqual(onScreen(), ['a', 'One', 'b', 'Two']);
    });

    it('and finds the way to any of them', async () => {
      willSay('One', 'Two', 'Uno');
      await session.send(session.prepare.question(asking('a')));
      const first = lastAnswer().id;
      await session.send(session.prepare.question(asking('b')));
      const deep = lastAnswer().id;
      await session.send(session.prepare.regenerate(first));
      assert.equal(session.isVisible(deep), false);
      session.reveal(deep);
      assert.equal(session.isVisible(deep), true);
      assert.deepEqual(onScreen(), ['a', 'One', 'b', 'Two']);
    });

    it("but not of messages that don't exist", async () => {
      await session.send(session.prepare.regenerate('nothing'));
      await session.send(session.prepare.edit('nothing', clean('x')));
      session.showVersion('nothing', 1);
      assert.deepEqual([onScreen(), model.requests], [[], []]);
    });
  });

  describe('shows the request that it would make', () => {
    it('for a new question, with all that was said, and sends nothing', async () => {
      willSay('Hi');
      await session.send(session.prepare.question(asking('Hello')));
      const request = session.prepare.preview({ text: clean(' And? '), context: [aContextItem()] });
      assert.deepEqual(request?.messages.map(textOf), ['Hello', 'Hi', 'And?']);
      assert.equal(request.sessionId, session.conversation.id);
      assert.deepEqual([model.requests.length, texts().length], [1, 2]);
      willSay('Yes');
      await session.send(session.prepare.question({ text: clean('And?'), context: [aContextItem()] }));
      const sent = model.requests[1];
      assert.deepEqual(sent?.messages.at(-1)?.parts, request.messages.at(-1)?.parts);
    });

    it('again for the last question, where none is typed, and none at the very beginning', async () => {
      assert.equal(session.prepare.preview(asking(' ')), undefined);
      willSay('Hi');
      await session.send(session.prepare.question(asking('Hello')));
      assert.deepEqual(session.prepare.preview(asking(''))?.messages, model.requests[0]?.messages);
    });
  });

  describe('tries again', () => {
    it('with the same words, and sends no failed answer along', async () => {
      model.willAnswer(new RequestError('network'));
      await session.send(session.prepare.question({ text: clean('Hello'), context: [aContextItem()] }));
      willSay('Hi');
      await session.send(session.prepare.retry(lastAnswer().id));
      assert.deepEqual(model.requests[1]?.messages, model.requests[0]?.messages);
      assert.deepEqual(
        model.requests.map(({ fresh }) => fresh),
        [undefined, true],
      );
      assert.equal(textOf(lastAnswer()), 'Hi');
      assert.deepEqual(saved().map(textOf), ['Hello', '', 'Hi'], 'the failed answer is still on the disk');
      assert.ok(changes.some(({ type }) => type === 'reloaded'));
    });

    it('and continues from the answer that arrived', async () => {
      model.willAnswer({ type: 'text', text: 'H' }, new RequestError('truncated'));
      await session.send(session.prepare.question(asking('Hello')));
      willSay('Hi', 'Well');
      await session.send(session.prepare.retry(lastAnswer().id));
      await session.send(session.prepare.question(asking('And?')));
      assert.deepEqual(model.requests[2]?.messages.map(textOf), ['Hello', 'Hi', 'And?']);
    });

    it('at the end, where the conversation has gone on', async () => {
      model.willAnswer(new RequestError('network'));
      await session.send(session.prepare.question({ text: clean('Hello'), context: [aContextItem()] }));
      const failed = lastAnswer().id;
      willSay('Well', 'Hi');
      await session.send(session.prepare.question(asking('And?')));
      await session.send(session.prepare.retry(failed));
      assert.deepEqual(texts(), ['Hello', '', 'And?', 'Well', 'Hello', 'Hi']);
      assert.deepEqual(session.conversation.messages.at(-2)?.parts, session.conversation.messages[0]?.parts);
      assert.deepEqual(model.requests[2]?.messages.map(textOf), ['Hello', '', 'And?', 'Well', 'Hello']);
    });

    it('of another model, this time only', async () => {
      const changed: unknown[] = [];
      const request = (_: number, changes: object) => {
        changed.push(changes);
        return { model: 'author/model', maxTokens: 100, system: clean(''), ...changes };
      };
      session = ChatSession.begin({ ...parts, request });
      model.willAnswer(new RequestError('model'));
      await session.send(session.prepare.question(asking('Hello')));
      willSay('Hi', 'Well');
      await session.send(session.prepare.retry(lastAnswer().id, { model: 'author/other' }));
      assert.equal(lastAnswer().answer.requestedModel, 'author/other');
      await session.send(session.prepare.question(asking('And?')));
      assert.deepEqual(changed, [{}, { model: 'author/other' }, {}]);
      assert.equal(lastAnswer().answer.requestedModel, 'author/model');
    });

    it('nothing that is not there', async () => {
      await session.send(session.prepare.retry('unknown'));
      assert.deepEqual([model.requests.length, session.busy], [0, false]);
    });
  });

  describe('with another window', () => {
    it('takes over what that window has written', async () => {
      willSay('Hi');
      await session.send(session.prepare.question(asking('Hello')));
      store.addMessage(session.conversation.id, aQuestion('from elsewhere', { parentId: lastAnswer().id }));
      store.addMessage(session.conversation.id, anAnswer('there', { parentId: 'q-from elsewhere' }));
      session.catchUp();
      assert.deepEqual(texts(), ['Hello', 'Hi', 'from elsewhere', 'there']);
      assert.equal(changes.at(-1)?.type, 'reloaded');
    });

    it('continues from what that window has written', async () => {
      willSay('Hi', 'Well');
      await session.send(session.prepare.question(asking('Hello')));
      store.addMessage(session.conversation.id, aQuestion('elsewhere', { parentId: lastAnswer().id }));
      store.addMessage(session.conversation.id, anAnswer('there', { parentId: 'q-elsewhere' }));
      await session.send(session.prepare.question(asking('And?')));
      assert.deepEqual(model.requests[1]?.messages.map(textOf), [
        'Hello',
        'Hi',
        'elsewhere',
        'there',
        'And?',
      ]);
    });

    it('reads nothing anew when only it has written itself', async () => {
      willSay('Hi', 'Well');
      await session.send(session.prepare.question(asking('Hello')));
      await session.send(session.prepare.question(asking('And?')));
      session.catchUp();
      assert.ok(!changes.some(({ type }) => type === 'reloaded'));
    });

    it('does not take its answer away while that comes', async () => {
      const spoken = willWait();
      const sent = session.send(session.prepare.question(asking('Talk')));
      await spoken;
      store.addMessage(session.conversation.id, aQuestion('from elsewhere'));
      session.catchUp();
      session.stop();
      await sent;
      assert.deepEqual(texts(), ['Talk', 'So far']);
      session.catchUp();
      assert.deepEqual(texts(), ['Talk', 'So far', 'from elsewhere'], 'and takes that over afterwards');
    });

    it('sees that an answer in that window has grown or was abandoned', async () => {
      willSay('Hi');
      await session.send(session.prepare.question(asking('Hello')));
      const { id } = session.conversation;
      const answer = anAnswer('', {
        parentId: 'q-there',
        answer: answerFacts({ outcome: { state: 'pending' } }),
      });
      store.addMessage(id, aQuestion('there', { parentId: lastAnswer().id }));
      store.addMessage(id, answer);
      session.catchUp();
      assert.equal(states().at(-1), 'pending');
      store.appendPart(answer.id, 0, 'text', 'So far');
      session.catchUp();
      assert.equal(texts().at(-1), 'So far');
    });

    it('continues from the disk', async () => {
      willSay('Hi');
      await session.send(session.prepare.question(asking('Hello')));
      const resumed = ChatSession.resume(parts, session.conversation.id);
      assert.deepEqual(resumed?.conversation, session.conversation);
      assert.equal(ChatSession.resume(parts, 'unknown'), undefined);
    });
  });

  describe('when the disk fails', () => {
    const failures = (): number => changes.filter(({ type }) => type === 'saveFailed').length;

    it('asks and shows all the same, and says so', async () => {
      willSay('Kept in sight');
      store.failure = new Error('disk full');
      await session.send(session.prepare.question(asking('Hello')));
      assert.deepEqual(texts(), ['Hello', 'Kept in sight']);
      assert.deepEqual(states(), ['done']);
      assert.equal(failures(), 1);
    });

    it('says so once while an answer grows, and again with the next one', async () => {
      model.willDo(async function* () {
        for (let piece = 0; piece < 20; piece += 1) {
          await Promise.resolve();
          yield { type: 'text', text: 'x'.repeat(2_000) };
          yield { type: 'origin', generationId: `gen-${piece}` };
        }
      });
      willSay('two');
      store.failure = new Error('disk full');
      await session.send(session.prepare.question(asking('a')));
      assert.equal(failures(), 1);
      await session.send(session.prepare.question(asking('b')));
      assert.equal(failures(), 2);
    });

    it('saves everything with the next message, once it can', async () => {
      willSay('one', 'two');
      store.failure = new Error('disk full');
      await session.send(session.prepare.question({ text: clean('a'), context: [aContextItem()] }));
      store.failure = undefined;
      await session.send(session.prepare.question(asking('b')));
      assert.deepEqual(saved(), session.conversation.messages);
      assert.equal(store.load(session.conversation.id)?.title, 'a');
    });

    it('saves what an answer said that ended meanwhile, with the next message or when the chat is let go', async () => {
      const begun = deferred<undefined>();
      const goOn = deferred<undefined>();
      const willBreak = (): void => {
        model.willDo(async function* () {
          yield { type: 'origin', generationId: 'gen-1', model: 'author/model' };
          begun.resolve(undefined);
          await goOn.promise;
          yield { type: 'text', text: 'So it is.' };
        });
      };
      willBreak();
      const first = session.send(session.prepare.question(asking('a')));
      await begun.promise;
      store.failure = new Error('disk full');
      goOn.resolve(undefined);
      await first;
      assert.deepEqual(saved().map(textOf), ['a', '']);
      store.failure = undefined;
      willSay('two');
      await session.send(session.prepare.question(asking('b')));
      assert.deepEqual(saved(), session.conversation.messages);
      willBreak();
      store.failure = new Error('disk full');
      await session.send(session.prepare.question(asking('c')));
      store.failure = undefined;
      session.dispose();
      assert.deepEqual(saved(), session.conversation.messages);
    });

    it('saves every word once, also of an answer that had begun before', async () => {
      const goOn = deferred<undefined>();
      const spoken = deferred<undefined>();
      model.willDo(async function* () {
        yield { type: 'reasoning', text: 'Hm. ' };
        yield { type: 'text', text: 'So ' };
        spoken.resolve(undefined);
        await goOn.promise;
        yield { type: 'text', text: 'it is.' };
      });
      willSay('two');
      store.failure = new Error('disk full');
      const first = session.send(session.prepare.question(asking('a')));
      await spoken.promise;
      store.failure = undefined;
      const second = session.send(session.prepare.question(asking('b')));
      goOn.resolve(undefined);
      await Promise.all([first, second]);
      assert.deepEqual(saved(), session.conversation.messages);
      assert.deepEqual(saved().map(textOf), ['a', 'So it is.', 'b', 'two']);
    });

    it('asks all the same when it cannot read what another window may have written', async () => {
      willSay('one', 'two');
      await session.send(session.prepare.question(asking('a')));
      store.load = () => {
        throw new Error('database disk image is malformed');
      };
      store.addMessage(session.conversation.id, aQuestion('from elsewhere'));
      await session.send(session.prepare.question(asking('b')));
      assert.deepEqual(texts(), ['a', 'one', 'b', 'two']);
      assert.ok(failures() > 0);
    });

    it('forgets nothing that only it knows for what another window has written', async () => {
      willSay('one', 'two');
      await session.send(session.prepare.question(asking('a')));
      store.failure = new Error('disk full');
      await session.send(session.prepare.question(asking('b')));
      store.failure = undefined;
      store.addMessage(session.conversation.id, aQuestion('elsewhere'));
      session.catchUp();
      assert.deepEqual(texts(), ['a', 'one', 'b', 'two']);
    });
  });
});
