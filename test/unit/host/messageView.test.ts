import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { AssistantMessage, Outcome, RoutingReport } from '../../../src/core/conversation/message.ts';
import { chosenOrNewest, visiblePath } from '../../../src/core/conversation/branches.ts';
import { toMessageView, toMessageViews } from '../../../src/host/answers/messageView.ts';
import { cacheSaving } from '../../../src/core/model/pricing.ts';
import type { AssistantMessageView } from '../../../src/protocol/chatView.ts';
import { aContextItem, aModel, anAnswer, answerFacts, aQuestion, clean } from '../../support/builders.ts';

function view(message: AssistantMessage): AssistantMessageView {
  const drawn = toMessageView(message);
  assert.ok(drawn.role === 'assistant');
  return drawn;
}

function answerThat(
  outcome: Outcome,
  text = '',
  facts: Partial<AssistantMessage['answer']> = {},
): AssistantMessage {
  return anAnswer(text, {
    id: 'a',
    answer: answerFacts({ requestedModel: 'author/asked', outcome, ...facts }),
  });
}

const failed = { state: 'failed', failure: { kind: 'network' } } as const;

describe('a question as the panel draws it', () => {
  it('names attachments without their text', () => {
    const item = aContextItem({ text: 'const secret = 1' });
    const question = aQuestion('', {
      id: 'q',
      parts: [
        { type: 'context', item },
        { type: 'text', text: clean('Why?') },
      ],
    });
    assert.deepEqual(toMessageView(question), {
      role: 'user',
      id: 'q',
      text: 'Why?',
      attachments: [{ id: 'item', label: 'cart.ts:1-2', languageId: 'typescript', tokens: 12 }],
    });
  });
});

describe('why a provider answered', () => {
  const why = (routing: RoutingReport, provider?: string): readonly string[] | undefined => {
    const usage = { promptTokens: 1, completionTokens: 1 };
    const generations = [{ ...(provider !== undefined && { provider }), routing, usage }];
    return view(answerThat({ state: 'done' }, 'Yes', { generations })).details?.why;
  };

  it('is told from what the service says, and from nothing else', () => {
    assert.deepEqual(why({ strategy: 'auto', task: 'coding', endpoints: 3, providers: ['A', 'B'] }, 'B'), [
      'The Auto Router chose the model.',
      'It took the task for "coding".',
      'B was chosen among 3 endpoints (A, B), by price, speed, and your routing.',
    ]);
    assert.deepEqual(why({ strategy: 'brand-new', region: 'europe', endpoints: 1 }, 'B'), [
      'Routing strategy: brand-new.',
      'B was the only endpoint that could answer this request.',
      'Region: europe.',
    ]);
    assert.deepEqual(why({ summary: 'Because.' }, 'B'), ['OpenRouter says: Because.']);
    const many = Array.from({ length: 12 }, (_, at) => `P${String(at)}`);
    assert.match(why({ providers: many }, 'P0')?.[0] ?? '', /12 endpoints \(P0, .*, P7, …\)/);
    assert.equal(why({}, 'B'), undefined);
  });
});

describe('an answer as the panel draws it', () => {
  it('says what the prompt cache saved, at the prices of the time, and that an answer was cached', () => {
    const generation = (usage: object, more: object = {}) => ({
      usage: { promptTokens: 1_000, completionTokens: 1, ...usage },
      ...more,
    });
    const detailsOf = (...generations: readonly object[]) => {
      const answer = answerThat({ state: 'done' }, 'Yes', { generations });
      const models = {
        nameOf: (id: string) => id,
        saved: (id: string, tokens: { readonly prompt: number; readonly cached: number }, at: number) =>
          cacheSaving(id === 'author/asked' ? priced : undefined, tokens, at),
      };
      const drawn = toMessageView(answer, models);
      assert.ok(drawn.role === 'assistant');
      return { saved: drawn.details?.saved, fromCache: drawn.details?.fromCache };
    };
    const priced = aModel({
      pricing: { kind: 'fixed', prompt: 3_000_000, cacheRead: 300_000, completion: 15_000_000 },
    });
    const none = { saved: undefined, fromCache: undefined };
    assert.deepEqual(detailsOf(generation({ cachedTokens: 800 })), { ...none, saved: '≈ $0.002160' });
    assert.deepEqual(detailsOf(generation({ cachedTokens: 800 }), generation({ cachedTokens: 900 })), {
      ...none,
      saved: '≈ $0.004590',
    });
    assert.deepEqual(detailsOf(generation({})), none);
    assert.deepEqual(detailsOf(generation({ cachedTokens: 800 }, { model: 'of/unknown-price' })), none);
    assert.deepEqual(detailsOf(generation({ promptTokens: 0, completionTokens: 0 }, { cached: true })), {
      ...none,
      fromCache: true,
    });
  });

  it('shows what it was made of and what it cost', () => {
    const answer = anAnswer('', {
      id: 'a',
      parts: [
        { type: 'reasoning', text: clean('hm'), durationMs: 1_200 },
        { type: 'text', text: clean('Yes') },
      ],
      answer: {
        requestedModel: 'openrouter/auto',
        generations: [
          {
            model: 'author/model-2026',
            provider: 'Someone',
            usage: { promptTokens: 169, completionTokens: 100, cost: 1_234_000_000 },
          },
        ],
        outcome: { state: 'done' },
        timing: { firstTokenMs: 400, endMs: 2_400 },
      },
    });
    assert.deepEqual(toMessageView(answer), {
      role: 'assistant',
      id: 'a',
      state: 'done',
      parts: [
        { type: 'reasoning', text: 'hm', durationMs: 1_200 },
        { type: 'text', text: 'Yes' },
      ],
      details: {
        model: 'author/model-2026',
        provider: 'Someone',
        promptTokens: 169,
        completionTokens: 100,
        cost: '$0.001234',
        firstTokenMs: 400,
        tokensPerSecond: 50,
      },
    });
  });

  it('shows cached tokens, reasoning, BYOK, and the models that failed first', () => {
    const usage = {
      promptTokens: 169,
      completionTokens: 100,
      cachedTokens: 128,
      reasoningTokens: 40,
      cost: 0,
      ownKeyCost: 0,
    } as const;
    const attempts = [
      { model: 'author/asked', status: 503 },
      { model: 'author/b', provider: 'Host' },
    ];
    assert.deepEqual(
      view(answerThat({ state: 'done' }, 'Yes', { generations: [{ usage, attempts }] })).details,
      {
        model: 'author/asked',
        promptTokens: 169,
        cachedTokens: 128,
        completionTokens: 100,
        reasoningTokens: 40,
        cost: '$0.000000',
        ownKey: true,
        attempts: ['author/asked: 503', 'author/b (Host)'],
      },
    );
  });

  it("shows no figure that wasn't measured or reported", () => {
    assert.equal(view(answerThat({ state: 'done' }, 'Yes')).details, undefined);
    const usage = { promptTokens: 1, completionTokens: 2 };
    assert.deepEqual(view(answerThat({ state: 'done' }, 'Yes', { generations: [{ usage }] })).details, {
      model: 'author/asked',
      promptTokens: 1,
      completionTokens: 2,
    });
    const atOnce = { generations: [{ usage }], timing: { firstTokenMs: 5, endMs: 5 } };
    assert.equal(view(answerThat({ state: 'done' }, 'Yes', atOnce)).details?.tokensPerSecond, undefined);
    const silent = {
      generations: [{ usage: { promptTokens: 1, completionTokens: 0 } }],
      timing: { firstTokenMs: 1, endMs: 9 },
    };
    assert.equal(view(answerThat({ state: 'done' }, '', silent)).details?.tokensPerSecond, undefined);
  });

  it('shows a zero cost as zero, and hides an unknown cost', () => {
    const usage = { promptTokens: 1, completionTokens: 2, cost: 0 };
    assert.equal(
      view(answerThat({ state: 'done' }, 'Yes', { generations: [{ usage }] })).details?.cost,
      '$0.000000',
    );
  });

  it('says where it stands', () => {
    assert.equal(view(answerThat({ state: 'pending' })).state, 'waiting');
    assert.equal(view(answerThat({ state: 'pending' }, 'So')).state, 'streaming');
    for (const state of ['done', 'stopped', 'interrupted', 'cut'] as const) {
      assert.equal(view(answerThat({ state })).state, state);
    }
    assert.equal(view(answerThat(failed)).state, 'failed');
  });

  it('tells no figures before it has ended', () => {
    const facts = {
      generations: [{ usage: { promptTokens: 1, completionTokens: 2 } }],
      timing: { firstTokenMs: 1, endMs: 2 },
    };
    assert.equal(view(answerThat({ state: 'pending' }, 'So', facts)).details, undefined);
  });

  it('has an alert with a way on when it failed or was interrupted, and else none', () => {
    const alert = view(answerThat(failed, 'Half')).alert;
    assert.equal(alert?.id, 'a');
    assert.ok(alert.remedies.some(({ kind }) => kind === 'tryAgain'));
    assert.deepEqual(
      view(answerThat({ state: 'interrupted' }, 'Half')).alert?.remedies.map(({ label }) => label),
      ['Continue', 'Try again'],
    );
    for (const state of ['pending', 'done', 'stopped', 'cut'] as const) {
      assert.equal(view(answerThat({ state }, 'Yes')).alert, undefined);
    }
  });

  it('has a tool call with its result as one part, and says how it stands', () => {
    const call = clean({ type: 'toolCall', id: '1', name: 'read_file', arguments: '{"path":"a.ts"}' });
    const result = clean({ type: 'toolResult', callId: '1', state: 'failed', text: 'no such file' });
    const drawn = { type: 'toolCall', name: 'read_file', arguments: '{\n  "path": "a.ts"\n}' };
    const text = clean({ type: 'text', text: 'So' });
    const pending = answerFacts({ outcome: { state: 'pending' } });
    assert.deepEqual(view(anAnswer('', { parts: [call, result, text] })).parts, [
      { ...drawn, state: 'failed', result: 'no such file' },
      text,
    ]);
    assert.deepEqual(view(anAnswer('', { parts: [call], answer: pending })).parts, [
      { ...drawn, state: 'waiting' },
    ]);
    assert.deepEqual(view(anAnswer('', { parts: [call] })).parts, [{ ...drawn, state: 'notRun' }]);
  });

  it('gives calls of the same id in two rounds each its own result', () => {
    const call = clean({ type: 'toolCall', id: '1', name: 'read_file', arguments: 'no JSON' });
    const result = (text: string) => clean({ type: 'toolResult', callId: '1', state: 'done', text });
    const { parts } = view(anAnswer('', { parts: [call, result('a'), call, result('b')] }));
    assert.deepEqual(
      parts.map((part) => part.type === 'toolCall' && [part.arguments, part.result]),
      [
        ['no JSON', 'a'],
        ['no JSON', 'b'],
      ],
    );
  });
});

describe('a transcript', () => {
  it('says of each message which version it is, where there are several', () => {
    const question = aQuestion('one');
    const answers = ['a', 'b'].map((text) => anAnswer(text, { parentId: question.id }));
    const views = toMessageViews({
      visible: visiblePath([question, ...answers], chosenOrNewest(new Map())),
      isQueued: () => false,
    });
    assert.deepEqual(
      views.map(({ role, versions }) => [role, versions]),
      [
        ['user', undefined],
        ['assistant', { shown: 2, count: 2 }],
      ],
    );
  });
});
