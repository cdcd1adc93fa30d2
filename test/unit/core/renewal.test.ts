import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { nextMidnight, nextRenewal } from '../../../src/core/account/renewal.ts';

const rows: readonly (readonly [interval: string, now: string, next: string | undefined])[] = [
  ['daily', '2026-11-28T19:48:00Z', '2026-11-29T00:00:00Z'],
  ['daily', '2026-11-29T00:00:00Z', '2026-11-30T00:00:00Z'],
  ['daily', '2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z'],
  // A Saturday, a Sunday, and the Monday itself.
  ['weekly', '2026-11-28T19:48:00Z', '2026-11-30T00:00:00Z'],
  ['weekly', '2026-11-29T23:59:59Z', '2026-11-30T00:00:00Z'],
  ['weekly', '2026-11-30T00:00:00Z', '2026-12-07T00:00:00Z'],
  ['monthly', '2026-11-30T23:59:59Z', '2026-12-01T00:00:00Z'],
  ['monthly', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ['monthly', '2028-02-29T12:00:00Z', '2028-03-01T00:00:00Z'],
  ['yearly', '2026-11-28T00:00:00Z', undefined],
];

describe('a renewal', () => {
  for (const [interval, now, next] of rows) {
    it(`that is ${interval} comes, after ${now}, at ${String(next)}`, () => {
      const time = nextRenewal(interval, Date.parse(now));
      assert.equal(time, next === undefined ? undefined : Date.parse(next));
    });
  }

  it('always lies ahead, at a midnight', () => {
    const times = fc.integer({ min: 0, max: 4_000_000_000_000 });
    fc.assert(
      fc.property(times, fc.constantFrom('daily', 'weekly', 'monthly'), (now, interval) => {
        const next = nextRenewal(interval, now) ?? 0;
        assert.ok(next > now && next >= nextMidnight(now));
        assert.equal(next % 86_400_000, 0);
      }),
    );
  });
});
