import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { ChatRequest } from '../../../src/core/conversation/chatModel.ts';
import type { RequestEstimate } from '../../../src/core/conversation/requestEstimate.ts';
import { RetryingModel } from '../../../src/core/conversation/retryingModel.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { Books } from '../../../src/core/usage/books.ts';
import { costOf } from '../../../src/core/usage/ledger.ts';
import { LedgerModel } from '../../../src/core/usage/ledgerModel.ts';
import { openDatabase } from '../../../src/host/store/database.ts';
import { SqliteLedger } from '../../../src/host/store/sqliteLedger.ts';
import { hear } from '../../contract/hearing.ts';
import { aRequest } from '../../support/builders.ts';
import { deferred, FakeChatModel } from '../../support/fakes.ts';

const priced: RequestEstimate = { tokens: 10, cost: { least: 1_000, most: 100_000 }, uncounted: [] };

describe('the model that enters each request in the ledger', () => {
  let model: FakeChatModel;
  let ledger: SqliteLedger;
  let entering: LedgerModel;
  let limit: number | undefined;
  let estimate: RequestEstimate;
  let time: number;
  let lookedUp: string[];
  let ended: unknown[];
  let failures: unknown[];

  beforeEach(() => {
    model = new FakeChatModel();
    // In memory: no folder can be made of this.
    const { database } = openDatabase('/dev/null/chats.sqlite', 1);
    ledger = new SqliteLedger(database, { self: 'here', isAlive: () => true });
    [limit, estimate, time, lookedUp, ended, failures] = [undefined, priced, 1_000, [], [], []];
    entering = new LedgerModel(model, {
      ledger,
      estimate: () => estimate,
      dayLimit: () => limit,
      ended: (usage) => ended.push(usage),
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
  const entries = () =>
    ledger.since(0).map((entry) => [entry.feature, entry.status, entry.failure, costOf(entry), entry.cost]);

  it('notes who asked, who answered and what it took', async () => {
    model.willAnswer(
      { type: 'origin', generationId: 'gen-1' },
      { type: 'origin', model: 'author/other', provider: 'Somebody' },
      { type: 'text', text: 'Yes.' },
      { type: 'usage', usage: { promptTokens: 3, completionTokens: 2, cost: 42 } },
    );
    await ask({ feature: 'switchboard.fixSelection' });
    assert.deepEqual(ledger.since(0), [
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
        estimate: 100_000,
        reserved: 1_000,
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
    const middle = Math.round(1_000 + (99_000 * 499) / 999);
    assert.deepEqual(entries(), [['chat', 'failed', 'network', middle, undefined]]);
    assert.deepEqual(lookedUp, ['gen-1']);
  });

  it('tells of the end of each request, once, with what it cost where that is known', async () => {
    const usage = { promptTokens: 3, completionTokens: 2, cost: 42 };
    model.willAnswer({ type: 'text', text: 'Yes.' }, { type: 'usage', usage });
    model.willAnswer(new RequestError('network'));
    await ask();
    await assert.rejects(ask(), { kind: 'network' });
    limit = 1;
    await assert.rejects(ask(), { kind: 'dayBudget' });
    assert.deepEqual(ended, [usage, undefined], 'what was never sent has no end');
  });

  it('notes that an answer was stopped, also when nobody listens any more', async () => {
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
      ledger.since(0).map(({ status }) => status),
      ['stopped', 'stopped'],
    );
    assert.deepEqual(lookedUp, ['gen-1', 'gen-2']);
  });

  describe('with a budget for the day', () => {
    it('sends nothing when too little is left', async () => {
      limit = 1_500;
      await assert.rejects(ask(), { kind: 'dayBudget' });
      assert.deepEqual([model.requests, ledger.since(0)], [[], []]);
    });

    it('asks for an answer that still fits', async () => {
      limit = 50_000;
      model.willAnswer();
      await ask();
      const [request] = model.requests;
      assert.ok(request && request.maxTokens > 480 && request.maxTokens < 500, String(request?.maxTokens));
    });

    it('asks for a structured answer whole or not at all', async () => {
      limit = 50_000;
      await assert.rejects(ask({ schema: { name: 'a', schema: {} } }), { kind: 'dayBudget' });
    });

    it('lets pass what is free, and sets something aside for what has no price', async () => {
      limit = 60_000;
      estimate = { tokens: 1, cost: 'variable', uncounted: [] };
      const gate = deferred<undefined>();
      model.willDo(async function* () {
        await gate.promise;
        yield { type: 'usage', usage: { promptTokens: 1, completionTokens: 1, cost: 60_000 } };
      });
      const first = ask();
      assert.equal(
        ledger.since(0).reduce((sum, entry) => sum + costOf(entry), 0),
        50_000,
      );
      gate.resolve(undefined);
      await first;
      await assert.rejects(ask(), { kind: 'dayBudget' });
      estimate = { tokens: 1, cost: { least: 0, most: 0 }, uncounted: [] };
      model.willAnswer();
      await ask();
    });
  });

  it('lets nobody go without an answer because the ledger cannot be written', async () => {
    const broken = new LedgerModel(model, {
      ledger: {
        begin: () => {
          throw new Error('disk full');
        },
        note: () => assert.fail(),
        end: () => assert.fail(),
        settle: () => assert.fail(),
        since: () => [],
      },
      estimate: () => priced,
      dayLimit: () => limit,
      ended: (usage) => ended.push(usage),
      lookUp: () => undefined,
      workspace: () => undefined,
      now: () => 1,
      failed: (error) => failures.push(error),
    });
    const signal = new AbortController().signal;
    model.willAnswer({ type: 'text', text: 'Yes.' });
    const heard = await hear(broken.stream(aRequest(), signal));
    assert.deepEqual([heard.text, failures.length, ended.length], ['Yes.', 1, 1]);
    limit = 1;
    await assert.rejects(broken.stream(aRequest(), signal).next(), /disk full/);
  });

  it('asks the books once for all who want to know, and enters what they say', async () => {
    model.willAnswer({ type: 'origin', generationId: 'gen-1' });
    await ask();
    let asked = 0;
    const books = new Books(
      ledger,
      () => Promise.resolve((asked += 1)).then(() => ({ promptTokens: 1, completionTokens: 2, cost: 33 })),
      (error) => assert.fail(String(error)),
    );
    const [one, other] = await Promise.all([books.lookUp('gen-1'), books.lookUp('gen-1')]);
    assert.deepEqual([asked, one, ledger.since(0).map(costOf)], [1, other, [33]]);
  });
});
