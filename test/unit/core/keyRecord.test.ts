import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { KeyInfo } from '../../../src/core/account/credit.ts';
import { readKeyInfo } from '../../../src/core/openrouter/account/keyRecord.ts';

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
  byok_usage: 9,
  byok_usage_daily: 1.5,
  byok_usage_weekly: 2,
  byok_usage_monthly: 3,
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
  allowed_planets: ['earth'],
};

describe('the record of a key', () => {
  it('is read in micro-dollars, with what own provider keys are billed apart', () => {
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
      ownKeys: { today: 1_500_000, week: 2_000_000, month: 3_000_000, all: 9_000_000, counted: false },
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
      ownKeys: { today: 0, week: 0, month: 0, all: 0, counted: false },
      freeTier: true,
      management: false,
    });
  });

  it('knows what remains only of a limit', () => {
    assert.equal(readKeyInfo({ data: { ...bare, limit_remaining: 5 } })?.remaining, undefined);
    assert.equal(readKeyInfo({ data: { ...bare, limit: 5 } })?.remaining, undefined);
    assert.equal(readKeyInfo({ data: { ...bare, limit: 5, limit_remaining: 0 } })?.remaining, 0);
  });

  it('has the data regions of a key that are not simply everywhere', () => {
    const regionsOf = (regions: unknown) =>
      readKeyInfo({ data: { ...bare, allowed_data_regions: regions } })?.regions;
    assert.deepEqual(regionsOf(['europe', 5, 'new']), ['europe', 'new']);
    assert.deepEqual(regionsOf(['global', 'us']), ['global', 'us']);
    assert.deepEqual([['global'], [], null, 'europe', {}].map(regionsOf), Array(5).fill(undefined));
  });

  it('says that it cannot ask models, under either name', () => {
    for (const name of ['is_management_key', 'is_provisioning_key']) {
      assert.equal(readKeyInfo({ data: { ...bare, [name]: true } })?.management, true);
    }
  });

  const newYear = Date.UTC(2027, 0, 1);
  const odd: readonly (readonly [what: string, field: Record<string, unknown>, read: Partial<KeyInfo>])[] = [
    [
      'amounts as texts',
      { limit: '10.00', limit_remaining: '7.48' },
      { limit: 10_000_000, remaining: 7_480_000 },
    ],
    ['an amount below zero', { limit: 5, limit_remaining: -0.02 }, { limit: 5_000_000, remaining: -20_000 }],
    [
      'an amount below zero as text',
      { limit: 5, limit_remaining: '-0.02' },
      { limit: 5_000_000, remaining: -20_000 },
    ],
    ['a tiny amount', { usage_daily: 1.25e-6 }, { spentToday: 1 }],
    ['an amount that is no number', { limit: 'unlimited', limit_remaining: 'much' }, {}],
    ['an amount that is an object', { limit: { usd: 5 }, limit_remaining: [5] }, {}],
    ['an amount that is a truth', { limit: true, limit_remaining: false }, {}],
    ['an empty amount', { limit: '', limit_remaining: ' ' }, {}],
    ['no spending at all', { usage: null, usage_daily: undefined }, { spent: 0, spentToday: 0 }],
    ['a limit of zero', { limit: 0, limit_remaining: 0 }, { limit: 0, remaining: 0 }],
    ['an interval that is new', { limit_reset: 'yearly' }, { reset: 'yearly' }],
    ['an interval that is a number', { limit_reset: 30 }, {}],
    ['an expiry as a date with a zone', { expires_at: '2027-01-01T01:00:00+01:00' }, { expiresAt: newYear }],
    ['an expiry as a day', { expires_at: '2027-01-01' }, { expiresAt: newYear }],
    ['an expiry in seconds', { expires_at: newYear / 1_000 }, { expiresAt: newYear }],
    ['an expiry in milliseconds', { expires_at: newYear }, { expiresAt: newYear }],
    ['an expiry in seconds as text', { expires_at: String(newYear / 1_000) }, { expiresAt: newYear }],
    ['an expiry that is no date', { expires_at: 'never' }, {}],
    ['an expiry of zero', { expires_at: 0 }, {}],
    ['an expiry beyond all calendars', { expires_at: 1e300 }, {}],
    ['an expiry that is an object', { expires_at: { date: '2027-01-01' } }, {}],
    [
      'a count as texts',
      { free_model_daily_requests: { limit: '50', remaining: '48' } },
      { freeRequests: { limit: 50, remaining: 48 } },
    ],
    [
      'a count without what remains',
      { free_model_daily_requests: { limit: 50, used: 2 } },
      { freeRequests: { limit: 50, remaining: 48 } },
    ],
    [
      'a count that is overdrawn',
      { free_model_daily_requests: { limit: 50, used: 52 } },
      { freeRequests: { limit: 50, remaining: 0 } },
    ],
    [
      'a count below zero',
      { free_model_daily_requests: { limit: 50, remaining: -1 } },
      { freeRequests: { limit: 50, remaining: 0 } },
    ],
    [
      'a count with a fraction',
      { free_model_daily_requests: { limit: 50, remaining: 47.5 } },
      { freeRequests: { limit: 50, remaining: 47 } },
    ],
    ['a count that is a number', { free_model_daily_requests: 48 }, {}],
    ['a count of nothing', { free_model_daily_requests: { limit: null, remaining: null } }, {}],
    ['truths as texts', { is_free_tier: 'true', include_byok_in_limit: 'false' }, { freeTier: true }],
    ['truths as numbers', { is_free_tier: 0, is_management_key: 1 }, { freeTier: false, management: true }],
    ['truths that are none', { is_free_tier: null, is_management_key: 'perhaps' }, { freeTier: false }],
    [
      'own provider keys that count',
      {
        include_byok_in_limit: true,
        byok_usage: '2',
        byok_usage_daily: 1,
        byok_usage_weekly: null,
        byok_usage_monthly: {},
      },
      { ownKeys: { today: 1_000_000, week: 0, month: 0, all: 2_000_000, counted: true } },
    ],
    ['a label that is none', { label: 7 }, { label: '' }],
    [
      'a budget',
      {
        effective_budget: {
          scope: 'workspace',
          limit_usd: 50,
          remaining_usd: '3.2',
          reset_interval: 'weekly',
          resets_at: '2027-01-01T00:00:00Z',
        },
      },
      { budget: { remaining: 3_200_000, limit: 50_000_000, reset: 'weekly', resetsAt: newYear } },
    ],
    [
      'several budgets, by the tightest',
      {
        effective_budget: [
          { remaining_usd: 9 },
          'x',
          { remaining_usd: 2, limit_usd: null },
          { remaining_usd: 4 },
          { scope: 'member' },
        ],
      },
      { budget: { remaining: 2_000_000 } },
    ],
    ['a budget of unknown form', { effective_budget: 'tight' }, {}],
    ['a budget of other names', { effective_budget: { left: 2 } }, {}],
  ];
  const plain = readKeyInfo({ data: bare });
  for (const [what, field, read] of odd) {
    it(`is read with ${what}`, () => {
      assert.deepEqual(readKeyInfo({ data: { ...bare, is_free_tier: false, ...field } }), {
        ...plain,
        freeTier: false,
        ...read,
      });
    });
  }

  it('is none where an answer does not look like one', () => {
    const others = [undefined, null, '<html>', [], {}, { data: null }, { data: [] }, { data: {} }, record];
    for (const body of others) {
      assert.equal(readKeyInfo(body), undefined, JSON.stringify(body));
    }
  });

  it('is read as far as possible, whatever a field contains', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(record)), fc.jsonValue(), (field, value) => {
        const read = readKeyInfo({ data: { ...record, [field]: value } });
        assert.ok(read);
        assert.ok([read.spent, read.spentToday, read.remaining ?? 0].every(Number.isInteger));
      }),
    );
  });
});
