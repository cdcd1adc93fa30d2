import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { chromium, type Browser } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../../scripts/vscode/chromium.ts';
import { root } from '../../scripts/vscode/folders.ts';
import { startOf } from '../../src/core/usage/summary.ts';
import type { UsageRecords } from '../../src/core/usage/usageRecords.ts';
import { openDatabase } from '../../src/host/store/database.ts';
import { SqliteLedger } from '../../src/host/store/sqliteLedger.ts';
import { SqliteUsageRecords } from '../../src/host/store/sqliteUsageRecords.ts';
import { toUsageList } from '../../src/host/usage/usageList.ts';
import { toUsageView } from '../../src/host/usage/usageView.ts';
import { PanelServer } from '../webview/panelServer.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';

const rows = 100_000;
/** A request every few minutes, day and night, for more than a year. */
const betweenMs = 6 * 60_000;
const writes = 200;

/** The page of the usage of a very long ledger, from asking for it until all of it is drawn, and one row of the ledger. */
export async function usage(runs: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-bench-'));
  const { database } = openDatabase(join(folder, 'chats.sqlite'), 1);
  const { database: empty } = openDatabase(join(folder, 'empty.sqlite'), 1);
  const server = await PanelServer.start(`${root}/dist/panel`);
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [...chromiumArgs],
  });
  try {
    fill(database);
    const openings = { full: new SqliteUsageRecords(database), empty: new SqliteUsageRecords(empty) };
    const [full, none]: [number[], number[]] = [[], []];
    for (let run = 1; run <= runs; run += 1) {
      full.push(await opening(browser, server, openings.full));
      none.push(await opening(browser, server, openings.empty));
      progress(
        `usage ${run}: ${full.at(-1)?.toFixed(0)} ms, of an empty ledger ${none.at(-1)?.toFixed(0)} ms`,
      );
    }
    const written = Array.from({ length: runs }, () => [writing(database), writing(empty)] as const);
    return [
      toFigure({
        figure: 'usage-100000-open',
        value: median(full),
        unit: 'ms',
        comparison: { what: 'the page of an empty ledger', value: median(none) },
        limit: 300,
        runs,
      }),
      toFigure({
        figure: 'ledger-write',
        value: median(written.map(([long]) => long)),
        unit: 'ms',
        comparison: { what: 'the same in an empty ledger', value: median(written.map(([, short]) => short)) },
        limit: 1,
        runs,
      }),
    ];
  } finally {
    await browser.close();
    await server.close();
    database.close();
    empty.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As the command opens it: with the last thirty days. */
async function opening(browser: Browser, server: PanelServer, records: UsageRecords): Promise<number> {
  const page = await (await browser.newContext({ viewport: { width: 1_200, height: 900 } })).newPage();
  const names = { modelName: (id: string) => id, featureName: (id: string) => id };
  await page.exposeFunction('postToTest', async () => {
    const now = Date.now();
    const query = { filter: '', failedOnly: false, order: 'newest', page: 0 } as const;
    const view = {
      ...toUsageView(records, 'month', { now, names }),
      list: toUsageList(records, query, { since: startOf('month', now), names }),
      hasLog: true,
    };
    await page.evaluate(
      (data) => {
        window.postMessage(data, '*');
      },
      { type: 'usage', view },
    );
  });
  const startedAt = performance.now();
  await page.goto(server.address('dark', undefined, 'usage'), { waitUntil: 'commit' });
  await page.getByRole('status', { name: 'Shown requests' }).waitFor();
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  const took = performance.now() - startedAt;
  await page.context().close();
  return took;
}

/** What one request writes from its beginning to its end, in milliseconds. */
function writing(database: DatabaseSync): number {
  const ledger = new SqliteLedger(database, { self: 'here', isAlive: () => true });
  const budgets = [{ of: 'day', limit: Number.MAX_SAFE_INTEGER, since: Date.now() - 86_400_000 }] as const;
  const startedAt = performance.now();
  for (let write = 0; write < writes; write += 1) {
    const admission = ledger.begin(
      {
        beganAt: Date.now(),
        feature: 'chat',
        requestedModel: 'author/model',
        estimate: { least: 1, most: 2 },
        reserve: { least: 1, most: 2 },
      },
      budgets,
    );
    if ('id' in admission) {
      ledger.note(admission.id, { generationId: `gen-${write}`, model: 'author/model-1', provider: 'Host' });
      ledger.end(admission.id, {
        status: 'done',
        usage: { promptTokens: 1, completionTokens: 1, cost: 1 },
        assumedCost: 1,
        durationMs: 1,
      });
    }
  }
  return (performance.now() - startedAt) / writes;
}

/** A dozen models at three providers each, and eight features, as a year brings them. */
function fill(database: DatabaseSync): void {
  const now = Date.now();
  const insert = database.prepare(
    `INSERT INTO request (began_at, workspace, feature, requested_model, model, provider, generation_id, prompt_tokens,
       completion_tokens, cached_tokens, cost, estimate_least, estimate_most, reserved, duration_ms, first_token_ms,
       status, failure)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)`,
  );
  database.exec('BEGIN');
  for (let at = 0; at < rows; at += 1) {
    const model = `author/model-${(at * 7) % 12}`;
    const failed = at % 20 === 0;
    const cost = (at * 7_919_777) % 90_000_000_000;
    insert.run(
      now - (rows - at) * betweenMs,
      `workspace-${at % 9}`,
      at % 3 === 0 ? 'chat' : `switchboard.command-${at % 7}`,
      model,
      failed ? null : `${model}-20260101`,
      failed ? null : `Provider ${((at * 7) % 12) + (at % 3)}`,
      `gen-1791084135-${at}`,
      at % 5_000,
      at % 700,
      at % 2_000,
      failed ? 0 : cost,
      Math.floor(cost / 2),
      cost * 2,
      1_000 + (at % 9_000),
      failed ? null : at % 900,
      failed ? 'failed' : 'done',
      failed ? 'provider' : null,
    );
  }
  database.exec('COMMIT');
}
