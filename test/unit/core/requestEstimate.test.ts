import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { dearestOf, estimateRequest } from '../../../src/core/conversation/requestEstimate.ts';
import { TokenCounter } from '../../../src/core/conversation/tokenCounter.ts';
import { promptTokens, type UserMessage } from '../../../src/core/conversation/message.ts';
import type { Model } from '../../../src/core/model/model.ts';
import { toEstimateView } from '../../../src/host/chat/estimateView.ts';
import { aModel, anAnswer, aQuestion, aRequest } from '../../support/builders.ts';

const models: readonly Model[] = [
  aModel({ id: 'a/plain' }),
  aModel({ id: 'a/dear', pricing: { kind: 'fixed', prompt: 10_000_000, completion: 50_000_000 } }),
  aModel({ id: 'a/free', pricing: { kind: 'fixed', prompt: 0, completion: 0 } }),
  aModel({ id: 'a/router', pricing: { kind: 'variable' } }),
];
const find = (id: string): Model | undefined => models.find((model) => model.id === id);

describe('What a request takes, before it is sent', () => {
  it('costs from a short answer to the longest', () => {
    const request = aRequest({ model: 'a/plain', maxTokens: 1_000 });
    assert.deepEqual(estimateRequest(request, 2_000, find), {
      tokens: 2_000,
      contextLength: 128_000,
      cost: { least: 2_510, most: 12_500 },
      uncounted: [],
    });
  });

  it('covers every model that may answer', () => {
    const request = aRequest({ model: 'a/plain', fallbackModels: ['a/dear'], maxTokens: 1_000 });
    assert.deepEqual(estimateRequest(request, 2_000, find).cost, { least: 2_510, most: 70_000 });
  });

  it('says no price where one is not known', () => {
    for (const [model, cost] of [
      ['a/router', 'variable'],
      ['a/unknown', undefined],
    ] as const) {
      assert.equal(estimateRequest(aRequest({ model }), 10, find).cost, cost);
      const mixed = aRequest({ model: 'a/plain', fallbackModels: [model] });
      assert.equal(estimateRequest(mixed, 10, find).cost, cost);
    }
    assert.equal(estimateRequest(aRequest({ model: 'a/unknown' }), 10, find).contextLength, undefined);
  });

  it('names what comes on top', () => {
    const picture: UserMessage = aQuestion('Look', {
      parts: [{ type: 'image', name: 'a.png', url: 'data:image/png;base64,AA' }],
    });
    const request = aRequest({ model: 'a/plain', messages: [picture], webSearch: true });
    assert.deepEqual(estimateRequest(request, 1, find).uncounted, ['attachments', 'web search']);
  });

  it('is known of several requests for the one that may cost most', () => {
    const of = (model: string) => estimateRequest(aRequest({ model, maxTokens: 1_000 }), 2_000, find);
    assert.deepEqual(dearestOf([of('a/plain'), of('a/router'), of('a/dear')]), of('a/dear'));
    assert.equal(dearestOf([of('a/router')]), undefined);
  });

  it('reads in words', () => {
    const words = (model: string, webSearch = false): string =>
      toEstimateView(estimateRequest(aRequest({ model, webSearch }), 2_000, find)).cost;
    assert.equal(words('a/plain'), '$0.002510 to $0.003500');
    assert.equal(words('a/free'), 'free');
    assert.equal(words('a/router'), 'price depends on the model that is chosen');
    assert.equal(words('a/plain', true), '$0.002510 to $0.003500 plus web search');
  });
});

describe('TokenCounter', () => {
  it('counts as the messages do, also again', () => {
    const messages = [aQuestion('How many words are these?'), anAnswer('Five, I would say. '.repeat(40))];
    const counter = new TokenCounter();
    assert.equal(counter.of(messages), promptTokens(messages));
    assert.equal(counter.of(messages), promptTokens(messages));
    assert.equal(counter.of([aQuestion('')]), 0);
  });
});
