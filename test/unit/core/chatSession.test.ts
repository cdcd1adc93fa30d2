import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mock } from 'node:test';
import { afterEach, beforeEach, describe, it } from 'mocha';
import {
  ChatSession,
  type SessionChange,
  type SessionParts,
} from '../../../src/core/conversation/chatSession.ts';
import { AnswerWriter } from '../../../src/core/conversation/answerWriter.ts';
import { titleFrom } from '../../../src/core/conversation/conversation.ts';
import { textOf, type AssistantMessage, type Message } from '../../../src/core/conversation/message.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { aContextItem, anAnswer, aQuestion } from '../../support/builders.ts';
import { FakeChatModel, MemoryStore } from '../../support/fakes.ts';

describe('a chat session', () => {
  let model: FakeChatModel;
  let store: MemoryStore;
  let parts: SessionParts;
  let session: ChatSession;
  let changes: SessionChange[];

  beforeEach(() => {
    model = new FakeChatModel();
    store = new MemoryStore();
    let [id, time] = [0, 0];
    parts = {
      store,
      chat: () => Promise.resolve(model),
      request: () => ({ model: 'author/model', maxTokens: 100, system: 'Be brief.' }),
      now: () => (time += 10),
      newId: () => `id${(id += 1)}`,
    };
    session = ChatSession.begin(parts);
    changes = [];
    session.onDidChange((change) => changes.push(change));
  });

  const saved = (): readonly Message[] => store.load(session.conversation.id)?.messages ?? [];
  const lastAnswer = (): AssistantMessage => {
    const message = session.conversation.messages.at(-1);
    assert.equal(message?.role, 'assistant');
    return message;
  };

  it('asks with the context, keeps what arrives, and saves the same as it shows', async () => {
    model.willAnswer(
      { type: 'origin', generationId: 'gen-1', model: 'author/model-2026', provider: 'Someone' },
      { type: 'reasoning', text: 'Let me see.' },
      { type: 'text', text: 'It ' },
      { type: 'text', text: 'adds.' },
      { type: 'finish', reason: 'stop' },
      { type: 'usage', usage: { promptTokens: 10, completionTokens: 5, cost: 42 } },
    );
    await session.send('What does it do?', [aContextItem()]);
    assert.equal(model.requests[0]?.messages[0]?.parts[0]?.type, 'context');
    const { answer, parts: said } = lastAnswer();
    assert.deepEqual(said, [
      { type: 'reasoning', text: 'Let me see.' },
      { type: 'text', text: 'It adds.' },
    ]);
    assert.deepEqual(answer.outcome, { state: 'done' });
    assert.deepEqual(
      [answer.model, answer.provider, answer.usage?.cost],
      ['author/model-2026', 'Someone', 42],
    );
    assert.ok((answer.timing?.firstTokenMs ?? 0) < (answer.timing?.firstTextMs ?? 0));
    assert.deepEqual(saved(), session.conversation.messages);
    assert.equal(session.conversation.title, 'What does it do?');
  });

  it('saves nothing before the first question', () => {
    assert.equal(store.conversations.size, 0);
  });

  it('keeps the partial text of an answer that fails, and says how it failed', async () => {
    model.willAnswer(
      { type: 'text', text: 'Half' },
      new RequestError('provider', { status: 502, detail: 'gone' }),
    );
    await session.send('Go on', []);
    assert.equal(textOf(lastAnswer()), 'Half');
    assert.deepEqual(lastAnswer().answer.outcome, {
      state: 'failed',
      failure: { kind: 'provider', status: 502, detail: 'gone' },
    });
    assert.deepEqual(saved(), session.conversation.messages);
  });

  it('keeps what had arrived when it is stopped', async () => {
    model.willDo(async function* (_request, signal) {
      yield { type: 'text', text: 'So far' };
      if (!signal.aborted) {
        await once(signal, 'abort');
      }
    });
    session.onDidChange(({ type }) => {
      if (type === 'append') {
        session.stop();
      }
    });
    await session.send('Talk', []);
    assert.deepEqual(lastAnswer().answer.outcome, { state: 'stopped' });
    assert.equal(textOf(lastAnswer()), 'So far');
    assert.equal(session.busy, false);
  });

  it('marks an answer that reached the length limit', async () => {
    model.willAnswer({ type: 'text', text: 'And then' }, { type: 'finish', reason: 'length' });
    await session.send('Tell all', []);
    assert.deepEqual(lastAnswer().answer.outcome, { state: 'cut' });
  });

  it('answers questions in turn, each with all that was said before it', async () => {
    for (const text of ['one', 'two', 'three']) {
      model.willAnswer({ type: 'text', text }, { type: 'finish', reason: 'stop' });
    }
    await Promise.all(['a', 'b', 'c'].map((text) => session.send(text, [])));
    assert.deepEqual(model.requests[2]?.messages.map(textOf), ['a', 'one', 'b', 'two', 'c']);
  });

  it('tries again with the same words, and sends no failed answer along', async () => {
    model.willAnswer(new RequestError('network'));
    await session.send('Hello', []);
    model.willAnswer({ type: 'text', text: 'Hi' }, { type: 'finish', reason: 'stop' });
    await session.retry(lastAnswer().id);
    assert.deepEqual(model.requests[1]?.messages.map(textOf), ['Hello']);
    assert.equal(textOf(lastAnswer()), 'Hi');
    assert.equal(saved().length, 3, 'the failed answer is still on the disk');
  });

  it('takes over what another window has written', async () => {
    model.willAnswer({ type: 'text', text: 'Hi' }, { type: 'finish', reason: 'stop' });
    await session.send('Hello', []);
    store.addMessage(session.conversation.id, aQuestion('from elsewhere'));
    store.addMessage(session.conversation.id, anAnswer('there', { parentId: 'q-from elsewhere' }));
    session.catchUp();
    assert.deepEqual(session.conversation.messages.map(textOf), ['Hello', 'Hi', 'from elsewhere', 'there']);
    assert.equal(changes.at(-1)?.type, 'reloaded');
  });

  it('says so when an answer cannot be saved, and shows it all the same', async () => {
    model.willAnswer({ type: 'text', text: 'Kept in sight' }, { type: 'finish', reason: 'stop' });
    store.failure = new Error('disk full');
    await session.send('Hello', []);
    assert.equal(textOf(lastAnswer()), 'Kept in sight');
    assert.ok(changes.some(({ type }) => type === 'saveFailed'));
  });

  it('goes on from the disk', async () => {
    model.willAnswer({ type: 'text', text: 'Hi' }, { type: 'finish', reason: 'stop' });
    await session.send('Hello', []);
    const resumed = ChatSession.resume(parts, session.conversation.id);
    assert.deepEqual(resumed?.conversation, session.conversation);
    assert.equal(ChatSession.resume(parts, 'unknown'), undefined);
  });

  it('takes its title from the first line, cut at a word', () => {
    assert.equal(titleFrom('  Why?\nBecause'), 'Why?');
    const title = titleFrom('word '.repeat(40));
    assert.ok(title.length <= 61 && title.endsWith('word…'));
  });
});

describe('an answer on its way to the disk', () => {
  let pieces: string[];
  let writer: AnswerWriter;

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    pieces = [];
    const store = {
      appendPart: (_id: string, position: number, type: string, text: string) => {
        pieces.push(`${position} ${type} ${text}`);
      },
    };
    writer = new AnswerWriter(store, 'm', assert.fail);
  });

  afterEach(() => {
    mock.timers.reset();
  });

  it('is never more than half a second behind', () => {
    writer.append('text', 'a');
    writer.append('text', 'b');
    mock.timers.tick(499);
    assert.deepEqual(pieces, []);
    mock.timers.tick(1);
    assert.deepEqual(pieces, ['0 text ab']);
  });

  it('is never more than two kilobytes behind', () => {
    writer.append('text', 'x'.repeat(2_048));
    assert.equal(pieces.length, 1);
  });

  it('keeps reasoning and text apart, in order', () => {
    writer.append('reasoning', 'hm');
    writer.append('text', 'yes');
    writer.flush();
    assert.deepEqual(pieces, ['0 reasoning hm', '1 text yes']);
  });

  it('tries a failed piece again with the next one', () => {
    const failures: unknown[] = [];
    let broken = true;
    const store = {
      appendPart: (_id: string, _position: number, _type: string, text: string) => {
        if (broken) {
          throw new Error('busy');
        }
        pieces.push(text);
      },
    };
    const retrying = new AnswerWriter(store, 'm', (error) => failures.push(error));
    retrying.append('text', 'a');
    retrying.flush();
    broken = false;
    retrying.append('text', 'b');
    retrying.flush();
    assert.deepEqual([failures.length, pieces], [1, ['ab']]);
  });
});
