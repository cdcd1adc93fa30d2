import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { ChatModel } from '../../../src/core/conversation/chatModel.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { costOf, type BegunRequest, type Ledger } from '../../../src/core/usage/ledger.ts';
import { LedgerModel } from '../../../src/core/usage/ledgerModel.ts';
import { openDatabase } from '../../../src/host/store/database.ts';
import { SqliteLedger } from '../../../src/host/store/sqliteLedger.ts';
import { aRequest } from '../../support/builders.ts';

const begun: BegunRequest = {
  beganAt: 1_000,
  workspace: 'shop',
  feature: 'chat',
  requestedModel: 'author/model',
  estimate: 500,
  reserve: { least: 100, most: 500 },
};

describe('the ledger on disk', () => {
  let folder: string;
  let opened: DatabaseSync[];
  let alive: Set<string>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
    opened = [];
    alive = new Set(['here', 'there']);
  });

  afterEach(() => {
    opened.forEach((database) => {
      database.close();
    });
    rmSync(folder, { recursive: true });
  });

  const ledgerOf = (self: string): Ledger => {
    const { database } = openDatabase(join(folder, 'chats.sqlite'), 1);
    opened.push(database);
    return new SqliteLedger(database, { self, isAlive: (owner) => alive.has(owner) });
  };

  it('keeps all that is known of a request, for every window', () => {
    const [here, there] = [ledgerOf('here'), ledgerOf('there')];
    const { id = 0 } = here.begin(begun) ?? {};
    assert.deepEqual(
      there.since(0).map(({ status, reserved }) => [status, reserved]),
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
    assert.deepEqual(there.since(1_000), [
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
        estimate: 500,
        reserved: 200,
        promptTokens: 10,
        completionTokens: 20,
        cost: 123,
        durationMs: 900,
        firstTokenMs: 80,
      },
    ]);
    assert.deepEqual(there.since(1_001), []);
  });

  it('takes an estimate for the cost until the service tells it', () => {
    const ledger = ledgerOf('here');
    const { id = 0 } = ledger.begin(begun) ?? {};
    ledger.note(id, { generationId: 'gen-1' });
    ledger.end(id, { status: 'stopped', assumedCost: 140, durationMs: 5 });
    assert.deepEqual(ledger.since(0).map(costOf), [140]);
    ledger.settle('gen-1', { promptTokens: 1, completionTokens: 2, cost: 77 });
    ledger.settle('gen-2', { promptTokens: 1, completionTokens: 2, cost: 9_999 });
    assert.deepEqual(ledger.since(0).map(costOf), [77]);
  });

  it('sets aside what is left of a budget, and nothing for less than is worth it', () => {
    const [here, there] = [ledgerOf('here'), ledgerOf('there')];
    const budget = { limit: 750, since: 500 };
    here.begin({ ...begun, beganAt: 499 });
    assert.equal(there.begin(begun, budget)?.reserved, 250, 'one of yesterday is still under way');
    assert.equal(there.begin(begun, budget), undefined);
    alive.delete('here');
    assert.equal(there.begin(begun, budget)?.reserved, 500, 'what a dead window had set aside is free');
    assert.equal(there.begin(begun, budget), undefined);
    assert.equal(there.begin({ ...begun, reserve: { least: 0, most: 0 } }, budget)?.reserved, 0);
    assert.deepEqual(there.since(0).at(-1)?.status, 'interrupted');
  });

  it('never spends more than a limit, whichever of two windows asks, and in whatever order answers end', async () => {
    const send = fc.record({
      window: fc.nat(1),
      steps: fc.nat(5),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      most: fc.integer({ min: 1_000, max: 400_000 }),
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
              const entering = new LedgerModel(model, {
                ledger,
                estimate: () => ({ tokens: 1, cost: { least, most }, uncounted: [] }),
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
                const spent = ledger.since(now).reduce((sum, entry) => sum + costOf(entry), 0);
                assert.ok(spent <= limit, `${spent} of ${limit} while requests are under way`);
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
          const entries = ledgers[0]?.since(now) ?? [];
          assert.ok(entries.every(({ status }) => status === 'done'));
          assert.ok(entries.reduce((sum, { cost = NaN }) => sum + cost, 0) <= limit);
        },
      ),
      { numRuns: 40 },
    );
  });
});
