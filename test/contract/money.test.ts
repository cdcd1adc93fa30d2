import assert from 'node:assert/strict';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as z from 'zod/mini';
import { CreditMonitor } from '../../src/core/account/creditMonitor.ts';
import { formatCost, microDollarsFrom, picoDollarsFrom, toMicroDollars } from '../../src/core/money/money.ts';
import { toUsageView } from '../../src/host/usage/usageView.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { deferred } from '../support/fakes.ts';
import { askMixed } from '../support/mixedRequests.ts';
import { openMoneyWindow, type MoneyWindow } from '../support/moneyWindow.ts';

const questions = 500;
const timeoutMs = 120_000;
const mixedWindow = fileURLToPath(new URL('../support/mixedWindow.ts', import.meta.url));
const spendingWindow = fileURLToPath(new URL('../support/spendingWindow.ts', import.meta.url));

describe('money, by our reconciler and by those of the service', () => {
  let folder: string;
  let simulator: Simulator;
  let window: MoneyWindow;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
    simulator = await startSimulator();
    simulator.setKey(simulatorKey, { limit: null, limit_remaining: null, account_balance: 1_000 });
    window = await openMoneyWindow({ folder, baseUrl: simulator.baseUrl });
  });

  afterEach(async () => {
    window.dispose();
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  /** A window that sends five questions at a time, in a process of its own, and the lines that it says. */
  const spending = async (): Promise<[ChildProcessByStdio<Writable, Readable, null>, Interface]> => {
    const child = spawn(process.execPath, [spendingWindow, folder, simulator.baseUrl], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    assert.deepEqual(await once(lines, 'line'), ['ready']);
    return [child, lines];
  };
  const posts = (): number => simulator.journal.requests.filter(({ method }) => method === 'POST').length;
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);
  /** What the service has counted for the key, in micro-dollars: own provider keys are billed elsewhere. */
  const counted = (): { readonly account: number; readonly ownKeys: number } => {
    const { usage = NaN, byok_usage: ownKeys = NaN } = simulator.keyRecord(simulatorKey) ?? {};
    return { account: microDollarsFrom(usage) ?? NaN, ownKeys: microDollarsFrom(ownKeys) ?? NaN };
  };

  /** All that shows money agrees with the simulator; `shown` is what chats and commands have said. */
  const assertAgreed = async (before: ReturnType<typeof counted>, shown: number): Promise<void> => {
    const { records, ledger } = window.store;
    const entries = [...records.each({ since: 0 })];
    assert.equal(entries.length, posts(), 'one row for each request');
    const told = new Map(entries.map((entry) => [entry.generationId, entry]));
    for (const { id, cost, upstreamCost, ownProviderKey, ...run } of simulator.generations) {
      const entry = told.get(id);
      const paid =
        (picoDollarsFrom(cost) ?? NaN) + (ownProviderKey ? (picoDollarsFrom(upstreamCost) ?? NaN) : 0);
      assert.deepEqual(
        [entry?.cost, entry?.ownKey ?? false, entry?.promptTokens, entry?.cachedTokens ?? 0],
        [paid, ownProviderKey, run.promptTokens, run.cachedTokens],
        `${id} ${run.model} ${String(entry?.status)}`,
      );
    }
    assert.deepEqual(
      entries.filter(({ cost }) => cost === undefined),
      [],
      'every cost is known',
    );

    const after = counted();
    const account = after.account - before.account;
    const theirs = toMicroDollars(
      sum(
        simulator.generations.map(
          ({ cost, upstreamCost, ownProviderKey }) =>
            (picoDollarsFrom(cost) ?? NaN) + (ownProviderKey ? (picoDollarsFrom(upstreamCost) ?? NaN) : 0),
        ),
      ),
    );
    assert.ok(theirs > 0);
    assert.equal(toMicroDollars(ledger.spentSince(0)), theirs, 'the ledger');
    assert.equal(toMicroDollars(shown), theirs, 'the chats and the commands');
    const names = { modelName: (id: string) => id, featureName: (id: string) => id };
    const view = toUsageView(records, 'all', { now: Date.now(), names });
    assert.deepEqual(
      view.totals.map(({ cost }) => cost),
      Array.from({ length: 4 }, () => formatCost(theirs * 1e6)),
      'the usage view',
    );
    assert.equal(toMicroDollars(sum(records.groups(0).map(({ cost }) => cost))), theirs, 'its groups');
    const credit = new CreditMonitor(window.account, Date.now);
    await credit.refresh();
    assert.ok(credit.credit.state === 'known');
    assert.equal(credit.credit.key.spent - before.account, account, 'the credit item');
    const ownKeys = sum(
      simulator.generations.map(({ ownProviderKey, upstreamCost }) =>
        ownProviderKey ? (picoDollarsFrom(upstreamCost) ?? NaN) : 0,
      ),
    );
    assert.equal(toMicroDollars(ledger.spentSince(0) - ownKeys), account, 'what the account pays');
    assert.equal(after.ownKeys - before.ownKeys, toMicroDollars(ownKeys), 'what own keys are billed');
    credit.dispose();
  };

  it(`agrees to the micro-dollar after ${questions} requests of all sorts`, async () => {
    const before = counted();
    const shown = await askMixed(window, questions);
    await window.settled();
    await assertAgreed(before, shown);
    const entries = [...window.store.records.each({ since: 0 })];
    const ends = new Set(entries.map(({ status, failure }) => failure ?? status));
    for (const end of ['done', 'stopped', 'provider', 'truncated', 'credit']) {
      assert.ok(ends.has(end), `${end} is among ${[...ends].join(', ')}`);
    }
    assert.ok(
      entries.some(({ cost, status, promptTokens }) => status === 'done' && cost === 0 && promptTokens === 0),
    );
    assert.ok(
      entries.some(({ cost = 0 }) => cost % 1e6 !== 0),
      'some costs have more digits than a micro-dollar',
    );
  }).timeout(timeoutMs);

  it('agrees as well when two windows ask at once', async () => {
    const before = counted();
    const ask = async (): Promise<number> => {
      const args = [mixedWindow, folder, simulator.baseUrl, String(questions / 2)];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const [said, ended] = await Promise.all([text(child.stdout), once(child, 'close')]);
      assert.deepEqual(ended, [0, null]);
      return z.object({ shown: z.number() }).parse(JSON.parse(said)).shown;
    };
    await assertAgreed(before, sum(await Promise.all([ask(), ask()])));
  }).timeout(timeoutMs);

  it('learns in the background what a request cost whose window died', async () => {
    simulator.use('stall');
    const [child, stdout] = await spending();
    child.stdin.write('1000000\n');
    await simulator.journal.waitFor(({ pieces }) => pieces > 0);
    const died = once(child, 'close');
    // Its answers have come so far as to have their ids in the ledger.
    const { records, ledger } = window.store;
    const known = (): number => [...records.each({ since: 0 })].filter((entry) => entry.generationId).length;
    while (known() < 5) {
      await simulator.journal.waitFor(({ pieces }) => pieces >= 12);
      await new Promise(setImmediate);
    }
    child.kill('SIGKILL');
    await died;
    stdout.close();
    while (simulator.generations.length < 5) {
      await new Promise(setImmediate);
    }
    const gets = simulator.journal.requests.length;
    await window.reconciler.reconcileLost(Date.now());
    const entries = [...records.each({ since: 0 })];
    assert.deepEqual(
      entries.map(({ status }) => status),
      Array.from({ length: 5 }, () => 'interrupted'),
    );
    const theirs = sum(simulator.generations.map(({ cost }) => picoDollarsFrom(cost) ?? NaN));
    assert.ok(theirs > 0);
    assert.equal(ledger.spentSince(0), theirs);
    assert.deepEqual(ledger.unsettled(0), []);
    assert.ok(simulator.journal.requests.slice(gets).every(({ path }) => path.endsWith('/generation')));
  }).timeout(timeoutMs);

  it('sends nothing beyond the limit of the day, whichever of two windows asks ten times at once', async () => {
    const gate = deferred<undefined>();
    simulator.use({ name: 'held', about: 'Waits for the test', pause: { after: 0, until: gate.promise } });
    const windows = await Promise.all([spending(), spending()]);
    const said: string[] = [];
    let heard = deferred<undefined>();
    for (const [, lines] of windows) {
      lines.on('line', (line) => {
        said.push(line);
        heard.resolve(undefined);
      });
    }
    const until = async (line: string, times: number): Promise<void> => {
      while (said.filter((each) => each === line).length < times) {
        heard = deferred<undefined>();
        await heard.promise;
      }
    };
    const send = (limit: number): void => {
      windows.forEach(([{ stdin }]) => stdin.write(`${String(limit)}\n`));
    };

    // Two answers of 500 tokens at 15 micro-dollars fit, and one that is shorter.
    send(20_000);
    await until('dayBudget', 7);
    await simulator.journal.waitFor(() => simulator.journal.to('/chat/completions').length >= 3);
    assert.equal(posts(), 3);
    const reserved = [...window.store.records.each({ since: 0 })].map((entry) => entry.reserved);
    assert.ok(toMicroDollars(sum(reserved)) <= 20_000);
    gate.resolve(undefined);
    await until('done', 3);
    assert.ok(toMicroDollars(window.store.ledger.spentSince(0)) <= 20_000);

    // Now the limit is reached: nothing leaves any more.
    send(Math.floor(toMicroDollars(window.store.ledger.spentSince(0))));
    await until('dayBudget', 17);
    assert.equal(posts(), 3);
    assert.equal(window.store.records.count({ since: 0 }), 3);
    const ended = windows.map(([child]) => once(child, 'close'));
    windows.forEach(([{ stdin }]) => stdin.end());
    await Promise.all(ended);
  }).timeout(timeoutMs);
});
