import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readKeyInfo, readUsage } from '../../../src/core/openrouter/wire.ts';

/** The record of the documentation's example. */
const record = {
  label: 'sk-or-v1-0e6...1c96',
  limit: 10,
  limit_remaining: 7.48,
  limit_reset: 'monthly',
  include_byok_in_limit: false,
  usage: 12.5,
  usage_daily: 0.31,
  usage_weekly: 1.02,
  usage_monthly: 2.52,
  byok_usage: 99,
  byok_usage_daily: 99,
  is_free_tier: false,
  is_management_key: false,
  is_provisioning_key: false,
  creator_user_id: 'user_x',
  expires_at: null,
  free_model_daily_requests: { limit: 1000, remaining: 988, used: 12 },
  allowed_data_regions: ['global'],
  organization_id: null,
  rate_limit: { requests: -1, interval: '10s', note: 'deprecated' },
};

/** The record as far as a client may rely on it, with something new in it. */
const bare = {
  label: 'k',
  limit: null,
  limit_remaining: null,
  usage: 1,
  usage_daily: 0,
  usage_weekly: 0,
  usage_monthly: 0,
  is_free_tier: true,
  effective_budget: [{ scope: 'member' }],
};

describe('the record of a key', () => {
  it('is read in micro-dollars, without what own provider keys are billed', () => {
    assert.deepEqual(readKeyInfo({ data: record }), {
      label: 'sk-or-v1-0e6...1c96',
      limit: 10_000_000,
      remaining: 7_480_000,
      reset: 'monthly',
      freeRequests: { limit: 1_000, remaining: 988 },
      spentToday: 310_000,
      spentThisWeek: 1_020_000,
      spentThisMonth: 2_520_000,
      spent: 12_500_000,
      freeTier: false,
      management: false,
    });
  });

  it('leaves out what the service leaves open', () => {
    assert.deepEqual(readKeyInfo({ data: bare }), {
      label: 'k',
      spentToday: 0,
      spentThisWeek: 0,
      spentThisMonth: 0,
      spent: 1_000_000,
      freeTier: true,
      management: false,
    });
  });

  it('knows what remains only of a limit', () => {
    assert.equal(readKeyInfo({ data: { ...bare, limit_remaining: 5 } })?.remaining, undefined);
    assert.equal(readKeyInfo({ data: { ...bare, limit: 5 } })?.remaining, undefined);
    assert.equal(readKeyInfo({ data: { ...bare, limit: 5, limit_remaining: 0 } })?.remaining, 0);
  });

  it('says when the key expires, and that it cannot ask models, under either name', () => {
    const expires = { ...bare, expires_at: '2027-01-01T00:00:00Z' };
    assert.equal(readKeyInfo({ data: expires })?.expiresAt, '2027-01-01T00:00:00Z');
    for (const name of ['is_management_key', 'is_provisioning_key']) {
      assert.equal(readKeyInfo({ data: { ...bare, [name]: true } })?.management, true);
    }
  });

  it('is none where an answer does not look like one', () => {
    const odd = [undefined, null, '<html>', [], {}, { data: null }, { data: [] }, { data: {} }, record];
    for (const body of odd) {
      assert.equal(readKeyInfo(body), undefined, JSON.stringify(body));
    }
  });

  it('is read, as far as it can be, whatever a field turns into', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(record)), fc.jsonValue(), (field, value) => {
        const read = readKeyInfo({ data: { ...record, [field]: value } });
        assert.ok(read);
        assert.ok([read.spent, read.spentToday, read.remaining ?? 0].every(Number.isInteger));
      }),
    );
  });
});

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
        ownKey: true,
      },
    );
    const none = { prompt_tokens_details: { cached_tokens: 0 }, completion_tokens_details: null };
    assert.deepEqual(readUsage(none), { promptTokens: 0, completionTokens: 0 });
  });

  it('knows no cost where the server names none, and zero where it names zero', () => {
    assert.deepEqual(readUsage({ prompt_tokens: 1, completion_tokens: 2 }), {
      promptTokens: 1,
      completionTokens: 2,
    });
    assert.equal(readUsage({ cost: null })?.cost, undefined);
    assert.equal(readUsage({ cost: 0 })?.cost, 0);
  });

  it('is none where there is none', () => {
    for (const none of [undefined, null, 'usage', 7, []]) {
      assert.equal(readUsage(none), undefined);
    }
  });
});
