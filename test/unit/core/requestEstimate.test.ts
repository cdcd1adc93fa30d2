import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  costAbove,
  maxCostOf,
  estimateRequest,
  estimateSize,
  runBudgetFor,
  runWithOneMore,
  sumOfEstimates,
} from '../../../src/core/conversation/generation/requestEstimate.ts';
import type { ChatRequest } from '../../../src/core/conversation/generation/chatModel.ts';
import { tokensOfMessages, tokensOfRequest } from '../../../src/core/conversation/generation/tokenCounter.ts';
import { RequestEstimator } from '../../../src/core/conversation/generation/requestEstimator.ts';
import { promptTokens, type UserMessage } from '../../../src/core/conversation/message.ts';
import { toPicoDollars as micro } from '../../../src/core/money/money.ts';
import type { Model } from '../../../src/core/model/model.ts';
import { toEstimateView } from '../../../src/host/chat/estimateView.ts';
import { aModel, anAnswer, aQuestion, aRequest, clean } from '../../support/builders.ts';

const models: readonly Model[] = [
  aModel({ id: 'a/plain' }),
  aModel({ id: 'a/dear', pricing: { kind: 'fixed', prompt: 10_000_000, completion: 50_000_000 } }),
  aModel({ id: 'a/free', pricing: { kind: 'fixed', prompt: 0, completion: 0 } }),
  aModel({ id: 'a/router', pricing: { kind: 'variable' } }),
];
const list = { find: (id: string): Model | undefined => models.find((model) => model.id === id), now: 0 };

describe('What a request takes, before it is sent', () => {
  it('costs from a short answer to the longest', () => {
    const request = aRequest({ model: 'a/plain', maxTokens: 1_000 });
    assert.deepEqual(estimateRequest(request, 2_000, list), {
      tokens: 2_000,
      contextLength: 128_000,
      cost: { least: micro(2_510), uncached: micro(2_510), most: micro(12_500) },
      uncounted: [],
    });
  });

  it('covers every model that may answer', () => {
    const request = aRequest({ model: 'a/plain', fallbackModels: ['a/dear'], maxTokens: 1_000 });
    assert.deepEqual(estimateRequest(request, 2_000, list).cost, {
      least: micro(2_510),
      uncached: micro(20_050),
      most: micro(70_000),
    });
  });

  it('says no price where one is not known', () => {
    for (const [model, cost] of [
      ['a/router', 'variable'],
      ['a/unknown', undefined],
    ] as const) {
      assert.equal(estimateRequest(aRequest({ model }), 10, list).cost, cost);
      const mixed = aRequest({ model: 'a/plain', fallbackModels: [model] });
      assert.equal(estimateRequest(mixed, 10, list).cost, cost);
    }
    assert.equal(estimateRequest(aRequest({ model: 'a/unknown' }), 10, list).contextLength, undefined);
  });

  it('names what comes on top', () => {
    const picture: UserMessage = aQuestion('Look', {
      parts: [{ type: 'image', name: clean('a.png'), url: 'data:image/png;base64,AA' }],
    });
    const request = aRequest({ model: 'a/plain', messages: [picture], webSearch: true });
    assert.deepEqual(estimateRequest(request, 1, list).uncounted, ['attachments', 'web search']);
  });

  it('adds up for several requests, as far as prices are known', () => {
    const of = (model: string) => estimateRequest(aRequest({ model, maxTokens: 1_000 }), 2_000, list);
    assert.deepEqual(sumOfEstimates([of('a/plain'), of('a/router'), of('a/dear')]), {
      tokens: 6_000,
      cost: { least: micro(22_560), uncached: micro(22_560), most: micro(82_500) },
      uncounted: [],
    });
    assert.equal(sumOfEstimates([of('a/router')]), undefined);
  });

  it('has the prices of long prompts, of the hour, of the cache and of thoughts', () => {
    const model = aModel({
      id: 'a/tiered',
      pricing: {
        kind: 'fixed',
        prompt: 1_000_000,
        completion: 4_000_000,
        reasoning: 5_000_000,
        cacheRead: 100_000,
        cacheWrite: 1_250_000,
        request: 7,
        overrides: [
          { minPromptTokens: 1_000, prices: { prompt: 2_000_000, cacheRead: 200_000 } },
          { hours: { start: 1_630, end: 30 }, prices: { completion: 2_000_000, reasoning: 2_500_000 } },
        ],
      },
    });
    const at = (tokens: number, time: string, facts: Partial<ChatRequest> = {}): unknown => {
      const now = Date.parse(`2026-05-20T${time}Z`);
      const request = aRequest({ model: 'a/tiered', maxTokens: 100, ...facts });
      return estimateRequest(request, tokens, { find: () => model, now }).cost;
    };
    const [short, long] = [1_000, 1_001];
    assert.deepEqual(at(short, '12:00'), {
      least: short * 1e6 + 4e6 + 7,
      uncached: short * 1e6 + 5e6 + 7,
      most: short * 1e6 + 500e6 + 7,
    });
    assert.deepEqual(at(long, '12:00'), {
      least: long * 2e6 + 4e6 + 7,
      uncached: long * 2e6 + 5e6 + 7,
      most: long * 2e6 + 500e6 + 7,
    });
    for (const night of ['16:30', '23:59', '00:29']) {
      assert.deepEqual(at(short, night), {
        least: short * 1e6 + 2e6 + 7,
        uncached: short * 1e6 + 2.5e6 + 7,
        most: short * 1e6 + 250e6 + 7,
      });
    }
    for (const day of ['16:29', '00:30']) {
      assert.deepEqual(at(short, day), at(short, '12:00'));
    }
    // All before the last question may come from the cache, and what is kept for later is written at a price.
    const messages = [aQuestion('Before?'), anAnswer('Yes.'), aQuestion('Why?')];
    const last = promptTokens(messages.slice(-1));
    assert.deepEqual(at(short, '12:00', { messages, explicitCache: true }), {
      least: last * 1e6 + (short - last) * 0.1e6 + 4e6 + 7,
      uncached: short * 1.25e6 + 5e6 + 7,
      most: short * 1.25e6 + 500e6 + 7,
    });
  });

  it('costs at most what the most expensive model would take', () => {
    const request = aRequest({ model: 'a/router', maxTokens: 1_000 });
    assert.equal(maxCostOf(request, 2_000, { models, now: 0 }), micro(70_000));
    assert.equal(maxCostOf(request, 2_000, { models: [], now: 0 }), undefined);
  });

  it('limits a run to the allowed or the approved amount', () => {
    const of = (model: string) => estimateRequest(aRequest({ model, maxTokens: 1_000 }), 2_000, list);
    const limitOf = (names: readonly string[], unasked?: number): number | undefined =>
      runBudgetFor(names.map(of), unasked, () => 'run')?.limit;
    assert.equal(limitOf(['a/plain', 'a/dear'], 100_000), micro(100_000));
    assert.equal(limitOf(['a/plain', 'a/dear'], 50_000), micro(82_500));
    assert.equal(limitOf(['a/plain']), undefined);
    assert.equal(limitOf(['a/plain', 'a/router'], 50_000), undefined);
  });

  it("raises a run's limit, or what it has spent beyond it, by the cost of one more request", () => {
    const one = estimateRequest(aRequest({ model: 'a/plain', maxTokens: 1_000 }), 2_000, list);
    const run = { id: 'run', limit: micro(4_000) };
    assert.deepEqual(runWithOneMore(run, one, micro(3_000)), { id: 'run', limit: micro(16_500) });
    assert.deepEqual(runWithOneMore(run, one, micro(5_000)), { id: 'run', limit: micro(17_500) });
    const routed = estimateRequest(aRequest({ model: 'a/router' }), 2_000, list);
    assert.equal(runWithOneMore(run, routed, 0), undefined);
  });

  it('is above a limit, which is in micro-dollars, by its upper end', () => {
    const cost = { least: micro(1), uncached: micro(2), most: micro(3_500) };
    assert.equal(costAbove(3_499, cost), cost);
    assert.equal(costAbove(3_500, cost), undefined);
    assert.equal(costAbove(undefined, cost), undefined);
    assert.equal(costAbove(0, 'variable'), undefined);
    assert.equal(costAbove(0, undefined), undefined);
  });

  it('reads in words', () => {
    const words = (model: string, webSearch = false): string =>
      toEstimateView(estimateRequest(aRequest({ model, webSearch }), 2_000, list)).cost;
    assert.equal(words('a/plain'), '$0.002510 to $0.003500');
    assert.equal(words('a/free'), 'free');
    assert.equal(words('a/router'), 'price depends on the chosen model');
    assert.equal(words('a/plain', true), '$0.002510 to $0.003500 plus web search');
  });
});

describe('the tokens of messages', () => {
  it('are those of their parts, also when they are counted again', () => {
    const messages = [aQuestion('How many words are these?'), anAnswer('Five, I would say. '.repeat(40))];
    assert.equal(tokensOfMessages(messages), promptTokens(messages));
    assert.equal(tokensOfMessages(messages), promptTokens(messages));
    assert.equal(tokensOfMessages([aQuestion('')]), 0);
  });
});

describe('RequestEstimator', () => {
  it('estimates at the prices of the list', () => {
    const estimator = new RequestEstimator({ models, find: list.find }, () => 0);
    const request = aRequest({ model: 'a/plain', maxTokens: 1_000 });
    const tokens = tokensOfRequest(request);
    const size = { tokens, sentBefore: 0, hasMedia: false };
    assert.deepEqual(estimator.estimate(request), estimateRequest(request, tokens, list));
    assert.deepEqual(estimator.estimateSize(request, size), estimateSize(request, size, list));
    assert.equal(estimator.maxCost(request), maxCostOf(request, tokens, { models, now: 0 }));
  });
});
