import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { dayOf } from '../../../src/host/history/dayOf.ts';

describe('the day of a chat', () => {
  const now = new Date(2026, 10, 21, 0, 30).getTime();
  const days: readonly (readonly [Date, string])[] = [
    [new Date(2026, 10, 21, 0, 1), 'Today'],
    [new Date(2026, 10, 21, 0, 31), 'Today'],
    [new Date(2026, 10, 20, 23, 59), 'Yesterday'],
    [new Date(2026, 10, 20, 0, 0), 'Yesterday'],
    [new Date(2026, 10, 19, 23, 59), 'Thursday'],
    [new Date(2026, 10, 15, 12, 0), 'Sunday'],
    [new Date(2026, 10, 14, 12, 0), 'November 14'],
    [new Date(2025, 11, 31, 12, 0), 'December 31, 2025'],
  ];
  for (const [moment, name] of days) {
    it(`is "${name}"`, () => {
      assert.equal(dayOf(moment.getTime(), now), name);
    });
  }
});
