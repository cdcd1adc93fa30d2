import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readUsage } from '../../../src/core/openrouter/transport/usage.ts';

describe('the usage of an answer', () => {
  it('adds what an own provider key is billed to the cost, and only then', () => {
    const cost_details = { upstream_inference_cost: 0.5 };
    assert.equal(readUsage({ cost: 0.01, is_byok: true, cost_details })?.cost, 510_000_000_000);
    assert.equal(readUsage({ cost: 0, is_byok: true, cost_details })?.cost, 500_000_000_000);
    assert.equal(readUsage({ cost: 0.5, is_byok: false, cost_details })?.cost, 500_000_000_000);
    assert.equal(readUsage({ cost: 0.5, is_byok: true, cost_details: null })?.cost, 500_000_000_000);
  });

  it('knows the tokens of the cache and of thoughts where there were some, and whose key was used', () => {
    assert.deepEqual(
      readUsage({
        prompt_tokens: 10,
        completion_tokens: 5,
        cost: 0.0000104,
        is_byok: true,
        prompt_tokens_details: { cached_tokens: 8 },
        completion_tokens_details: { reasoning_tokens: 3 },
      }),
      {
        promptTokens: 10,
        cachedTokens: 8,
        completionTokens: 5,
        reasoningTokens: 3,
        cost: 10_400_000,
        ownKeyCost: 0,
      },
    );
    const none = { prompt_tokens_details: { cached_tokens: 0 }, completion_tokens_details: null };
    assert.deepEqual(readUsage(none), { promptTokens: 0, completionTokens: 0 });
  });

  it('tells what of the cost is billed elsewhere', () => {
    const cost_details = { upstream_inference_cost: 0.5 };
    assert.equal(readUsage({ cost: 0.01, is_byok: true, cost_details })?.ownKeyCost, 500_000_000_000);
    assert.equal(readUsage({ cost: 0.5, is_byok: false, cost_details })?.ownKeyCost, undefined);
    assert.equal(readUsage({ cost: 0.5, is_byok: true })?.ownKeyCost, 0);
  });

  it('knows no cost where the server names none, and zero where it names zero', () => {
    assert.deepEqual(readUsage({ prompt_tokens: 1, completion_tokens: 2 }), {
      promptTokens: 1,
      completionTokens: 2,
    });
    assert.equal(readUsage({ cost: null })?.cost, undefined);
    assert.equal(readUsage({ cost: 0 })?.cost, 0);
  });

  it('is absent if there is none', () => {
    for (const none of [undefined, null, 'usage', 7, []]) {
      assert.equal(readUsage(none), undefined);
    }
  });
});
