import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { ChatRequest } from '../../../src/core/conversation/generation/chatModel.ts';
import type { RequestEstimate } from '../../../src/core/conversation/generation/requestEstimate.ts';
import { RetryingModel } from '../../../src/core/conversation/generation/retryingModel.ts';
import { toPicoDollars } from '../../../src/core/money/money.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import type { Usage } from '../../../src/core/conversation/message.ts';
import { UsageReconciler } from '../../../src/core/usage/usageReconciler.ts';
import { costOf } from '../../../src/core/usage/ledger.ts';
import { MeteredModel } from '../../../src/core/usage/meteredModel.ts';
import { openDatabase } from '../../../src/host/store/database.ts';
import { SqliteLedger } from '../../../src/host/store/sqliteLedger.ts';
import { SqliteUsageRecords } from '../../../src/host/store/sqliteUsageRecords.ts';
import { collect } from '../../contract/hearing.ts';
import { aRequest, clean } from '../../support/builders.ts';
import { deferred, FakeChatModel } from '../../support/fakes.ts';

/** Costs as the service tells them: of these, a limit for the day has so many. */
const micro = toPicoDollars;

const priced: RequestEstimate = {
  tokens: 10,
  cost: { least: micro(600), uncached: micro(1_000), most: micro(100_000) },
  uncounted: [],
};

describe('the model that enters each request in the ledger', () => {
  let model: FakeChatModel;
  let ledger: SqliteLedger;
  let records: SqliteUsageRecords;
  let entering: MeteredModel;
  let limit: number | undefined;
  let estimate: RequestEstimate;
  let maxCost: number | undefined;
  let time: number;
  let lookedUp: string[];
  let ended: unknown[];
  let failures: unknown[];
  let free: boolean[];

  beforeEach(() => {
    model = new FakeChatModel();
    // In memory: no folder can be made of this.
    const { database } = openDatabase('/dev/null/chats.sqlite', 1);
    ledger = new SqliteLedger(database, { self: 'here', isAlive: () => true });
    records = new SqliteUsageRecords(database);
    [limit, estimate, time, lookedUp, ended, failures] = [undefined, priced, 1_000, [], [], []];
    maxCost = undefined;
    free = [];
    entering = new MeteredModel(model, {
      ledger,
      estimate: () => estimate,
      maxCost: () => maxCost,
      dayLimit: () => limit,
      ended: (usage, isFree) => {
        ended.push(usage);
        free.push(isFree);
      },
      lookUp: (generationId) => lookedUp.push(generationId),
      workspace: () => 'shop',
      now: () => (time += 10),
      failed: (error) => failures.push(error),
    });
  });

  const ask = async (
    facts: Partial<ChatRequest> = {},
    signal = new AbortController().signal,
  ): Promise<void> => {
    for await (const _event of entering.stream(aRequest({ maxTokens: 1_000, ...facts }), signal)) {
      // Only the entries matter.
    }
  };
  const rows = () => [...records.each({ since: 0 })];
  const entries = () =>
    rows().map((entry) => [entry.feature, entry.status, entry.failure, costOf(entry), entry.cost]);

  it('records the feature, the model that answered, and the usage', async () => {
    model.willAnswer(
      { type: 'origin', generationId: 'gen-1' },
      { type: 'origin', model: 'author/other', provider: 'Somebody' },
      { type: 'text', text: 'Yes.' },
      { type: 'usage', usage: { promptTokens: 3, completionTokens: 2, cost: 42 } },
    );
    await ask({ feature: 'switchboard.fixSelection' });
    assert.deepEqual(rows(), [
      {
        id: 1,
        beganAt: 1_010,
        workspace: 'shop',
        feature: 'switchboard.fixSelection',
        requestedModel: 'author/model',
        generationId: 'gen-1',
        model: 'author/other',
        provider: 'Somebody',
        status: 'done',
        estimate: { least: micro(600), most: micro(100_000) },
        reserved: micro(1_000),
        promptTokens: 3,
        completionTokens: 2,
        cost: 42,
        durationMs: 20,
        firstTokenMs: 10,
      },
    ]);
    assert.deepEqual(lookedUp, []);
  });

  it('enters each try, and what failed before anything came as free', async () => {
    model.willAnswer(new RequestError('provider', { status: 503 }));
    model.willAnswer({ type: 'usage', usage: { promptTokens: 1, completionTokens: 1, cost: 7 } });
    const retrying = new RetryingModel(entering, { sleep: () => Promise.resolve(), random: () => 0 });
    for await (const _event of retrying.stream(aRequest(), new AbortController().signal)) {
      // Only the entries matter.
    }
    assert.deepEqual(entries(), [
      ['chat', 'done', undefined, 7, 7],
      ['chat', 'failed', 'provider', 0, 0],
    ]);
  });

  it('estimates what broke off by what came of it, and has its cost looked up', async () => {
    model.willAnswer(
      { type: 'origin', generationId: 'gen-1' },
      { type: 'text', text: 'x'.repeat(2_000) },
      new RequestError('network'),
    );
    await assert.rejects(ask(), { kind: 'network' });
    const middle = Math.round(micro(1_000 + (99_000 * 499) / 999));
    assert.deepEqual(entries(), [['chat', 'failed', 'network', middle, undefined]]);
    assert.deepEqual(lookedUp, ['gen-1']);
  });

  for (const [asked, served, isFree] of [
    ['a/b:free', undefined, true],
    ['openrouter/free', 'a/b', true],
    ['openrouter/auto', 'a/b:free', true],
    ['a/b', 'a/b', false],
    ['a/freedom', undefined, false],
  ] as const) {
    it(`says ${isFree ? 'that' : 'not that'} a request was free: ${asked}, answered by ${String(served)}`, async () => {
      model.willAnswer(...(served === undefined ? [] : [{ type: 'origin' as const, model: served }]));
      await ask({ model: asked });
      assert.deepEqual(free, [isFree]);
    });
  }

  it('reports the end of each request once, with its cost if known', async () => {
    const usage = { promptTokens: 3, completionTokens: 2, cost: 42 };
    model.willAnswer({ type: 'text', text: 'Yes.' }, { type: 'usage', usage });
    model.willAnswer(new RequestError('network'));
    await ask();
    await assert.rejects(ask(), { kind: 'network' });
    limit = 1;
    await assert.rejects(ask(), { kind: 'dayBudget' });
    assert.deepEqual(ended, [usage, undefined], 'what was never sent has no end');
  });

  it('records that an answer was stopped, even without a listener', async () => {
    const stop = new AbortController();
    model.willDo(async function* () {
      yield { type: 'origin', generationId: 'gen-1' };
      await Promise.resolve();
      stop.abort();
    });
    await ask({}, stop.signal);
    model.willAnswer({ type: 'origin', generationId: 'gen-2' }, { type: 'text', text: 'and so on' });
    for await (const event of entering.stream(aRequest(), new AbortController().signal)) {
      if (event.type === 'text') {
        break;
      }
    }
    assert.deepEqual(
      rows().map(({ status }) => status),
      ['stopped', 'stopped'],
    );
    assert.deepEqual(lookedUp, ['gen-1', 'gen-2']);
  });

  describe('with a budget for the day', () => {
    it('sends nothing when too little is left', async () => {
      limit = 1_500;
      await assert.rejects(ask(), { kind: 'dayBudget' });
      assert.deepEqual([model.requests, rows()], [[], []]);
    });

    it('asks for an answer that still fits', async () => {
      limit = 50_000;
      model.willAnswer();
      await ask();
      const [request] = model.requests;
      assert.ok(request && request.maxTokens > 480 && request.maxTokens < 500, String(request?.maxTokens));
    });

    it('requests a structured answer at full length or not at all', async () => {
      limit = 50_000;
      await assert.rejects(ask({ schema: clean({ name: 'a', schema: {} }) }), { kind: 'dayBudget' });
    });

    it('admits free requests', async () => {
      limit = 1;
      estimate = { tokens: 1, cost: { least: 0, uncached: 0, most: 0 }, uncounted: [] };
      model.willAnswer({ type: 'usage', usage: { promptTokens: 1, completionTokens: 1, cost: micro(1) } });
      model.willAnswer();
      await ask();
      await ask();
    });

    describe('for a request whose price cannot be told', () => {
      const costing = (cost: number, gate?: Promise<unknown>): void => {
        model.willDo(async function* () {
          await gate;
          yield { type: 'usage', usage: { promptTokens: 1, completionTokens: 1, cost } };
        });
      };
      /** What is set aside while it is on its way. */
      const reservedFor = async (cost: number): Promise<number | undefined> => {
        const gate = deferred<undefined>();
        costing(cost, gate.promise);
        const asking = ask();
        const reserved = rows()[0]?.reserved;
        gate.resolve(undefined);
        await asking;
        return reserved;
      };

      beforeEach(() => {
        limit = 60_000;
        estimate = { tokens: 1, cost: 'variable', uncounted: [] };
      });

      it('sets aside what the most expensive model would take, and later what the most expensive such request took', async () => {
        maxCost = micro(40_000);
        assert.equal(await reservedFor(micro(300)), micro(40_000));
        assert.equal(await reservedFor(micro(200)), micro(300));
        assert.equal(await reservedFor(micro(200)), micro(300));
      });

      it('sets aside all that is left where nothing has a price', async () => {
        assert.equal(await reservedFor(micro(10_000)), micro(60_000));
        assert.equal(await reservedFor(micro(10_000)), micro(10_000));
      });

      it('sends nothing when nothing is left', async () => {
        costing(micro(60_000));
        await ask();
        await assert.rejects(ask(), { kind: 'dayBudget' });
      });

      it('sets nothing aside without a budget', async () => {
        limit = undefined;
        assert.equal(await reservedFor(micro(10)), 0);
      });
    });
  });

  describe('with a budget for a run', () => {
    const run = { id: 'run', limit: micro(150_000) };

    it('lets its requests together spend no more, and shortens what would', async () => {
      const gate = deferred<undefined>();
      model.willDo(async function* () {
        await gate.promise;
        yield { type: 'usage', usage: { promptTokens: 1, completionTokens: 1, cost: micro(100_000) } };
      });
      const first = ask({ run });
      model.willAnswer({
        type: 'usage',
        usage: { promptTokens: 1, completionTokens: 1, cost: micro(50_000) },
      });
      await ask({ run });
      const [, second] = model.requests;
      assert.ok(second && second.maxTokens < 500, String(second?.maxTokens));
      gate.resolve(undefined);
      await first;
      await assert.rejects(ask({ run }), { kind: 'runBudget' });
      assert.equal(model.requests.length, 2);
      model.willAnswer();
      await ask({ run: { ...run, id: 'another' } });
      assert.deepEqual(
        rows().map((row) => row.run),
        ['another', 'run', 'run'],
      );
    });

    it('does not lift the limit of the day', async () => {
      limit = 500;
      await assert.rejects(ask({ run }), { kind: 'dayBudget' });
    });
  });

  it("still answers if the ledger can't be written", async () => {
    const broken = new MeteredModel(model, {
      ledger: {
        begin: () => {
          throw new Error('disk full');
        },
        note: () => assert.fail(),
        end: () => assert.fail(),
        settle: () => assert.fail(),
        unsettled: () => [],
        mostExpensiveOf: () => undefined,
        spentSince: () => 0,
      },
      estimate: () => priced,
      maxCost: () => undefined,
      dayLimit: () => limit,
      ended: (usage) => ended.push(usage),
      lookUp: () => undefined,
      workspace: () => undefined,
      now: () => 1,
      failed: (error) => failures.push(error),
    });
    const signal = new AbortController().signal;
    model.willAnswer({ type: 'text', text: 'Yes.' });
    const heard = await collect(broken.stream(aRequest(), signal));
    assert.deepEqual([heard.text, failures.length, ended.length], ['Yes.', 1, 1]);
    limit = 1;
    await assert.rejects(broken.stream(aRequest(), signal).next(), {
      kind: 'ledger',
      facts: { detail: 'disk full' },
    });
  });

  it('fetches a record once for all callers and stores it', async () => {
    model.willAnswer({ type: 'origin', generationId: 'gen-1' });
    await ask();
    let asked = 0;
    const usageOf = (): Promise<Usage> => {
      asked += 1;
      return Promise.resolve({ promptTokens: 1, completionTokens: 2, cost: 33 });
    };
    const reconciler = new UsageReconciler({
      ledger,
      generations: () => ({ usageOf }),
      sleep: () => Promise.resolve(),
      signal: new AbortController().signal,
      failed: (error) => assert.fail(String(error)),
    });
    const [one, other] = await Promise.all([reconciler.lookUp('gen-1'), reconciler.lookUp('gen-1')]);
    assert.deepEqual([asked, one, rows().map(costOf)], [1, other, [33]]);
  });
});
