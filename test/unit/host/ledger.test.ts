import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { ChatModel } from '../../../src/core/conversation/generation/chatModel.ts';
import { toPicoDollars } from '../../../src/core/money/money.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import {
  costOf,
  type Admission,
  type BegunRequest,
  type Ledger,
  type LedgerEntry,
} from '../../../src/core/usage/ledger.ts';
import { MeteredModel } from '../../../src/core/usage/meteredModel.ts';
import { openDatabase } from '../../../src/host/store/database.ts';
import { SqliteLedger } from '../../../src/host/store/sqliteLedger.ts';
import { SqliteUsageRecords } from '../../../src/host/store/sqliteUsageRecords.ts';
import { aRequest } from '../../support/builders.ts';

const begun: BegunRequest = {
  beganAt: 1_000,
  workspace: 'shop',
  feature: 'chat',
  requestedModel: 'author/model',
  estimate: { least: 50, most: 500 },
  reserve: { least: 100, most: 500 },
};

const refused = { refusedBy: 'day' };

function admitted(admission: Admission): number {
  assert.ok('id' in admission);
  return admission.id;
}

describe('the ledger on disk', () => {
  let folder: string;
  let opened: DatabaseSync[];
  let alive: Set<string>;
  let records: SqliteUsageRecords;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
    opened = [];
    alive = new Set(['here', 'there']);
    records = new SqliteUsageRecords(open());
  });

  afterEach(() => {
    opened.forEach((database) => {
      database.close();
    });
    rmSync(folder, { recursive: true });
  });

  const open = (): DatabaseSync => {
    const { database } = openDatabase(join(folder, 'chats.sqlite'), 1);
    opened.push(database);
    return database;
  };
  const ledgerOf = (self: string): Ledger =>
    new SqliteLedger(open(), { self, isAlive: (owner) => alive.has(owner) });
  const rows = (since = 0): readonly LedgerEntry[] => [...records.each({ since })];

  it('keeps all that is known of a request, for every window', () => {
    const here = ledgerOf('here');
    const id = admitted(here.begin(begun, []));
    assert.deepEqual(
      rows().map(({ status, reserved }) => [status, reserved]),
      [['running', 500]],
    );
    here.note(id, { generationId: 'gen-1' });
    here.note(id, { model: 'author/model-1', provider: 'Somebody' });
    here.end(id, {
      status: 'done',
      usage: { promptTokens: 10, completionTokens: 20, cost: 123 },
      assumedCost: 200,
      durationMs: 900.4,
      firstTokenMs: 80,
    });
    assert.deepEqual(rows(1_000), [
      {
        id,
        beganAt: 1_000,
        workspace: 'shop',
        feature: 'chat',
        requestedModel: 'author/model',
        generationId: 'gen-1',
        model: 'author/model-1',
        provider: 'Somebody',
        status: 'done',
        estimate: { least: 50, most: 500 },
        reserved: 200,
        promptTokens: 10,
        completionTokens: 20,
        cost: 123,
        durationMs: 900,
        firstTokenMs: 80,
      },
    ]);
    assert.deepEqual(rows(1_001), []);
  });

  it('takes an estimate for the cost until the service tells it', () => {
    const ledger = ledgerOf('here');
    const id = admitted(ledger.begin(begun, []));
    ledger.note(id, { generationId: 'gen-1' });
    ledger.end(id, { status: 'stopped', assumedCost: 140, durationMs: 5 });
    assert.deepEqual(rows().map(costOf), [140]);
    ledger.settle('gen-1', { promptTokens: 1, completionTokens: 2, cost: 77 });
    ledger.settle('gen-2', { promptTokens: 1, completionTokens: 2, cost: 9_999 });
    assert.deepEqual(rows().map(costOf), [77]);
  });

  it('lists the costs still to fetch: only of finished requests that have an id', () => {
    const [here, there] = [ledgerOf('here'), ledgerOf('there')];
    const begin = (generationId: string, ledger = here): number => {
      const id = admitted(ledger.begin(begun, []));
      ledger.note(id, { generationId });
      return id;
    };
    const end = { durationMs: 5, assumedCost: 0 } as const;
    const usage = { promptTokens: 1, completionTokens: 2 };
    here.end(begin('told'), { ...end, status: 'done', usage: { ...usage, cost: 0 } });
    here.end(begin('elsewhere'), { ...end, status: 'done', usage });
    here.end(begin('stopped'), { ...end, status: 'stopped' });
    here.end(begin('failed'), { ...end, status: 'failed', failure: 'network' });
    here.end(admitted(here.begin(begun, [])), { ...end, status: 'failed', failure: 'refused' });
    begin('running');
    begin('lost', there);
    alive.delete('there');
    assert.deepEqual(here.unsettled(1_000), ['stopped', 'failed', 'lost']);
    assert.deepEqual(here.unsettled(1_001), []);
    here.settle('lost', { ...usage, cost: 3 });
    assert.deepEqual(here.unsettled(0), ['stopped', 'failed']);
  });

  it('has one budget for a run, which all windows share', () => {
    const [here, there] = [ledgerOf('here'), ledgerOf('there')];
    const budgets = [{ of: 'run', limit: 700, run: 'r' }] as const;
    const inRun = { ...begun, run: 'r' };
    assert.ok('id' in here.begin(inRun, budgets));
    const second = there.begin(inRun, budgets);
    assert.ok('id' in second && second.reserved === 200);
    assert.deepEqual(here.begin(inRun, budgets), { refusedBy: 'run' });
    assert.ok('id' in here.begin({ ...begun, run: 'another' }, [{ ...budgets[0], run: 'another' }]));
  });

  it('knows what the most expensive of the last requests of a model cost', () => {
    const ledger = ledgerOf('here');
    assert.equal(ledger.mostExpensiveOf('author/model'), undefined);
    const end = (cost: number, promptTokens: number, requestedModel = 'author/model'): void => {
      const id = admitted(ledger.begin({ ...begun, requestedModel }, []));
      const usage = { promptTokens, completionTokens: 1, cost };
      ledger.end(id, { status: 'done', usage, durationMs: 1, assumedCost: 0 });
    };
    end(0, 0);
    assert.equal(ledger.mostExpensiveOf('author/model'), undefined, 'an answer from the cache says nothing');
    end(7, 1);
    end(3, 1);
    end(99, 1, 'author/other');
    assert.equal(ledger.mostExpensiveOf('author/model'), 7);
  });

  it('reserves what is left of a budget, or nothing if that is too little', () => {
    const [here, there] = [ledgerOf('here'), ledgerOf('there')];
    const budgets = [{ of: 'day', limit: 750, since: 500 }] as const;
    const left = (admission: Admission): unknown => ('id' in admission ? admission.reserved : admission);
    here.begin({ ...begun, beganAt: 499 }, []);
    assert.equal(left(there.begin(begun, budgets)), 250, 'one of yesterday is still under way');
    assert.deepEqual(there.begin(begun, budgets), refused);
    alive.delete('here');
    assert.equal(left(there.begin(begun, budgets)), 500, 'what a dead window had set aside is free');
    assert.deepEqual(there.begin(begun, budgets), refused);
    assert.equal(left(there.begin({ ...begun, reserve: { least: 0, most: 0 } }, budgets)), 0);
    assert.deepEqual(rows().at(-1)?.status, 'interrupted');
  });

  it('counts what a dead window had set aside until the service says what it cost', () => {
    const [here, there] = [ledgerOf('here'), ledgerOf('there')];
    const budgets = [{ of: 'day', limit: 750, since: 500 }] as const;
    there.note(admitted(there.begin(begun, budgets)), { generationId: 'gen-1' });
    alive.delete('there');
    const second = here.begin(begun, budgets);
    assert.deepEqual('id' in second && second.reserved, 250);
    assert.deepEqual(here.begin(begun, budgets), refused);
    assert.deepEqual(here.unsettled(0), ['gen-1']);
    here.settle('gen-1', { promptTokens: 1, completionTokens: 1, cost: 100 });
    const third = here.begin(begun, budgets);
    assert.deepEqual('id' in third && third.reserved, 400);
  });

  it('keeps any figure that a server may have made up, and can still be read', () => {
    const ledger = ledgerOf('here');
    const figures = [-5, 0.5, 2 ** 53, 1e300, NaN, Infinity, -Infinity];
    for (const figure of figures) {
      const reserve = { least: 0, most: figure };
      const id = admitted(ledger.begin({ ...begun, reserve, estimate: reserve }, []));
      const usage = { promptTokens: figure, completionTokens: figure, cachedTokens: figure, cost: figure };
      ledger.end(id, {
        status: 'done',
        usage,
        assumedCost: figure,
        durationMs: figure,
        firstTokenMs: figure,
      });
      ledger.note(id, { generationId: `gen-${String(figure)}` });
      ledger.settle(`gen-${String(figure)}`, usage);
    }
    assert.ok(rows().every(({ status }) => status === 'done'));
    assert.ok(records.spentSinceEach([0]).every(Number.isFinite));
    assert.equal(records.groups(0)[0]?.requests, figures.length);
    assert.ok('refusedBy' in ledger.begin(begun, [{ of: 'day', limit: 1_000, since: 0 }]));
  });

  it('mends what earlier versions wrote and no sum can hold', () => {
    const database = open();
    database.exec(`
      INSERT INTO request (began_at, feature, requested_model, cost, prompt_tokens, reserved, status) VALUES
        (1, 'chat', 'm', 9223372036854775807, 9223372036854775807, 9223372036854775807, 'done'),
        (2, 'chat', 'm', -7, -7, -7, 'done'), (3, 'chat', 'm', 5, 6, 7, 'done');
      PRAGMA user_version = 6;
    `);
    open();
    assert.deepEqual(
      rows().map(({ cost, promptTokens, reserved }) => [cost, promptTokens, reserved]),
      [
        [5, 6, 7],
        [undefined, undefined, 0],
        [undefined, undefined, Number.MAX_SAFE_INTEGER],
      ],
    );
  });

  it('admits free requests even when the budget is overspent, for example after it was lowered', () => {
    const ledger = ledgerOf('here');
    const id = admitted(ledger.begin(begun, []));
    const usage = { promptTokens: 1, completionTokens: 1, cost: 900 };
    ledger.end(id, { status: 'done', usage, durationMs: 1, assumedCost: 0 });
    const budgets = [{ of: 'day', limit: 750, since: 500 }] as const;
    const free = ledger.begin({ ...begun, reserve: { least: 0, most: 0 } }, budgets);
    assert.deepEqual('id' in free && free.reserved, 0);
    assert.deepEqual(ledger.begin({ ...begun, reserve: { least: 0, most: 1 } }, budgets), refused);
  });

  it('never spends more than a limit, whichever of two windows asks, and in whatever order answers end', async () => {
    const send = fc.record({
      window: fc.nat(1),
      steps: fc.nat(5),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      most: fc.integer({ min: toPicoDollars(1_000), max: toPicoDollars(400_000) }),
    });
    const ledgers = [ledgerOf('here'), ledgerOf('there')];
    let day = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(send, { minLength: 10, maxLength: 10 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        async (sends, limit) => {
          day += 1;
          const now = new Date(2026, 0, day).getTime();
          const results = await Promise.allSettled(
            sends.map(async ({ window, steps, share, most }) => {
              const ledger = ledgers[window];
              assert.ok(ledger);
              const least = Math.floor(most / 10);
              const maxTokens = 1_000;
              const model: ChatModel = {
                async *stream(request) {
                  yield { type: 'text', text: 'So' };
                  for (let step = 0; step < steps; step++) {
                    await Promise.resolve();
                  }
                  const longest = least + ((most - least) * (request.maxTokens - 1)) / (maxTokens - 1);
                  const cost = Math.round(least + (longest - least) * share);
                  yield { type: 'usage', usage: { promptTokens: 1, completionTokens: 1, cost } };
                },
              };
              const entering = new MeteredModel(model, {
                ledger,
                estimate: () => ({ tokens: 1, cost: { least, uncached: least, most }, uncounted: [] }),
                maxCost: () => undefined,
                dayLimit: () => limit,
                ended: () => undefined,
                lookUp: () => undefined,
                workspace: () => undefined,
                now: () => now,
                failed: (error) => assert.fail(String(error)),
              });
              for await (const _event of entering.stream(
                aRequest({ maxTokens }),
                new AbortController().signal,
              )) {
                const spent = rows(now).reduce((sum, entry) => sum + costOf(entry), 0);
                assert.ok(
                  spent <= toPicoDollars(limit),
                  `${spent} of ${toPicoDollars(limit)} while requests are under way`,
                );
              }
            }),
          );
          for (const result of results) {
            assert.ok(
              result.status === 'fulfilled' ||
                (result.reason instanceof RequestError && result.reason.kind === 'dayBudget'),
              result.status === 'rejected' ? String(result.reason) : '',
            );
          }
          const entries = rows(now);
          assert.ok(entries.every(({ status }) => status === 'done'));
          assert.ok(entries.reduce((sum, { cost = NaN }) => sum + cost, 0) <= toPicoDollars(limit));
        },
      ),
      { numRuns: 40 },
    );
  });
});
