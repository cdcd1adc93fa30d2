import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { ensurePackage } from '../../scripts/package.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { Workbench } from '../support/workbench.ts';

describe('routing without JSON', () => {
  let simulator: Simulator;
  let workbench: Workbench;
  const model = 'anthropic/claude-sonnet-4.6';

  before(async () => {
    const vsix = await ensurePackage();
    simulator = await startSimulator();
    workbench = await Workbench.open({
      vsix,
      settings: { 'switchboard.baseUrl': simulator.baseUrl, 'switchboard.model': model },
      env: { OPENROUTER_API_KEY: simulatorKey },
    });
    await workbench.runCommand('Switchboard: Open Chat');
    await workbench.statusItem('credit').filter({ hasText: 'left' }).waitFor();
  });

  after(async () => {
    await workbench.close();
    await simulator.close();
  });

  const row = (...words: readonly string[]): Locator =>
    words.reduce((rows, hasText) => rows.filter({ hasText }), workbench.pickRows).first();
  const title = (words: RegExp): Promise<void> =>
    workbench.page.locator('.quick-input-widget:visible .quick-input-title', { hasText: words }).waitFor();
  /** Opens the menu, and waits for the endpoints: rows that arrive may move the focus. */
  const openMenu = async (): Promise<void> => {
    await workbench.runCommand('Switchboard: Configure Routing');
    await row('to first token').waitFor();
  };
  /** Chooses a row of the menu. */
  const choose = (label: string): Promise<void> => workbench.pick(/^Configure Routing$/, label);
  const chooseIn = (title: string, label: string): Promise<void> =>
    workbench.pick(new RegExp(`^Configure Routing: ${title}$`), label);
  /** What the next question carries. */
  const provider = async (): Promise<unknown> => {
    const before = simulator.journal.requests.length;
    await workbench.sendMessage('Hello');
    await simulator.journal.waitFor(({ method, number }) => method === 'POST' && number > before);
    await workbench.panel.getByRole('group', { name: 'Answer details' }).last().waitFor();
    const body = simulator.journal.last('/chat/completions')?.body;
    assert.ok(typeof body === 'object' && body !== null);
    return 'provider' in body ? body.provider : undefined;
  };
  const saved = async (words: string): Promise<void> => {
    await workbench.notifications.filter({ hasText: 'Routing saved' }).filter({ hasText: words }).waitFor();
    await workbench.dismissNotifications();
  };

  it('lists the endpoints of the model with what they cost and how they fare', async () => {
    await workbench.runCommand('Switchboard: Configure Routing');
    await workbench.input.fill('tokens/s');
    await row('Anthropic', 'to first token', 'tokens/s', '% uptime', 'context').waitFor();
    await row('retains no data').waitFor();
    await workbench.screenshot('routing-1-endpoints');
  });

  it('sets order, exclusion, sort, prices and privacy for all requests, and shows the object', async () => {
    await workbench.input.fill('');
    await workbench.screenshot('routing-2-menu');
    await choose('Try first');
    await chooseIn('Try first', 'Google');
    await row('1.', 'Google').waitFor();
    await chooseIn('Try first', 'Amazon');
    await row('2.', 'Amazon').waitFor();
    await workbench.screenshot('routing-3-order');
    await chooseIn('Try first', 'Done');
    await choose('Never');
    await chooseIn('Never', 'Another provider');
    await workbench.answerInput('Another Provider', 'somebody');
    await row('somebody').waitFor();
    await chooseIn('Never', 'Done');
    await choose('Sort by');
    await chooseIn('Sort By', 'throughput');
    await choose('Maximum price');
    await workbench.answerInput('Maximum Input Price', 'cheap');
    await workbench.inputMessage.filter({ hasText: 'Enter a price' }).waitFor();
    await workbench.answerInput('Maximum Input Price', '9');
    await workbench.answerInput('Maximum Output Price', '90.5');
    await choose('Zero data retention');
    await row('Zero data retention', 'on:').waitFor();
    await choose('Data collection');
    await workbench.input.fill('provider');
    await row('"zdr":true').waitFor();
    await workbench.screenshot('routing-4-object');
    await choose('Save');
    await saved('"max_price":{"prompt":9,"completion":90.5}');
    const sent = await provider();
    assert.ok(typeof sent === 'object' && sent !== null && 'order' in sent && Array.isArray(sent.order));
    assert.match(sent.order.join(), /^google.*,amazon/);
    assert.deepEqual(
      { ...sent, order: [] },
      {
        order: [],
        ignore: ['somebody'],
        sort: 'throughput',
        max_price: { prompt: 9, completion: 90.5 },
        zdr: true,
        data_collection: 'deny',
      },
    );
  });

  it('sets another sort for one model, over what holds for all', async () => {
    await openMenu();
    await choose('Applies to');
    await row('Applies to', 'only').waitFor();
    await choose('Sort by');
    await chooseIn('Sort By', 'latency');
    await choose('Save');
    await saved('"sort":"latency"');
    const sent = await provider();
    assert.partialDeepStrictEqual(sent, { sort: 'latency', zdr: true, ignore: ['somebody'] });
    assert.match(
      await workbench.userSetting('switchboard.modelRouting'),
      /"anthropic\/claude-sonnet-4\.6":\{"sort":"latency"\}/,
    );
  });

  it('asks before changes are lost, and takes fields out again', async () => {
    await openMenu();
    await choose('Sort by');
    await chooseIn('Sort By', 'Balanced by OpenRouter');
    await title(/^Configure Routing$/);
    await workbench.page.keyboard.press('Escape');
    const dialog = workbench.page.locator('.monaco-dialog-box', { hasText: "changes weren't saved" });
    await dialog.waitFor();
    await workbench.screenshot('routing-5-unsaved');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await saved('"sort":"throughput"');
    assert.partialDeepStrictEqual(await provider(), { sort: 'throughput' });
  });

  it('says so when the endpoints cannot be read, and everything else still works', async () => {
    simulator.use('offline');
    await workbench.runCommand('Switchboard: Configure Routing');
    await row("The endpoints couldn't be loaded").waitFor();
    await choose('Zero data retention');
    await row('Zero data retention', 'off').waitFor();
    await choose('Discard');
    await workbench.page.keyboard.press('Escape');
    await workbench.input.waitFor({ state: 'hidden' });
    simulator.use('default');
    assert.partialDeepStrictEqual(await provider(), { zdr: true });
  });
});
