import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { toPicoDollars } from '../../../src/core/money/money.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { MeteredModel } from '../../../src/core/usage/meteredModel.ts';
import { openStore, type OpenedStore } from '../../../src/host/store/openStore.ts';
import { reportOf } from '../../../src/host/words/report.ts';
import { aRequest } from '../../support/builders.ts';
import { FakeChatModel } from '../../support/fakes.ts';

const dollar = 1_000_000;
const hour = 3_600_000;
const noon = new Date(2026, 5, 15, 12).getTime();

/** What a request may cost: a dollar, and two cents at least. */
const cost = { least: toPicoDollars(20_000), uncached: toPicoDollars(20_000), most: toPicoDollars(dollar) };

describe("the day's budget when things break", () => {
  let folder: string;
  let opened: OpenedStore[];
  let now: number;
  let sent: number;
  let failures: unknown[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
    [opened, now, sent, failures] = [[], noon, 0, []];
  });
  afterEach(() => {
    for (const each of opened) {
      each.dispose();
    }
    rmSync(folder, { recursive: true });
  });

  const file = (): string => join(folder, 'chats.sqlite');
  const open = (): OpenedStore => {
    const store = openStore(folder, () => now);
    opened.push(store);
    return store;
  };
  const close = (store: OpenedStore): void => {
    opened.splice(opened.indexOf(store), 1);
    store.dispose();
  };
  const windowOn = (
    { ledger }: Pick<OpenedStore, 'ledger'>,
    model: FakeChatModel,
    price = cost,
  ): MeteredModel =>
    new MeteredModel(model, {
      ledger,
      estimate: () => ({ tokens: 1, cost: price, uncounted: [] }),
      maxCost: () => undefined,
      dayLimit: () => dollar,
      ended: () => undefined,
      lookUp: () => undefined,
      workspace: () => undefined,
      now: () => now,
      failed: (error) => failures.push(error),
    });
  /** Sends a request that costs so much, and says how that went. */
  const spend = async (
    store: Pick<OpenedStore, 'ledger'>,
    dollars: number,
    price = cost,
  ): Promise<string> => {
    const model = new FakeChatModel();
    const usage = { promptTokens: 1, completionTokens: 1, cost: toPicoDollars(dollars * dollar) };
    model.willAnswer({ type: 'origin', generationId: 'gen-1' }, { type: 'usage', usage });
    try {
      for await (const _event of windowOn(store, model, price).stream(
        aRequest(),
        new AbortController().signal,
      )) {
        // Only the end matters.
      }
      sent += 1;
      return 'sent';
    } catch (error) {
      assert.ok(error instanceof RequestError, String(error));
      assert.equal(model.requests.length, 0, 'nothing was sent');
      const { message, remedies } = reportOf(error);
      assert.ok(message.length > 20 && remedies.length > 0, 'words and a way on');
      return error.kind;
    }
  };

  const breaks: readonly (readonly [about: string, work: () => void, kind: string])[] = [
    [
      'is damaged and set aside',
      () => {
        writeFileSync(file(), 'this is no database, '.repeat(500));
      },
      'spendingUnknown',
    ],
    [
      'was written by a newer version',
      () => {
        const newer = new DatabaseSync(file());
        newer.exec('PRAGMA user_version = 99');
        newer.close();
      },
      'spendingUnknown',
    ],
    [
      'can not be opened',
      () => {
        rmSync(folder, { recursive: true });
        writeFileSync(folder, '');
      },
      'spendingUnknown',
    ],
    ['is as it was', () => undefined, 'dayBudget'],
  ];
  for (const [about, work, kind] of breaks) {
    it(`refuses, with words, while the file ${about}`, async () => {
      const before = open();
      assert.equal(await spend(before, 5), 'sent');
      close(before);
      work();
      assert.equal(await spend(open(), 0.5), kind);
      // Another window, or this one after a restart, knows no more.
      assert.equal(await spend(open(), 0.5), kind);
      assert.equal(sent, 1);
    });
  }

  it('sends what is free though nobody knows what was spent', async () => {
    writeFileSync(file(), 'this is no database, '.repeat(500));
    assert.equal(await spend(open(), 0, { least: 0, uncached: 0, most: 0 }), 'sent');
  });

  it('knows again what was spent on the day after a file was set aside', async () => {
    writeFileSync(file(), 'this is no database, '.repeat(500));
    assert.equal(await spend(open(), 0.5), 'spendingUnknown');
    now += 24 * hour;
    assert.equal(await spend(open(), 0.5), 'sent');
  });

  it('refuses when the file is gone from under an open window', async () => {
    const store = open();
    renameSync(file(), `${file()}.away`);
    assert.equal(await spend(store, 0.5), 'ledger');
  });

  it('counts what a window may have spent that died while it sent', async () => {
    const { database, ledger } = { database: open(), ledger: open().ledger };
    const request = {
      beganAt: now,
      feature: 'chat',
      requestedModel: 'm',
      reserve: { least: 1, most: cost.most },
    };
    ledger.begin(request, []);
    close(opened[1] ?? database);
    assert.equal(await spend(database, 0.5), 'dayBudget');
    assert.equal([...database.records.each({ since: 0 })][0]?.status, 'interrupted');
  });

  for (const [about, by] of [
    ['forward', 24 * hour],
    ['far forward', 400 * 24 * hour],
    ['back', -24 * hour],
  ] as const) {
    it(`takes no window for dead whose clock was set ${about}`, async () => {
      const running = open();
      const request = {
        beganAt: now,
        feature: 'chat',
        requestedModel: 'm',
        reserve: { least: 1, most: cost.most },
      };
      running.ledger.begin(request, []);
      now += by;
      assert.equal(await spend(open(), 0.5), 'dayBudget');
      assert.equal([...running.records.each({ since: 0 })][0]?.status, 'running');
    });
  }

  it('still counts what was spent after the clock was set back', async () => {
    const store = open();
    assert.equal(await spend(store, 1), 'sent');
    now -= 24 * hour;
    assert.equal(await spend(store, 0.5), 'dayBudget');
  });

  it('writes the end of a request as soon as that is possible', async () => {
    const store = open();
    let full = true;
    const end = store.ledger.end.bind(store.ledger);
    const ledger = Object.assign(store.ledger, {
      end: (...about: Parameters<typeof end>) => {
        if (full) {
          throw new Error('database or disk is full');
        }
        end(...about);
      },
    });
    const model = new FakeChatModel();
    const window = windowOn({ ledger }, model);
    const usage = { promptTokens: 1, completionTokens: 1, cost: 0 };
    const ask = async (): Promise<void> => {
      model.willAnswer({ type: 'usage', usage });
      for await (const _event of window.stream(aRequest(), new AbortController().signal)) {
        // Only the entries matter.
      }
    };
    const states = (): unknown =>
      [...store.records.each({ since: 0 })].map(({ status, cost: paid }) => [status, paid]);
    await ask();
    assert.deepEqual(states(), [['running', undefined]]);
    assert.equal(failures.length, 1);
    full = false;
    await ask();
    assert.deepEqual(states(), [
      ['done', usage.cost],
      ['done', usage.cost],
    ]);
  });
});
