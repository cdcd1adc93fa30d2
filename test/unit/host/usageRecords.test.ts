import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LedgerEntry } from '../../../src/core/usage/ledger.ts';
import { toRecordQuery, toUsageList } from '../../../src/host/usage/usageList.ts';
import { toUsageView } from '../../../src/host/usage/usageView.ts';
import { anEntry, recordsOf } from '../../support/recordsOf.ts';

const now = new Date(2026, 4, 20, 12).getTime();
const usd = 1_000_000_000_000;
const names = {
  modelName: (id: string) => id.toUpperCase(),
  featureName: (id: string) => (id === 'switchboard.fixSelection' ? 'Fix Selection' : 'Chat'),
};
const query = { filter: '', failedOnly: false, order: 'newest', page: 0 } as const;

describe('the records of the usage', () => {
  const entries: readonly LedgerEntry[] = [
    anEntry({ beganAt: now - 3, cost: 1, promptTokens: 5, completionTokens: 6, provider: 'Host' }),
    anEntry({
      beganAt: now - 2,
      reserved: 10,
      status: 'stopped',
      workspace: 'shop',
      model: 'author/model-1',
    }),
    anEntry({ beganAt: now - 1, reserved: 100, status: 'running', feature: 'switchboard.fixSelection' }),
    anEntry({
      beganAt: now,
      status: 'failed',
      failure: 'network',
      generationId: 'gen-1',
      reserved: 1_000,
      feature: 'switchboard.fixSelection',
      requestedModel: 'other/model',
    }),
  ];
  const records = recordsOf(entries);

  it('sum up spending without reservations', () => {
    assert.deepEqual(records.spentSinceEach([0, now - 2, now + 1]), [1_011, 1_010, 0]);
    assert.deepEqual(records.spentBetween([now - 3, now - 2, now, now + 1]), [1, 10, 1_000]);
    assert.equal(records.firstTime(), now - 3);
    assert.equal(recordsOf([]).firstTime(), undefined);
  });

  it('group by the model that answered, or else the requested one', () => {
    const groups = records.groups(0).map(({ model, feature, provider, requests, failed, tokens, cost }) => ({
      what: [model, feature, provider],
      figures: [requests, failed, tokens, cost],
    }));
    assert.deepEqual(
      groups.toSorted((one, other) => (one.figures[3] ?? 0) - (other.figures[3] ?? 0)),
      [
        { what: ['author/model', 'switchboard.fixSelection', undefined], figures: [1, 0, 0, 0] },
        { what: ['author/model', 'chat', 'Host'], figures: [1, 0, 11, 1] },
        { what: ['author/model-1', 'chat', undefined], figures: [1, 0, 0, 10] },
        { what: ['other/model', 'switchboard.fixSelection', undefined], figures: [1, 1, 0, 1_000] },
      ],
    );
  });

  it('are summed by workspace', () => {
    const spent = recordsOf([
      anEntry({ promptTokens: 1, workspace: 'shop', cost: 10_000_000 }),
      anEntry({ promptTokens: 1, workspace: 'blog', cost: 40_000_000 }),
      anEntry({ promptTokens: 1, workspace: 'shop', cost: 20_000_000, feature: 'switchboard.fixSelection' }),
      anEntry({ promptTokens: 1, cost: 1_000_000 }),
    ]);
    assert.deepEqual(
      toUsageView(spent, 'all', { now, names }).workspaces.map(({ name, requests, cost }) => [
        ...[name, requests, cost.words],
      ]),
      [
        ['blog', 1, '$0.000040'],
        ['shop', 2, '$0.000030'],
        ['No workspace', 1, '$0.000001'],
      ],
    );
  });

  it('search the visible text: names, titles, providers, workspaces, and states', () => {
    const found = (filter: string, failedOnly = false): readonly string[] =>
      toUsageList(records, { ...query, filter, failedOnly }, { since: 0, names }).requests.map(
        ({ cost }) => cost,
      );
    const [first, second, third, fourth] = ['$0.000000', '≈ $0.000000', 'up to $0.000000', '≈ $0.000000'];
    assert.deepEqual(found(''), [fourth, third, second, first]);
    assert.deepEqual(found('fix selection'), [fourth, third]);
    assert.deepEqual(found('AUTHOR/MODEL'), [third, second, first]);
    assert.deepEqual(found('host'), [first]);
    assert.deepEqual(found('sho'), [second]);
    assert.deepEqual(found('in progress'), [third]);
    assert.deepEqual(found('network chat'), []);
    assert.deepEqual(found("' OR 1=1 --"), []);
    assert.deepEqual(found('100%'), []);
    assert.deepEqual(found('', true), [fourth]);
  });

  it('are exported as they are listed: those of the filter, all pages of them', () => {
    const many = recordsOf([
      ...entries,
      ...Array.from({ length: 120 }, (_, at) => anEntry({ beganAt: at, provider: 'Host', cost: at })),
    ]);
    for (const wanted of [query, { ...query, filter: 'host' }, { ...query, failedOnly: true }]) {
      const exported = [...many.each(toRecordQuery(many, wanted, { since: 0, names }))];
      const first = toUsageList(many, wanted, { since: 0, names });
      const second = toUsageList(many, { ...wanted, page: 1 }, { since: 0, names });
      const pages = first.count > 100 ? [...first.requests, ...second.requests] : first.requests;
      assert.deepEqual(
        exported.map(({ id }) => id),
        pages.map(({ id }) => id),
      );
      assert.equal(exported.length, first.count);
    }
  });

  it('come in pages, and go no further than the last one', () => {
    const many = recordsOf(
      Array.from({ length: 150 }, (_, at) => anEntry({ beganAt: at, cost: (at * 7) % 150 })),
    );
    const list = (page: number, order: 'newest' | 'mostExpensive' = 'newest') =>
      toUsageList(many, { ...query, page, order }, { since: 0, names });
    assert.deepEqual([list(0).from, list(0).to, list(0).count], [1, 100, 150]);
    assert.deepEqual([list(9).query.page, list(9).from, list(9).to], [1, 101, 150]);
    assert.equal(list(0, 'mostExpensive').requests.length, 100);
    assert.deepEqual([...many.each({ since: 100 })].map(({ beganAt }) => beganAt).slice(0, 2), [149, 148]);
  });

  it('of a year do not stand in memory to be looked at one after the other', () => {
    for (const { beganAt } of records.each({ since: 0 })) {
      assert.equal(beganAt, now);
      break;
    }
    assert.equal(records.count({ since: 0 }), 4);
  });
});

describe('the view of the usage', () => {
  const answered = (model: string, facts: Partial<LedgerEntry>): LedgerEntry =>
    anEntry({
      beganAt: now,
      requestedModel: model,
      promptTokens: 10,
      completionTokens: 100,
      firstTokenMs: 500,
      durationMs: 2_500,
      estimate: { least: usd, most: 4 * usd },
      ...facts,
    });
  const viewOf = (entries: readonly LedgerEntry[]) => toUsageView(recordsOf(entries), 'week', { now, names });

  it('says how well costs were foreseen: of requests that came to their end', () => {
    const { models } = viewOf([
      answered('a', { cost: usd }),
      answered('a', { cost: 2 * usd }),
      answered('a', { cost: 5 * usd }),
      answered('a', { cost: 0, promptTokens: 0 }),
      answered('a', { cost: 0, status: 'stopped' }),
      anEntry({ beganAt: now, requestedModel: 'b', cost: usd, promptTokens: 10, completionTokens: 1 }),
    ]);
    assert.deepEqual(
      models.map(({ estimate }) => estimate),
      ['66% within the estimate; median 50% of the upper bound', undefined],
    );
    assert.partialDeepStrictEqual(models[0], {
      speed: { words: '50 tokens/s', share: 1 },
      firstToken: { words: '0.50 s', share: 1 },
    });
  });

  it('has an axis that is easy to read', () => {
    const { costs } = viewOf([answered('a', { cost: 0.51 * usd })]);
    assert.deepEqual(
      costs.lines.map(({ label }) => label),
      ['$0.00', '$0.30', '$0.60'],
    );
    assert.equal(costs.bars.length, 7);
    assert.deepEqual([costs.bars[6]?.cost, costs.bars[6]?.height], ['$0.510000', 0.85]);
  });

  it('of nothing has no axis and no heights', () => {
    const { costs, models } = viewOf([]);
    assert.deepEqual([costs.lines, models, costs.summary], [[], [], 'Nothing was spent.']);
    assert.ok(costs.bars.every(({ height }) => height === 0));
  });
});
