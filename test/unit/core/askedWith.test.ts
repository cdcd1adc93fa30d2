import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { ChatRequest } from '../../../src/core/conversation/generation/chatModel.ts';
import type { AssistantMessage } from '../../../src/core/conversation/message.ts';
import { contextOf, textOf } from '../../../src/core/conversation/message.ts';
import { MemoryStore } from '../../../src/core/conversation/persistence/memoryStore.ts';
import { ChatSession, type SessionParts } from '../../../src/core/conversation/session/chatSession.ts';
import type { CommandRecipe } from '../../../src/core/conversation/session/preparedRequest.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import type { RequestSettings } from '../../../src/core/model/requestSettings.ts';
import { answer as storedAnswer } from '../../../src/host/store/storedMessage.ts';
import { aContextItem, asking, clean } from '../../support/builders.ts';
import { FakeChatModel, sessionParts } from '../../support/fakes.ts';

const schema = clean({ name: 'explanation', schema: { type: 'object' } });

/** The buttons of a failure or an answer, by what they say. */
type Button =
  | 'Try again'
  | 'Regenerate'
  | 'Continue'
  | 'Use B'
  | 'Use a free model'
  | 'Lower answer length'
  | 'Relax routing'
  | 'Switch model to C';

describe('an answer that is asked for again', () => {
  let model: FakeChatModel;
  let session: ChatSession;
  let set: { model: string };
  let parts: SessionParts;

  /** The command `explain` asks its own model, in its own form, and shows its answer in its own way. */
  const recipe = (items: readonly unknown[]): CommandRecipe => ({
    settings: { model: 'explainer', routing: { only: ['x'] } },
    shape: (request) => ({ ...request, messages: request.messages.slice(-1), schema, feature: 'explain' }),
    read: async function* (events) {
      for await (const event of events) {
        yield event.type === 'text'
          ? { ...event, text: `${String(items.length)} steps: ${event.text}` }
          : event;
      }
    },
  });

  beforeEach(() => {
    model = new FakeChatModel();
    set = { model: 'A' };
    parts = {
      ...sessionParts(model, new MemoryStore()),
      model: () => set.model,
      request: (_tokens, changes) => ({
        model: set.model,
        maxTokens: 8_000,
        fallbackModels: ['paid'],
        system: clean(''),
        ...changes,
      }),
      recipe: (feature, question) => (feature === 'explain' ? recipe(contextOf(question)) : undefined),
    };
    session = ChatSession.begin(parts);
  });

  const fails = (): void => {
    model.willAnswer({ type: 'text', text: 'Half' }, new RequestError('credit', { affordableTokens: 500 }));
  };
  const last = (): AssistantMessage => {
    const message = session.visible.at(-1)?.message;
    assert.ok(message?.role === 'assistant');
    return message;
  };
  const press = async (button: Button): Promise<void> => {
    const { id } = last();
    const retry = (changes: Partial<RequestSettings> = {}) => session.prepare.retry(id, changes);
    if (button === 'Switch model to C') {
      session.setModel('C');
      return;
    }
    fails();
    await session.send(
      {
        'Try again': () => retry(),
        Regenerate: () => session.prepare.regenerate(id),
        Continue: () => session.prepare.continue(id),
        'Use B': () => retry({ model: 'B', fallbackModels: [] }),
        'Use a free model': () => retry({ model: 'free', fallbackModels: [] }),
        'Lower answer length': () => retry({ maxTokens: 500 }),
        'Relax routing': () => retry({ routing: {} }),
      }[button](),
    );
  };
  const asked = ({ model: id, fallbackModels = [], maxTokens }: ChatRequest): string =>
    [id, ...fallbackModels, ...(maxTokens === 8_000 ? [] : [String(maxTokens)])].join(' ');

  const sequences: readonly (readonly [buttons: readonly Button[], asked: readonly string[]])[] = [
    [['Try again'], ['A paid']],
    [
      ['Use B', 'Try again'],
      ['B', 'B'],
    ],
    [
      ['Use B', 'Try again', 'Regenerate', 'Continue'],
      ['B', 'B', 'B', 'B'],
    ],
    [
      ['Use B', 'Lower answer length', 'Try again'],
      ['B', 'B 500', 'B 500'],
    ],
    [
      ['Use B', 'Relax routing', 'Continue'],
      ['B', 'B', 'B'],
    ],
    [
      ['Use a free model', 'Try again', 'Continue', 'Regenerate'],
      ['free', 'free', 'free', 'free'],
    ],
    [
      ['Use a free model', 'Use B', 'Try again'],
      ['free', 'B', 'B'],
    ],
    [
      ['Lower answer length', 'Try again', 'Use B'],
      ['A paid 500', 'A paid 500', 'B 500'],
    ],
    [
      ['Use B', 'Switch model to C', 'Try again'],
      ['B', 'C paid'],
    ],
    [
      ['Use a free model', 'Switch model to C', 'Use B', 'Try again'],
      ['free', 'B', 'B'],
    ],
    [
      ['Switch model to C', 'Try again', 'Continue'],
      ['C paid', 'C paid'],
    ],
  ];
  for (const reloaded of [false, true]) {
    for (const [buttons, expected] of sequences) {
      it(`asks what was asked after ${buttons.join(', ')}${reloaded ? ', with a reload before each' : ''}`, async () => {
        fails();
        await session.send(session.prepare.question(asking('Hello')));
        for (const button of buttons) {
          if (reloaded) {
            session = ChatSession.resume(parts, session.conversation.id) ?? session;
          }
          await press(button);
        }
        assert.deepEqual(model.requests.map(asked), ['A paid', ...expected]);
      });
    }
  }

  const explain = async (): Promise<void> => {
    const items = [aContextItem(), aContextItem({ id: 'other' })];
    const { settings, shape, read } = recipe(items);
    fails();
    await session.send(
      session.prepare.question(asking('Explain this code.', ...items), settings, shape),
      read,
    );
  };
  const form = (request: ChatRequest | undefined): unknown => [
    request?.model,
    request?.schema,
    request?.feature,
    request?.routing,
    request?.messages.length,
  ];

  for (const button of ['Try again', 'Regenerate', 'Lower answer length'] as const) {
    it(`stays that of its command after "${button}", also after a reload`, async () => {
      fails();
      await session.send(session.prepare.question(asking('Hello')));
      await explain();
      const before = form(model.requests.at(-1));
      for (let times = 0; times < 2; times += 1) {
        session = ChatSession.resume(parts, session.conversation.id) ?? session;
        await press(button);
        assert.deepEqual(form(model.requests.at(-1)), before);
        assert.equal(textOf(last()), '2 steps: Half');
      }
    });
  }

  it('stays that of its command with another model, without what is set for its own', async () => {
    await explain();
    await press('Use B');
    assert.deepEqual(form(model.requests.at(-1)), ['B', schema, 'explain', undefined, 1]);
    await press('Try again');
    assert.deepEqual(form(model.requests.at(-1)), ['B', schema, 'explain', undefined, 1]);
  });

  it('stays that of its command at the end of a chat that has gone on', async () => {
    await explain();
    const { id } = last();
    fails();
    await session.send(session.prepare.question(asking('And?')));
    fails();
    await session.send(session.prepare.retry(id));
    assert.deepEqual(form(model.requests.at(-1)), ['explainer', schema, 'explain', { only: ['x'] }, 1]);
    assert.equal(textOf(last()), '2 steps: Half');
  });

  it('keeps the name and the model of a command that asks as the chat does', async () => {
    fails();
    const named = (request: ChatRequest): ChatRequest => ({ ...request, feature: 'promptFile' });
    await session.send(
      session.prepare.question(asking('Hello'), { model: 'file', fallbackModels: [] }, named),
    );
    for (const button of ['Try again', 'Continue', 'Regenerate'] as const) {
      await press(button);
      const request = model.requests.at(-1);
      assert.deepEqual([request?.feature, request && asked(request)], ['promptFile', 'file']);
    }
  });

  it('is kept on disk with how it was asked for', async () => {
    await explain();
    const { answer } = last();
    assert.deepEqual(answer.askedWith, { feature: 'explain', model: 'explainer', insteadOf: 'A' });
    const read = storedAnswer.parse(JSON.parse(JSON.stringify(answer)));
    assert.deepEqual(read.askedWith, answer.askedWith);
  });

  it('keeps nothing where the chat asks as it does by itself', async () => {
    fails();
    await session.send(session.prepare.question(asking('Hello')));
    assert.equal(last().answer.askedWith, undefined);
  });
});
