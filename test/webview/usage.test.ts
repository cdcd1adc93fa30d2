import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { LedgerEntry } from '../../src/core/usage/ledger.ts';
import { startOf } from '../../src/core/usage/summary.ts';
import { toUsageList } from '../../src/host/usage/usageList.ts';
import { toUsageView } from '../../src/host/usage/usageView.ts';
import { usageToHost, type UsageToHost } from '../../src/protocol/usageToHost.ts';
import type { UsagePeriod, UsageQuery, UsageToWebview } from '../../src/protocol/usageView.ts';
import { anEntry, recordsOf } from '../support/recordsOf.ts';
import { findViolations } from './axe.ts';
import { pagesOfSuite } from './opened.ts';
import type { ThemeName } from './themes.ts';
import type { WebviewPage } from './webviewPage.ts';

const now = new Date(2026, 4, 20, 12).getTime();
const names = {
  modelName: (id: string) => id.replace('author/', 'Author: '),
  featureName: (id: string) => (id === 'chat' ? 'Chat' : 'Fix Selection'),
};

const requests: readonly LedgerEntry[] = Array.from({ length: 230 }, (_, index) => {
  const failed = index % 5 === 0;
  return anEntry({
    beganAt: now - index * 3 * 60 * 60_000,
    workspace: 'shop',
    feature: index % 3 === 0 ? 'switchboard.fixSelection' : 'chat',
    requestedModel: `author/model-${index % 4}`,
    provider: index % 2 === 0 ? 'Somebody' : '<b>Somebody else</b>',
    status: failed ? 'failed' : 'done',
    ...(failed && { failure: 'network', generationId: `gen-${index}` }),
    ...(failed
      ? {}
      : {
          cost: 1_000_000_000 * ((index * 7) % 40),
          promptTokens: 1_000,
          cachedTokens: 750,
          completionTokens: 100 + index,
          firstTokenMs: 400 + 100 * (index % 4),
          estimate: { least: 1_000_000_000, most: 30_000_000_000 },
        }),
    ...(index % 7 === 1 && { ownKey: true }),
    reserved: 500_000_000,
    durationMs: 1_500 + 300 * (index % 4),
  });
});

describe('The page of the usage', () => {
  const pages = pagesOfSuite();
  let opened: WebviewPage<UsageToHost, UsageToWebview>;
  let page: Page;

  /** Opens the page with a host behind it that answers as ours does. */
  const open = async (theme: ThemeName, shown = requests, width = 900): Promise<void> => {
    const records = recordsOf(shown);
    let period: UsagePeriod = 'month';
    let query: UsageQuery = { filter: '', failedOnly: false, order: 'newest', page: 0 };
    const list = () => toUsageList(records, query, { since: startOf(period, now), names });
    opened = await pages.page('usage', { theme, width, height: 800 }, (usage) => ({
      parse: (message) => usageToHost.parse(message),
      heard: async (message) => {
        if (message.type === 'list') {
          query = message.query;
          await usage.send({ type: 'list', list: list() });
        } else if (message.type === 'period' || message.type === 'ready') {
          period = message.type === 'period' ? message.period : period;
          const view = toUsageView(records, period, { now, names });
          await usage.send({ type: 'usage', view: { ...view, list: list(), hasLog: true } });
        }
      },
    }));
    ({ page } = opened);
    await page.getByRole('heading', { name: 'Usage' }).waitFor();
  };
  const table = () => page.getByRole('table', { name: 'Requests' });
  const shownCount = () => page.getByRole('status', { name: 'Shown requests' });

  for (const theme of ['light', 'dark', 'hc-dark', 'hc-light'] as const) {
    it(`has no serious finding in ${theme}, with and without requests`, async () => {
      await open(theme);
      for (const summary of await page.locator('summary').all()) {
        await summary.click();
      }
      assert.deepEqual(await findViolations(page), []);
      await open(theme, []);
      assert.deepEqual(await findViolations(page), []);
    });
  }

  it('fits into a narrow tab', async () => {
    await open('dark', requests, 320);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
  });

  it('has the sums, and a bar and a row for each day', async () => {
    await open('dark');
    const total = await page.getByRole('status', { name: 'Total', exact: true }).innerText();
    assert.match(
      total,
      /Today\s+\$0\.\d{6}\s+7 days\s+\$\d+\.\d{6}\s+30 days\s+\$\d+\.\d{6}\s+All\s+\$\d+\.\d{6}/,
    );
    assert.equal(await page.locator('.chart g.bar').count(), 30);
    await page.getByText('Cost per day as a table').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.getByRole('table', { name: 'Cost per day' }).getByRole('row').count(), 31);
  });

  it('is a single stop of the Tab key for each chart, with arrow keys inside', async () => {
    await open('dark');
    const bars = page.locator('.chart g.bar');
    await page.getByRole('button', { name: 'OpenRouter Log' }).focus();
    await page.keyboard.press('Tab');
    const first = await bars.first().getAttribute('aria-label');
    assert.equal(await focused(page), first);
    assert.equal(await page.locator('.readout').first().innerText(), first);
    await page.keyboard.press('End');
    assert.equal(await focused(page), await bars.last().getAttribute('aria-label'));
    await page.keyboard.press('ArrowLeft');
    assert.equal(await focused(page), await bars.nth(28).getAttribute('aria-label'));
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Cost per day as a table');
    await page.keyboard.press('Tab');
    const model = /^Author: model-\d: \$\d\.\d{6}, \d+ requests(, \d+ failed)?, [\d,]+ tokens$/;
    assert.match(await focused(page), model);
    await page.keyboard.press('ArrowDown');
    assert.match(await focused(page), model);
  });

  it('has for each model its speed and how well its costs were foreseen', async () => {
    await open('dark');
    await page.getByText('By model as a table').click();
    const row = page.getByRole('table', { name: 'By model' }).getByRole('row').nth(1);
    assert.match(await row.innerText(), /0\.\d\d s\s+\d+ tokens\/s\s+\d+% within the estimate; median \d+%/);
    for (const name of ['Tokens per second', 'Time to first token']) {
      assert.equal(await page.getByRole('group', { name }).getByRole('img').count(), 4);
    }
  });

  it('narrows the requests down to words, and to failed ones with what they cost', async () => {
    await open('dark');
    assert.equal(await shownCount().innerText(), '1 to 100 of 230');
    await page.getByRole('checkbox', { name: 'Failed only' }).check();
    await shownCount().filter({ hasText: '1 to 46 of 46' }).waitFor();
    assert.match(await table().getByRole('row').nth(1).innerText(), /≈ \$0\.000500[\s\S]*failed: network/);
    await page.getByRole('searchbox', { name: 'Filter' }).fill('MODEL-0 somebody fix');
    await shownCount().filter({ hasText: '1 to 4 of 4' }).waitFor();
    await page.getByRole('searchbox', { name: 'Filter' }).fill('nothing has this');
    await shownCount().filter({ hasText: '0 to 0 of 0' }).waitFor();
    assert.equal(await table().getByRole('row').count(), 1);
  });

  it('leafs through the requests, the newest or the most expensive first', async () => {
    await open('dark');
    const first = () => table().getByRole('row').nth(1);
    const newest = await first().innerText();
    await page.getByRole('button', { name: 'Next page' }).click();
    await shownCount().filter({ hasText: '101 to 200 of 230' }).waitFor();
    await page.getByRole('button', { name: 'Next page' }).click();
    await shownCount().filter({ hasText: '201 to 230 of 230' }).waitFor();
    assert.ok(await page.getByRole('button', { name: 'Next page' }).isDisabled());
    await page.getByRole('button', { name: 'Cost' }).click();
    await shownCount().filter({ hasText: '1 to 100 of 230' }).waitFor();
    assert.match(await first().innerText(), /\$0\.039000/);
    assert.equal(
      await table().getByRole('columnheader', { name: 'Cost' }).getAttribute('aria-sort'),
      'descending',
    );
    await page.getByRole('button', { name: 'Time' }).click();
    await table()
      .getByRole('columnheader', { name: 'Time', exact: true })
      .and(page.locator('[aria-sort]'))
      .waitFor();
    assert.equal(await first().innerText(), newest);
  });

  it('marks own keys, and says how far a cost was from its estimate', async () => {
    await open('dark');
    await page.getByRole('button', { name: 'Cost' }).click();
    const maxCost = table().getByRole('row').filter({ hasText: '$0.039000' }).first();
    await maxCost.getByText('$0.001000 to $0.030000 (+30%)').waitFor();
    assert.ok((await table().getByText('BYOK').count()) > 0);
  });

  it('shows another period in longer or shorter steps', async () => {
    await open('dark');
    const period = page.getByRole('combobox', { name: 'Period' });
    await period.selectOption('Today');
    await page.getByRole('heading', { name: 'Cost per hour' }).waitFor();
    assert.equal(await page.locator('.chart g.bar').count(), 24);
    await period.selectOption('All');
    await page.getByRole('heading', { name: 'Cost per day' }).waitFor();
  });

  it('asks for files and for the log of the service', async () => {
    await open('dark');
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    await page.getByRole('button', { name: 'Export as JSON' }).click();
    await page.getByRole('button', { name: 'OpenRouter Log' }).click();
    assert.deepEqual(await opened.allPosted(), [
      { type: 'ready' },
      { type: 'ready' },
      { type: 'export', format: 'csv' },
      { type: 'export', format: 'json' },
      { type: 'openLog' },
    ]);
  });
});

/** What a screen reader says of the element that has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
  );
}
