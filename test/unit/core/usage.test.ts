import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { startOfDay } from '../../../src/core/usage/days.ts';
import type { LedgerEntry } from '../../../src/core/usage/ledger.ts';
import { ledgerToCsv, ledgerToJson } from '../../../src/core/usage/ledgerFile.ts';
import { costPerDay, sharesBy, sumsOf } from '../../../src/core/usage/summary.ts';

/** Shortly after midnight, on a day after one that has 25 hours in many places. */
const now = new Date(2026, 9, 26, 0, 30).getTime();

function anEntry(facts: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    id: 1,
    beganAt: now,
    feature: 'chat',
    requestedModel: 'author/model',
    status: 'done',
    reserved: 0,
    ...facts,
  };
}

describe('sums of the ledger', () => {
  const at = (daysBefore: number, offset = 0): number => startOfDay(now, daysBefore) + offset;
  const entries = [
    anEntry({ beganAt: at(0), cost: 1 }),
    anEntry({ beganAt: at(0, -1), cost: 10 }),
    anEntry({ beganAt: at(6), reserved: 100 }),
    anEntry({ beganAt: at(6, -1), cost: 1_000, reserved: 7 }),
    anEntry({ beganAt: at(29), cost: 10_000 }),
    anEntry({ beganAt: at(29, -1), cost: 100_000 }),
  ];

  it('go by days of the calendar, and count an estimate while the cost is not known', () => {
    assert.deepEqual(sumsOf(entries, now), { today: 1, week: 111, month: 11_111, all: 111_111 });
    assert.deepEqual(sumsOf([], now), { today: 0, week: 0, month: 0, all: 0 });
  });

  it('of each day add up to those of all days', () => {
    const days = costPerDay(entries, now, 7);
    assert.deepEqual(
      days.map(({ cost }) => cost),
      [100, 0, 0, 0, 0, 10, 1],
    );
    assert.deepEqual([days[0]?.day, days[6]?.day], [at(6), at(0)]);
  });

  it('of a group have its tokens and its failures, the dearest group first', () => {
    const shares = sharesBy(
      [
        anEntry({ provider: 'A', cost: 1, promptTokens: 10, completionTokens: 5 }),
        anEntry({ provider: 'B', cost: 5, status: 'failed' }),
        anEntry({ provider: 'A', cost: 2, promptTokens: 1 }),
      ],
      ({ provider = '' }) => provider,
    );
    assert.deepEqual(shares, [
      { name: 'B', requests: 1, failed: 1, tokens: 0, cost: 5 },
      { name: 'A', requests: 2, failed: 0, tokens: 16, cost: 3 },
    ]);
  });
});

describe('the ledger as a file', () => {
  const entries = [
    anEntry({
      beganAt: Date.UTC(2026, 0, 2),
      workspace: '=HYPERLINK("x"), y',
      cost: 1_234,
      reserved: 9,
      failure: 'provider',
      status: 'failed',
    }),
    anEntry({ beganAt: Date.UTC(2026, 0, 1), reserved: 50, estimate: 2_000_000 }),
  ];

  it('is a table without formulas', () => {
    assert.deepEqual(ledgerToCsv(entries).split('\r\n').slice(1), [
      `2026-01-02T00:00:00.000Z,"'=HYPERLINK(""x""), y",chat,author/model,,,,,0.001234,,,,,failed,provider,`,
      '2026-01-01T00:00:00.000Z,,chat,author/model,,,,,,0.000050,2.000000,,,done,,',
      '',
    ]);
  });

  it('says the same as JSON', () => {
    assert.deepEqual((JSON.parse(ledgerToJson(entries)) as unknown[])[1], {
      time: '2026-01-01T00:00:00.000Z',
      feature: 'chat',
      model_asked: 'author/model',
      assumed_cost_usd: '0.000050',
      estimate_usd: '2.000000',
      status: 'done',
    });
  });
});
