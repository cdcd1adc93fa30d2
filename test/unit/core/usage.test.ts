import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { startOfDay } from '../../../src/core/usage/ledger.ts';
import { ledgerToCsv, ledgerToJson } from '../../../src/core/usage/ledgerFile.ts';
import { sharesBy, speedsBy, startOf, stepsOf } from '../../../src/core/usage/summary.ts';
import type { RecordGroup } from '../../../src/core/usage/usageRecords.ts';
import { anEntry } from '../../support/recordsOf.ts';

/** Shortly after midnight, on a day after one that has 25 hours in many places. */
const now = new Date(2026, 9, 26, 0, 30).getTime();

function aGroup(facts: Partial<RecordGroup> = {}): RecordGroup {
  return {
    model: 'author/model',
    feature: 'chat',
    requests: 1,
    failed: 0,
    tokens: 0,
    cost: 0,
    estimated: 0,
    within: 0,
    ...facts,
  };
}

describe('a day of the ledger', () => {
  const { TZ } = process.env;
  afterEach(() => {
    if (TZ === undefined) {
      delete process.env['TZ'];
    } else {
      process.env['TZ'] = TZ;
    }
  });

  // 2026-05-20 at 23:30 in UTC is another date in some of these.
  const time = Date.UTC(2026, 4, 20, 23, 30);
  for (const [zone, start] of [
    ['UTC', Date.UTC(2026, 4, 20)],
    ['Asia/Tokyo', Date.UTC(2026, 4, 20, 15)],
    ['America/Los_Angeles', Date.UTC(2026, 4, 20, 7)],
    ['Asia/Kolkata', Date.UTC(2026, 4, 20, 18, 30)],
  ] as const) {
    it(`begins at midnight where the user is: ${zone}`, () => {
      process.env['TZ'] = zone;
      assert.equal(startOfDay(time), start);
      assert.equal(startOfDay(time, 1), start - 24 * 3_600_000);
    });
  }
});

describe('the periods of the usage', () => {
  it('go by days of the calendar', () => {
    assert.equal(startOf('today', now), new Date(2026, 9, 26).getTime());
    assert.equal(startOf('week', now), new Date(2026, 9, 20).getTime());
    assert.equal(startOf('month', now), new Date(2026, 8, 27).getTime());
    assert.equal(startOf('all', now), 0);
  });

  it('have steps that join without a gap, and contain this moment', () => {
    const first = new Date(2026, 9, 1, 12).getTime();
    for (const period of ['today', 'week', 'month', 'all'] as const) {
      const { times } = stepsOf(period, now, first);
      assert.ok(times.every((time, at) => at === 0 || time > (times[at - 1] ?? Infinity)));
      assert.ok((times[0] ?? Infinity) <= startOf(period, now) || period === 'all');
      assert.ok((times.at(-1) ?? 0) > now && (times.at(-2) ?? Infinity) <= now + 86_400_000, period);
    }
    assert.equal(stepsOf('week', now).times.length, 8);
    assert.equal(stepsOf('month', now).times.length, 31);
    assert.deepEqual([stepsOf('today', now).step, stepsOf('today', now).times.length], ['hour', 25]);
  });

  it('have longer steps where there would be too many', () => {
    const since = (days: number) => stepsOf('all', now, startOfDay(now, days));
    assert.deepEqual([since(0).step, since(0).times.length], ['day', 8]);
    assert.deepEqual([since(40).step, since(40).times[0]], ['day', startOfDay(now, 40)]);
    assert.equal(since(200).step, 'week');
    assert.equal(new Date(since(200).times[0] ?? 0).getDay(), 1);
    assert.equal(since(2_000).step, 'month');
    assert.ok(since(2_000).times.length < 70);
    assert.equal(stepsOf('all', startOfDay(now)).times.at(-2), startOfDay(now), 'also at midnight');
  });
});

describe('sums of the ledger', () => {
  it('of a group have its tokens and its failures, the most expensive group first', () => {
    const shares = sharesBy(
      [
        aGroup({ provider: 'A', cost: 1, tokens: 15, estimated: 1, within: 1 }),
        aGroup({ provider: 'B', cost: 5, failed: 1 }),
        aGroup({ provider: 'A', cost: 2, tokens: 1, requests: 2, estimated: 2, within: 1 }),
      ],
      ({ provider = '' }) => provider,
    );
    assert.deepEqual(shares, [
      { name: 'B', requests: 1, failed: 1, tokens: 0, cost: 5, estimated: 0, within: 0 },
      { name: 'A', requests: 3, failed: 0, tokens: 16, cost: 3, estimated: 3, within: 2 },
    ]);
  });

  it('have the median speed, unaffected by one slow answer', () => {
    const speeds = speedsBy(
      [
        { model: 'a-1', firstTokenMs: 100, tokensPerSecond: 50, shareOfEstimate: 0.5 },
        { model: 'a-2', firstTokenMs: 60_000 },
        { model: 'a-1', firstTokenMs: 300, tokensPerSecond: 70 },
        { model: 'b-1', tokensPerSecond: 20 },
      ],
      (model) => model.slice(0, 1),
    );
    assert.deepEqual(
      [...speeds],
      [
        ['a', { firstTokenMs: 300, tokensPerSecond: 60, shareOfEstimate: 0.5 }],
        ['b', { tokensPerSecond: 20 }],
      ],
    );
  });
});

describe('the ledger as a file', () => {
  const entries = [
    anEntry({
      beganAt: Date.UTC(2026, 0, 2),
      workspace: '=HYPERLINK("x"), y',
      cost: 1_234_567_890,
      ownKey: true,
      reserved: 9,
      failure: 'provider',
      status: 'failed',
    }),
    anEntry({
      beganAt: Date.UTC(2026, 0, 1),
      reserved: 50_000_000,
      estimate: { least: 10_400_000, most: 2_000_000_000_000 },
      promptTokens: 10,
      cachedTokens: 8,
      completionTokens: 5,
      reasoningTokens: 3,
    }),
  ];

  it('is a table without formulas', () => {
    assert.deepEqual(ledgerToCsv(entries).split('\r\n').slice(1), [
      `2026-01-02T00:00:00.000Z,"'=HYPERLINK(""x""), y",chat,author/model,,,,,,,0.00123456789,,yes,,,,,failed,provider,,`,
      '2026-01-01T00:00:00.000Z,,chat,author/model,,,10,8,5,3,,0.000050,,0.0000104,2.000000,,,done,,,',
      '',
    ]);
  });

  it('says the same as JSON', () => {
    assert.deepEqual((JSON.parse(ledgerToJson(entries)) as unknown[])[1], {
      time: '2026-01-01T00:00:00.000Z',
      feature: 'chat',
      model_asked: 'author/model',
      prompt_tokens: 10,
      cached_tokens: 8,
      completion_tokens: 5,
      reasoning_tokens: 3,
      assumed_cost_usd: '0.000050',
      estimate_least_usd: '0.0000104',
      estimate_most_usd: '2.000000',
      status: 'done',
    });
  });
});
