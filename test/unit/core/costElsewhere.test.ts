import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Usage } from '../../../src/core/conversation/message.ts';
import { costElsewhere } from '../../../src/core/usage/costElsewhere.ts';
import { aModel, anAnswer, answerFacts, aQuestion } from '../../support/builders.ts';

const answered = (...usages: readonly Usage[]) =>
  anAnswer('Yes', { answer: answerFacts({ generations: usages.map((usage) => ({ usage })) }) });

/** A model at so many dollars for a million tokens. */
const model = (id: string, prompt: number, completion: number, facts = {}) =>
  aModel({
    ...{ id, contextLength: 100_000, ...facts },
    pricing: { kind: 'fixed', prompt: prompt * 1_000_000, completion: completion * 1_000_000, ...facts },
  });

describe('what a chat would have cost on other models', () => {
  const messages = [
    aQuestion('Why?'),
    answered({ promptTokens: 1_000, completionTokens: 100, cachedTokens: 500 }),
    answered({ promptTokens: 2_000, completionTokens: 200 }, { promptTokens: 3_000, completionTokens: 300 }),
  ];
  const costs = (models: Parameters<typeof costElsewhere>[1]) =>
    costElsewhere(messages, models, 0).map(({ model: { id }, cost }) => [id, cost / 1e12]);

  it('sums all answers at list prices, cheapest first, and reads from a cache only where it has a price', () => {
    assert.deepEqual(costs([model('a/dear', 10, 20), model('a/free', 0, 0), model('a/cheap', 1, 2)]), [
      ['a/free', 0],
      ['a/cheap', 0.0072],
      ['a/dear', 0.072],
    ]);
    assert.deepEqual(costs([model('a/cached', 1, 2, { cacheRead: 100_000 })]), [['a/cached', 0.00675]]);
  });

  it('has prices for long prompts where they apply', () => {
    const overrides = [{ minPromptTokens: 2_500, prices: { prompt: 2_000_000 } }];
    assert.deepEqual(costs([model('a/b', 1, 2, { overrides })]), [['a/b', 0.0102]]);
  });

  it('leaves out what could not have answered, or has no price', () => {
    assert.deepEqual(
      costs([
        model('a/short', 1, 1, { contextLength: 3_299 }),
        model('a/b:batch', 1, 1),
        model('a/painter', 1, 1, { outputs: ['image'] }),
        aModel({ id: 'openrouter/auto', pricing: { kind: 'variable' } }),
      ]),
      [],
    );
    assert.deepEqual(costElsewhere([aQuestion('Why?')], [model('a/b', 1, 1)], 0), []);
  });
});
