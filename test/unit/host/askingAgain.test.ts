import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { ChatSession } from '../../../src/core/conversation/session/chatSession.ts';
import type { ChatRequest } from '../../../src/core/conversation/generation/chatModel.ts';
import { tokensOfRequest } from '../../../src/core/conversation/generation/tokenCounter.ts';
import { MemoryStore } from '../../../src/core/conversation/persistence/memoryStore.ts';
import { textOf } from '../../../src/core/conversation/message.ts';
import type { Routing, RoutingRule } from '../../../src/core/model/routing.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { toHttpRequest } from '../../../src/core/openrouter/chat/httpRequest.ts';
import { AskFlow } from '../../../src/host/chat/askFlow.ts';
import { RetryActions } from '../../../src/host/chat/retryActions.ts';
import type { LengthChoice } from '../../../src/host/words/confirmLength.ts';
import { QuestionGuard } from '../../../src/host/context/questionGuard.ts';
import { aContextItem, aQuestion, asking, clean } from '../../support/builders.ts';
import { FakeChatModel } from '../../support/fakes.ts';

const bodyOf = (request: ChatRequest | undefined): string | undefined =>
  request &&
  toHttpRequest(request, { baseUrl: () => 'http://127.0.0.1' }, { kind: 'openrouter', apiKey: 'key' }).body;

describe('asking', () => {
  let model: FakeChatModel;
  let shown: ChatSession;
  let flow: AskFlow;
  let again: RetryActions;
  /** What is set now. */
  let set: { model: string; maxTokens: number; system: ReturnType<typeof clean<string>> };
  /** The requests that the user was asked about. */
  let agreedTo: ChatRequest[];
  /** Answers the dialog about the cost. */
  let confirm: () => Promise<boolean>;
  let told: string[];
  /** The models whose routing was read. */
  let routedFor: string[];
  let fails: RequestError | undefined;
  let routing: Routing;
  /** The rules that the user was asked about, and what the user lets go. */
  let asked: { readonly fields: readonly string[]; readonly areNamed: boolean }[];
  let relax: (rules: readonly RoutingRule[]) => readonly RoutingRule[] | undefined;

  /** What the user chooses about requests that are too long, and what was asked about. */
  let choices: LengthChoice[];
  let lengths: { readonly messages: number; readonly offersNewChat: boolean }[];
  let leftOut: number;

  const begin = (): ChatSession => {
    let id = 0;
    return ChatSession.begin({
      store: new MemoryStore(),
      chat: () => Promise.resolve(model),
      model: () => set.model,
      request: (_tokens, changes) => {
        if (fails) {
          throw fails;
        }
        return { ...set, ...changes };
      },
      leaveOut: () => leftOut,
      now: () => 1,
      newId: () => `id${(id += 1)}`,
      estimate: () => undefined,
      lookUpUsage: () => Promise.resolve(undefined),
    });
  };

  beforeEach(async () => {
    model = new FakeChatModel();
    routedFor = [];
    [agreedTo, told, fails] = [[], [], undefined];
    set = { model: 'author/model', maxTokens: 100, system: clean<string>('Be brief.') };
    confirm = () => Promise.resolve(true);
    [choices, lengths, leftOut] = [[], [], 0];
    [routing, asked, relax] = [{}, [], (rules) => rules];
    shown = begin();
    const questions = new QuestionGuard({
      guard: {
        warmUp: () => undefined,
        refusalOf: () => Promise.resolve(undefined),
        clean: (text) => Promise.resolve(clean(text)),
        cleanItem: (item) => Promise.resolve(aContextItem(item)),
        cleanAsIs: aContextItem,
      },
      catalog: { find: () => undefined, nameOf: (id) => id },
      model: () => set.model,
      raise: ({ message }) => told.push(message),
    });
    flow = new AskFlow({
      session: () => shown,
      pool: { hold: () => ({ dispose: () => told.push('let go') }) },
      questions,
      instructions: { load: () => Promise.resolve() },
      next: { attached: { context: [], media: [] }, sent: () => told.push('sent') },
      confirm: (request) => {
        agreedTo.push(request);
        return confirm();
      },
      length: (request, offersNewChat) => {
        lengths.push({ messages: request.messages.length, offersNewChat });
        return Promise.resolve(choices.shift() ?? 'send');
      },
      leaveOutOldest: (id) => {
        assert.equal(id, shown.conversation.id);
        leftOut = 2;
      },
      newChat: () => {
        shown = begin();
      },
      asking: () => told.push('asking'),
      began: () => told.push('began'),
      ended: () => told.push('ended'),
      returned: () => told.push('returned'),
    });
    again = new RetryActions({
      session: () => shown,
      questions,
      model: () => set.model,
      routing: (id) => {
        routedFor.push(id);
        return routing;
      },
      confirmRelaxing: (rules, areNamed) => {
        asked.push({ fields: rules.map(({ field }) => field), areNamed });
        return Promise.resolve(relax(rules));
      },
      send: (session, prepare) => flow.send(session, prepare),
    });
    willSay('One');
    await flow.ask('Hello');
  });

  const willSay = (text: string): void => {
    model.willAnswer({ type: 'text', text }, { type: 'finish', reason: 'stop' });
  };
  const words = (session: ChatSession): readonly string[] =>
    session.visible.map(({ message }) => textOf(message));
  const idOfLast = (): string => shown.visible.at(-1)?.message.id ?? '';
  const idOf = (text: string): string =>
    shown.conversation.messages.find((message) => textOf(message) === text)?.id ?? '';
  /** While one decides, everything that goes into a request is set to something else. */
  const changeEverything = (): Promise<boolean> => {
    set = { model: 'author/other', maxTokens: 7, system: clean<string>('Be long.') };
    return Promise.resolve(true);
  };

  it('leaves out the oldest messages where the user wants that, and says so with the answer', async () => {
    [choices, lengths] = [['leaveOut'], []];
    willSay('Two');
    assert.equal(await flow.ask('And?'), 'asked');
    assert.deepEqual(lengths, [{ messages: 3, offersNewChat: true }]);
    assert.deepEqual(model.requests.at(-1)?.messages.map(textOf), ['And?']);
    assert.deepEqual(words(shown), ['Hello', 'One', 'And?', 'Two']);
    const last = shown.visible.at(-1)?.message;
    assert.equal(last?.role === 'assistant' && last.answer.askedWith?.leftOut, 2);
    willSay('Three');
    await again.regenerate(idOfLast());
    assert.deepEqual(model.requests.at(-1)?.messages.map(textOf), ['And?'], 'and goes on so');
  });

  it('asks in a new chat where the user wants that, and sends nothing where not', async () => {
    choices = ['cancel'];
    assert.equal(await flow.ask('And?'), 'refused');
    assert.equal(model.requests.length, 1);
    choices = ['newChat'];
    willSay('Two');
    assert.equal(await flow.ask('And?'), 'asked');
    assert.deepEqual(words(shown), ['And?', 'Two']);
    assert.deepEqual(model.requests.at(-1)?.messages.map(textOf), ['And?']);
    lengths = [];
    willSay('Three');
    await again.regenerate(idOfLast());
    assert.deepEqual(lengths, [{ messages: 1, offersNewChat: false }]);
  });

  it('tells what came of it, and lets go of the chat at the end', () => {
    assert.deepEqual(told, ['sent', 'asking', 'began', 'ended', 'let go']);
  });

  const ways: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['a question', () => flow.ask('And?')],
    ['a question of a command', () => flow.ask('And?', { context: [aContextItem()] })],
    [
      'a question in a form of its own',
      () => flow.ask('And?', { context: [], shape: (request) => ({ ...request, maxTokens: 50 }) }),
    ],
    ['a question once more', () => again.ask(idOf('One'))],
    ['a question to another model', () => again.askModel(idOf('One'), 'author/third')],
    ['a question without what excluded its providers', () => again.askRelaxed(idOf('One'))],
    ['another answer', () => again.regenerate(idOf('One'))],
    ['a question in other words', () => again.edit(idOf('Hello'), 'Hi')],
  ];
  for (const [what, ask] of ways) {
    it(`sends what was agreed to, to the last byte, whatever is set meanwhile: ${what}`, async () => {
      confirm = changeEverything;
      willSay('Two');
      let agreed: string | undefined;
      const before = confirm;
      confirm = () => {
        agreed = bodyOf(agreedTo.at(-1));
        return before();
      };
      await ask();
      assert.equal(agreedTo.length, 2);
      assert.equal(model.requests.at(-1), agreedTo.at(-1), 'it is the same object');
      assert.equal(bodyOf(model.requests.at(-1)), agreed);
      assert.notEqual(model.requests.at(-1)?.model, 'author/other');
    });
  }

  it('is agreed to with all that goes along when an older answer is asked for again', async () => {
    willSay('Two');
    await flow.ask('A long question. '.repeat(5_000));
    willSay('Three');
    await flow.ask('And?');
    const older = idOf('Two');
    for (const ask of [() => again.ask(older), () => again.regenerate(older)]) {
      willSay('Four');
      await ask();
      const [agreed, sent] = [agreedTo.at(-1), model.requests.at(-1)];
      assert.equal(sent, agreed);
      assert.ok(agreed && tokensOfRequest(agreed) > 15_000);
      assert.match(textOf(agreed.messages.at(-1) ?? aQuestion('')), /^A long/);
    }
  });

  it('sends the approved request when an answer is continued', async () => {
    model.willAnswer({ type: 'text', text: 'Half' }, { type: 'finish', reason: 'length' });
    await flow.ask('Say it all');
    confirm = changeEverything;
    willSay('and the rest');
    await again.continue(idOf('Half'));
    assert.equal(model.requests.at(-1), agreedTo.at(-1));
  });

  it('is agreed to anew where the conversation has gone on meanwhile', async () => {
    willSay('Two');
    willSay('Three');
    confirm = async () => {
      confirm = () => Promise.resolve(true);
      await shown.send(shown.prepare.question(asking('In between')));
      return true;
    };
    assert.equal(await flow.ask('And?'), 'asked');
    assert.equal(agreedTo.length, 3);
    assert.equal(model.requests.at(-1), agreedTo.at(-1));
    assert.deepEqual(words(shown), ['Hello', 'One', 'In between', 'Two', 'And?', 'Three']);
  });

  it('takes an answer along that it has to wait for', async () => {
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    model.willDo(async function* () {
      yield { type: 'text', text: 'Two' };
      await ended;
    });
    willSay('Three');
    const first = flow.ask('And?');
    while (!words(shown).includes('Two')) {
      await new Promise(setImmediate);
    }
    confirm = changeEverything;
    const second = flow.ask('And then?');
    await new Promise(setImmediate);
    end();
    await Promise.all([first, second]);
    const sent = model.requests.at(-1);
    assert.deepEqual(sent?.messages.map(textOf), ['Hello', 'One', 'And?', 'Two', 'And then?']);
    assert.deepEqual([sent.model, sent.maxTokens], ['author/model', 100]);
  });

  describe('without rules of the routing', () => {
    const excludedBy = ['data_policy:zdr', 'allowed_providers', 'max_price'];
    let failed: string;

    beforeEach(async () => {
      model.willAnswer(new RequestError('noProvider', { excludedBy }));
      await flow.ask('And?');
      failed = shown.visible.at(-1)?.message.id ?? '';
      routing = { zdr: true, ignore: ['b'], max_price: { prompt: 1 }, sort: 'price' };
      willSay('Two');
    });

    it('names all that would go, and sends what is left', async () => {
      await again.askRelaxed(failed);
      assert.deepEqual(asked, [{ fields: ['zdr', 'ignore', 'max_price'], areNamed: true }]);
      assert.deepEqual(model.requests.at(-1)?.routing, { sort: 'price' });
    });

    it('reads the routing of the model that failed', async () => {
      routedFor = [];
      await again.askRelaxed(failed);
      model.willAnswer(new RequestError('noProvider', { excludedBy: ['zdr'] }));
      await again.askModel(idOfLast(), 'author/third');
      willSay('Two');
      await again.askRelaxed(idOfLast());
      assert.deepEqual(routedFor, ['author/model', 'author/third']);
      assert.equal(model.requests.at(-1)?.model, 'author/third');
    });

    it('keeps the private ones that the user does not let go', async () => {
      relax = (rules) => rules.filter(({ isPrivate }) => !isPrivate);
      await again.askRelaxed(failed);
      assert.deepEqual(model.requests.at(-1)?.routing, { zdr: true, ignore: ['b'], sort: 'price' });
    });

    it('sends nothing if the user lets nothing go, and asks again for another model', async () => {
      relax = () => undefined;
      set = { ...set, model: 'author/other' };
      const before = model.requests.length;
      await again.askRelaxed(failed);
      assert.equal(model.requests.length, before);
      assert.equal(asked[0]?.areNamed, false);
    });
  });

  it('asks all the same where no request can be made, and fails in its answer', async () => {
    fails = new RequestError('routing');
    assert.equal(await flow.ask('And?'), 'asked');
    const last = shown.visible.at(-1)?.message;
    assert.deepEqual(last?.role === 'assistant' && last.answer.outcome, {
      state: 'failed',
      failure: { kind: 'routing' },
    });
    assert.equal(agreedTo.length, 1, 'there is nothing to agree to');
  });

  it('sends nothing if the user declines', async () => {
    confirm = () => Promise.resolve(false);
    assert.equal(await flow.ask('And?'), 'refused');
    assert.equal(await flow.ask('  '), 'refused');
    assert.equal(model.requests.length, 1);
    assert.deepEqual(words(shown), ['Hello', 'One']);
  });

  it('once more happens in the chat where one wanted it, whatever is shown by then', async () => {
    const chat = shown;
    confirm = () => {
      // While one decides, another chat is opened.
      shown = begin();
      return Promise.resolve(true);
    };
    willSay('Two');
    await again.regenerate(idOf('One'));
    assert.deepEqual([words(chat), words(shown)], [['Hello', 'Two'], []]);
    shown = chat;
    willSay('Three');
    assert.equal(await again.edit(idOf('Hello'), 'Hi'), 'asked');
    assert.deepEqual([words(chat), words(shown)], [['Hi', 'Three'], []]);
  });

  it('gives other words back that are not asked, for whatever reason', async () => {
    const question = idOf('Hello');
    assert.equal(await again.edit(question, 'word '.repeat(250_000)), 'refused');
    confirm = () => Promise.resolve(false);
    assert.equal(await again.edit(question, 'Hi'), 'refused');
    confirm = () => Promise.reject(new Error('no'));
    await assert.rejects(again.edit(question, 'Hi'));
    assert.equal(model.requests.length, 1);
  });
});
