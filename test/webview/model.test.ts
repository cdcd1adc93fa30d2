import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { cacheFolder } from '../../scripts/vscode/folders.ts';
import type { Model } from '../../src/core/model/model.ts';
import type { ModelEndpoints } from '../../src/core/model/endpoint.ts';
import { toModelView, type ModelSurroundings } from '../../src/host/models/modelView.ts';
import { modelToHost, type ModelToHost } from '../../src/protocol/modelToHost.ts';
import type { ModelToWebview, ModelView } from '../../src/protocol/modelView.ts';
import { aModel } from '../support/builders.ts';
import { findViolations } from './axe.ts';
import { pagesOfSuite } from './opened.ts';
import type { ThemeName } from './themes.ts';
import type { WebviewPage } from './webviewPage.ts';

const model = aModel({
  id: 'author/mind-4',
  name: 'Author: Mind 4',
  description: 'Good at [code](https://example.com).\n\n<b>Not</b> bold, **strong**.',
  contextLength: 1_000_000,
  topContextLength: 200_000,
  inputs: ['text', 'image', 'smell'],
  outputs: ['text'],
  createdAt: Date.UTC(2026, 4, 20),
  knowledgeCutoff: '2025-08-31',
  expiresOn: '2027-01-31',
  moderated: true,
  parameters: ['max_tokens', 'temperature', 'tools'],
  reasoning: { mandatory: false, efforts: ['high', 'low'], byDefault: true, defaultEffort: 'low' },
  benchmarks: {
    intelligence: 61.25,
    coding: 50,
    arenas: [{ arena: 'models', category: 'website', elo: 1_301.4, rank: 3 }],
  },
  pricing: {
    kind: 'fixed',
    prompt: 3_000_000,
    completion: 15_000_000,
    cacheRead: 300_000,
    cacheWrite: 3_750_000,
    webSearch: 10_000_000_000,
    request: 0,
    discount: 0.1,
    overrides: [
      { minPromptTokens: 200_000, prices: { prompt: 6_000_000, completion: 22_500_000 } },
      { hours: { start: 1630, end: 30 }, prices: { prompt: 0 } },
    ],
  },
});

const offers: ModelEndpoints = {
  endpoints: [
    {
      providerName: 'Somebody',
      tag: 'somebody/fp8',
      degraded: false,
      pricing: { kind: 'fixed', prompt: 3_000_000, completion: 15_000_000 },
      contextLength: 200_000,
      quantization: 'fp8',
      latencyMs: 420,
      throughput: 81.4,
      uptime: 99.53,
    },
    { providerName: 'Nobody', tag: 'nobody', degraded: true },
  ],
  providers: [{ slug: 'somebody', privacyPolicyUrl: 'https://example.com/privacy' }],
  zeroRetention: new Set(['somebody/fp8']),
};

const around: ModelSurroundings = {
  models: [model, aModel({ id: 'author/mind-5', name: 'Author: Mind 5', createdAt: Date.UTC(2026, 8, 1) })],
  inUse: false,
  favorite: true,
  offers: { state: 'known', offers },
  routing: { order: ['somebody/fp8'], ignore: ['nobody'] },
};

const bare: Model = { id: 'x/bare', name: 'bare', capabilities: [] };

describe('The page of a model', () => {
  const pages = pagesOfSuite();
  let opened: WebviewPage<ModelToHost, ModelToWebview>;
  let page: Page;

  const draw = async (view: ModelView): Promise<void> => {
    await opened.send({ type: 'model', view });
    await page.getByRole('heading', { name: view.name, exact: true }).waitFor();
  };
  const open = async (theme: ThemeName, view = toModelView(model, around), width = 1000): Promise<void> => {
    opened = await pages.page('model', { theme, width, height: 1100 }, () => ({
      parse: (message) => modelToHost.parse(message),
    }));
    ({ page } = opened);
    await draw(view);
  };
  const rowOf = async (table: string, name: string | RegExp): Promise<string> =>
    (await page.getByRole('table', { name: table }).getByRole('row', { name }).first().innerText()).replace(
      /\s+/g,
      ' ',
    );

  for (const theme of ['light', 'dark', 'hc-dark', 'hc-light'] as const) {
    it(`has no serious finding in ${theme}, with all that can be known and with next to nothing`, async () => {
      await open(theme);
      await page.screenshot({ path: `${cacheFolder}/screenshots/model-page-${theme}.png`, fullPage: true });
      assert.deepEqual(await findViolations(page), []);
      await draw(toModelView(bare, { ...around, offers: { state: 'loading' } }));
      assert.deepEqual(await findViolations(page), []);
      await draw(toModelView(bare, { ...around, offers: { state: 'failed', words: 'No way through.' } }));
      assert.deepEqual(await findViolations(page), []);
    });
  }

  it('tells what the model is, up to when it is there, and what follows it', async () => {
    await open('dark');
    await page
      .getByText('This model may be removed after Jan 31, 2027. Its successor is Author: Mind 5.')
      .waitFor();
    await page.getByText('Good at code.').waitFor();
    await page.getByText('<b>Not</b> bold, strong.').waitFor();
    assert.equal(await rowOf('Overview', 'Context 1,000,000'), 'Context 1,000,000 tokens');
    assert.equal(await rowOf('Overview', /top provider/), 'Context at the top provider 200,000 tokens');
    assert.equal(await rowOf('Overview', /^Input types/), 'Input types text, images, smell');
    assert.equal(
      await rowOf('Overview', /^Reasoning/),
      'Reasoning on by default; efforts: high, low; low by default',
    );
    assert.equal(await rowOf('Benchmarks', /^Intelligence/), 'Intelligence 61.3');
    assert.equal(await rowOf('Benchmarks', /website/), 'models: website 1,301 Elo, rank 3');
  });

  it('has every price, also those that hold at times', async () => {
    await open('dark');
    await page.getByText('A 10% discount is already applied.').waitFor();
    const header = await rowOf('Prices', /^Type/);
    assert.equal(header, 'Type List price over 200k tokens 16:30–00:30 UTC Unit');
    assert.equal(await rowOf('Prices', /^Input/), 'Input $3.00 $6.00 free per 1M tokens');
    assert.equal(await rowOf('Prices', /^Cache read/), 'Cache read $0.30 $0.30 $0.30 per 1M tokens');
    assert.equal(await rowOf('Prices', /^Web search/), 'Web search $0.01 $0.01 $0.01 each');
    assert.equal(await page.getByRole('row', { name: /^Request/ }).count(), 0);
    await draw(toModelView({ ...bare, pricing: { kind: 'variable' } }, around));
    await page.getByText('The price varies').waitFor();
  });

  it('lists its endpoints and reports actions on them to the host', async () => {
    await open('dark');
    const row = await rowOf('Providers', /^Somebody/);
    assert.match(
      row,
      /^Somebody somebody\/fp8 \$3\.00 \$15\.00 0\.42 s 81 tokens\/s 99\.5% 200k retains no data, fp8/,
    );
    assert.match(await rowOf('Providers', /^Nobody/), /degraded/);
    const somebody = page.getByRole('group', { name: 'Routing of Somebody' });
    const first = somebody.getByRole('button', { name: 'Try first (1.)' });
    assert.equal(await first.getAttribute('aria-pressed'), 'true');
    const never = page
      .getByRole('group', { name: 'Routing of Nobody' })
      .getByRole('button', { name: 'Never' });
    assert.equal(await never.getAttribute('aria-pressed'), 'true');
    await first.focus();
    await page.keyboard.press('Enter');
    await somebody.getByRole('button', { name: 'Privacy policy' }).click();
    await page.getByRole('button', { name: 'Use this model' }).click();
    await page.getByRole('button', { name: 'Favorite' }).click();
    await page.getByRole('button', { name: 'Configure routing…' }).click();
    await page.getByRole('button', { name: 'Open on openrouter.ai' }).click();
    assert.deepEqual(await opened.allPosted(), [
      { type: 'ready' },
      { type: 'route', list: 'order', tag: 'somebody/fp8' },
      { type: 'policy', tag: 'somebody/fp8' },
      { type: 'use' },
      { type: 'star' },
      { type: 'configureRouting' },
      { type: 'openPage' },
    ]);
  });

  it('tries again where the providers cannot be had, and fits into a narrow tab', async () => {
    await open(
      'light',
      toModelView(model, { ...around, offers: { state: 'failed', words: 'No way through.' } }),
      320,
    );
    await page.getByRole('button', { name: 'Try again' }).click();
    assert.deepEqual(await opened.allPosted(), [{ type: 'ready' }, { type: 'ready' }]);
    await draw(toModelView(model, around));
    await page.screenshot({ path: `${cacheFolder}/screenshots/model-page-narrow.png`, fullPage: true });
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    assert.equal(wide, false);
  });
});
