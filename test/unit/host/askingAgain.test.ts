import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { ChatSession } from '../../../src/core/conversation/session/chatSession.ts';
import { MemoryStore } from '../../../src/core/conversation/persistence/memoryStore.ts';
import { textOf } from '../../../src/core/conversation/message.ts';
import { RetryActions } from '../../../src/host/chat/retryActions.ts';
import { FakeChatModel } from '../../support/fakes.ts';
import { asking, clean } from '../../support/builders.ts';

describe('what is asked again', () => {
  let model: FakeChatModel;
  let shown: ChatSession;
  let again: RetryActions;
  /** Answers the dialog about the cost. */
  let confirm: () => Promise<boolean>;

  beforeEach(async () => {
    model = new FakeChatModel();
    let id = 0;
    const begin = (): ChatSession =>
      ChatSession.begin({
        store: new MemoryStore(),
        chat: () => Promise.resolve(model),
        model: () => 'author/model',
        request: () => ({ model: 'author/model', maxTokens: 100, system: clean('') }),
        now: () => 1,
        newId: () => `id${(id += 1)}`,
        estimate: () => undefined,
        lookUpUsage: () => Promise.resolve(undefined),
      });
    shown = begin();
    willSay('One');
    await shown.send(asking('Hello'));
    confirm = () => {
      // While one decides, another chat is opened.
      shown = begin();
      return Promise.resolve(true);
    };
    again = new RetryActions({
      session: () => shown,
      questions: {
        refuseText: (text) => text === 'too long',
        cleanText: (text) => Promise.resolve(clean(text)),
      },
      routing: () => ({}),
      confirmed: () => confirm(),
      changed: () => undefined,
    });
  });

  const willSay = (text: string): void => {
    model.willAnswer({ type: 'text', text }, { type: 'finish', reason: 'stop' });
  };
  const words = (session: ChatSession): readonly string[] =>
    session.visible.map(({ message }) => textOf(message));
  const idOf = (text: string): string =>
    shown.conversation.messages.find((message) => textOf(message) === text)?.id ?? '';

  it('is asked in the chat where one wanted it, whatever is shown by then', async () => {
    const chat = shown;
    willSay('Two');
    await again.regenerate(idOf('One'));
    assert.deepEqual([words(chat), words(shown)], [['Hello', 'Two'], []]);
    shown = chat;
    willSay('Three');
    await again.edit(idOf('Hello'), 'Hi', () => {
      assert.fail('it is asked');
    });
    assert.deepEqual([words(chat), words(shown)], [['Hi', 'Three'], []]);
  });

  it('gives other words back that are not asked, for whatever reason', async () => {
    const question = idOf('Hello');
    let refused = 0;
    const count = (): void => {
      refused += 1;
    };
    await again.edit(question, 'too long', count);
    confirm = () => Promise.resolve(false);
    await again.edit(question, 'Hi', count);
    confirm = () => Promise.reject(new Error('no'));
    await assert.rejects(again.edit(question, 'Hi', count));
    assert.equal(refused, 3);
    assert.equal(model.requests.length, 1);
  });
});
