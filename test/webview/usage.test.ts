import assert from 'node:assert/strict';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../../scripts/vscode/chromium.ts';
import { root } from '../../scripts/vscode/folders.ts';
import type { LedgerEntry } from '../../src/core/usage/ledger.ts';
import { toUsageView } from '../../src/host/usage/usageView.ts';
import { usageToHost, type UsageToHost } from '../../src/protocol/usageToHost.ts';
import type { UsageToWebview } from '../../src/protocol/usageView.ts';
import { findViolations } from './axe.ts';
import { PanelServer } from './panelServer.ts';

const now = new Date(2026, 4, 20, 12).getTime();

const entries: readonly LedgerEntry[] = Array.from({ length: 40 }, (_, index) => ({
  id: 40 - index,
  beganAt: now - index * 20 * 60 * 60_000,
  workspace: 'shop',
  feature: index % 3 === 0 ? 'switchboard.fixSelection' : 'chat',
  requestedModel: `author/model-${index % 4}`,
  provider: index % 2 === 0 ? 'Somebody' : '<b>Somebody else</b>',
  status: index % 5 === 0 ? 'failed' : 'done',
  ...(index % 5 === 0 && { failure: 'network' }),
  ...(index % 5 === 0 ? {} : { cost: 1_000 * index, promptTokens: 100, completionTokens: index }),
  reserved: 500,
  durationMs: 1_500,
}));

describe('The page of the usage', () => {
  let browser: Browser;
  let server: PanelServer;
  let page: Page;
  let posted: UsageToHost[];
  let problems: string[];

  before(async () => {
    server = await PanelServer.start(`${root}/dist/panel`);
    browser = await chromium.launch({ executablePath: await ensureChromium(), args: [...chromiumArgs] });
  });
  after(async () => {
    await browser.close();
    await server.close();
  });
  afterEach(() => page.context().close());

  const open = async (theme: 'light' | 'dark' | 'hc-dark' | 'hc-light', shown = entries): Promise<void> => {
    const context = await browser.newContext({ viewport: { width: 900, height: 800 } });
    page = await context.newPage();
    [posted, problems] = [[], []];
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.exposeFunction('postToTest', (message: unknown) => {
      posted.push(usageToHost.parse(message));
    });
    await page.goto(server.address(theme, undefined, 'usage'));
    const view = toUsageView(shown, now, 30, { modelName: (id) => id, featureName: (id) => id });
    await page.evaluate(
      (data: UsageToWebview) => {
        window.postMessage(data, '*');
      },
      { type: 'usage', view } as const,
    );
    await page.getByRole('heading', { name: 'Usage' }).waitFor();
  };

  for (const theme of ['light', 'dark', 'hc-dark', 'hc-light'] as const) {
    it(`has no serious finding in ${theme}, with and without requests`, async () => {
      await open(theme);
      await page.locator('summary').click();
      assert.deepEqual(await findViolations(page), []);
      assert.deepEqual(problems, []);
      await page.context().close();
      await open(theme, []);
      assert.deepEqual(await findViolations(page), []);
      assert.deepEqual(problems, []);
    });
  }

  it('has the sums, and a bar and a row for each day', async () => {
    await open('dark');
    const total = await page.getByRole('status', { name: 'Total', exact: true }).innerText();
    assert.match(total, /Today \$0\.000500\s+7 days \$0\.\d{6}\s+30 days \$0\.\d{6}\s+All \$0\.\d{6}/);
    assert.equal(await page.locator('svg rect').count(), 30);
    await page.locator('summary').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.getByRole('table', { name: 'Cost per day' }).getByRole('row').count(), 31);
  });

  it('narrows the requests down to words, and to failed ones with what they cost', async () => {
    await open('dark');
    const table = page.getByRole('table', { name: 'Requests' });
    const all = await table.getByRole('row').count();
    await page.getByRole('checkbox', { name: 'Failed only' }).check();
    const failed = await table.getByRole('row').count();
    assert.ok(failed > 1 && failed < all);
    assert.match(await table.getByRole('row').nth(1).innerText(), /≈ \$0\.000500[\s\S]*failed: network/);
    await page.getByRole('searchbox', { name: 'Filter' }).fill('model-0 somebody');
    assert.ok((await table.getByRole('row').count()) < failed);
    await page.getByRole('searchbox', { name: 'Filter' }).fill('nothing has this');
    assert.equal(await table.getByRole('row').count(), 1);
  });

  it('asks for another period and for files', async () => {
    await open('dark');
    await page.getByRole('combobox', { name: 'Period' }).selectOption('90');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    await page.getByRole('button', { name: 'Export as JSON' }).click();
    await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.deepEqual(posted, [
      { type: 'ready' },
      { type: 'period', days: 90 },
      { type: 'ready' },
      { type: 'export', format: 'csv' },
      { type: 'export', format: 'json' },
    ]);
  });
});
