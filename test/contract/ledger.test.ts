import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { RetryingModel } from '../../src/core/conversation/retryingModel.ts';
import { lookUpUsage } from '../../src/core/conversation/usageLookup.ts';
import { readingOf } from '../../src/core/model/credit.ts';
import { CreditMonitor } from '../../src/core/model/creditMonitor.ts';
import { microDollarsFrom } from '../../src/core/model/money.ts';
import { OpenRouterAccount } from '../../src/core/openrouter/account.ts';
import { OpenRouterClient } from '../../src/core/openrouter/client.ts';
import { Books } from '../../src/core/usage/books.ts';
import { costOf } from '../../src/core/usage/ledger.ts';
import { LedgerModel } from '../../src/core/usage/ledgerModel.ts';
import { openStore, type OpenedStore } from '../../src/host/store/openStore.ts';
import type { Generation } from '../simulator/generations.ts';
import type { ScenarioName } from '../simulator/scenarios.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { aRequest, hear } from './hearing.ts';

describe('the ledger and the books of the service', () => {
  let folder: string;
  let store: OpenedStore;
  let simulator: Simulator;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
    store = openStore(folder, Date.now);
    simulator = await startSimulator();
  });

  after(async () => {
    store.dispose();
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  it('agree to the micro-dollar, whatever became of the requests', async () => {
    const { ledger } = store;
    const server = { baseUrl: () => simulator.baseUrl, apiKey: () => Promise.resolve(simulatorKey) };
    const account = new OpenRouterAccount(server);
    const signal = new AbortController().signal;
    const sleep = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
    const books = new Books(
      ledger,
      (id) => lookUpUsage(account, id, { sleep, signal }),
      (error) => assert.fail(String(error)),
    );
    const credit = new CreditMonitor(account, Date.now);
    await credit.refresh();
    const lookUps: Promise<unknown>[] = [];
    const entering = new LedgerModel(new OpenRouterClient(server), {
      ledger,
      estimate: () => ({ tokens: 1, cost: { least: 100, most: 10_000 }, uncounted: [] }),
      dayLimit: () => undefined,
      ended: (usage) => {
        credit.answered(usage);
      },
      lookUp: (id) => {
        const lookUp = books.lookUp(id).then((usage) => {
          credit.answered(usage);
        });
        lookUps.push(lookUp);
      },
      workspace: () => undefined,
      now: Date.now,
      failed: (error) => assert.fail(String(error)),
    });
    const model = new RetryingModel(entering, { sleep: () => Promise.resolve(), random: () => 0 });
    const asking = async (scenario: ScenarioName, asked = 'anthropic/claude-sonnet-4.6'): Promise<void> => {
      simulator.use(scenario);
      await hear(model.stream(aRequest(`Tell me of ${scenario}.`, { model: asked }), signal));
    };
    const stopping = async (): Promise<void> => {
      simulator.use({ name: 'readable', about: 'Time to stop it', pace: { tokensPerSecond: 200 } });
      const stop = new AbortController();
      for await (const { type } of model.stream(aRequest('Count.'), stop.signal)) {
        if (type === 'text') {
          stop.abort();
        }
      }
      await simulator.journal.waitFor(({ aborted }) => aborted);
    };
    await asking('default');
    await asking('usage-empty-choices');
    await asking('length-cut');
    await asking('refuses-once');
    await asking('midstream-error');
    await asking('error-credit');
    await asking('default', 'openrouter/free');
    await asking('own-provider-key');
    await stopping();
    await Promise.all(lookUps);
    const followed = credit.credit;
    await credit.refresh();
    credit.dispose();

    const entries = ledger.since(0);
    const sum = (costs: readonly number[]): number => costs.reduce((total, cost) => total + cost, 0);
    assert.deepEqual(
      entries.filter(({ cost }) => cost === undefined),
      [],
      'every cost is known',
    );
    const chargedFor = ({ cost, ownProviderKey, upstreamCost }: Generation): number =>
      (microDollarsFrom(cost) ?? NaN) + (ownProviderKey ? (microDollarsFrom(upstreamCost) ?? NaN) : 0);
    const theirs = simulator.generations.map(chargedFor);
    assert.ok(sum(theirs) > 0);
    assert.equal(sum(entries.map(costOf)), sum(theirs));
    assert.deepEqual(entries.map(({ status }) => status).reverse(), [
      'done',
      'done',
      'done',
      'failed',
      'done',
      'failed',
      'failed',
      'done',
      'done',
      'stopped',
    ]);
    const read = readingOf(credit.credit);
    assert.ok(read && read.key.ownKeys.today > 0 && read.key.spentToday > 0);
    const { freeRequests: _free, ...known } = read.key;
    const { freeRequests: _before, ...shown } = readingOf(followed)?.key ?? {};
    assert.deepEqual(shown, known, 'what was shown without reading again is what was read in the end');
    for (const generation of simulator.generations) {
      const entry = entries.find(({ generationId }) => generationId === generation.id);
      const { promptTokens, model: name } = generation;
      assert.deepEqual([entry?.cost, entry?.promptTokens], [chargedFor(generation), promptTokens], name);
    }
  });
});
