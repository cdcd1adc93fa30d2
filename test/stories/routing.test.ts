import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('routing without JSON', () => {
  const model = 'anthropic/claude-sonnet-4.6';
  const story = workbenchOfSuite({ signedIn: true, chat: true, settings: { 'switchboard.model': model } });
  const { row, titled: title } = story;

  /** Opens the menu, and waits for the endpoints: rows that arrive may move the focus. */
  const openMenu = async (): Promise<void> => {
    await story.workbench.runCommand('Switchboard: Configure Routing');
    await row('to first token').waitFor();
  };
  /** Chooses a row of the menu. */
  const choose = (label: string): Promise<void> => story.workbench.pick(/^Configure Routing$/, label);
  const chooseIn = (title: string, label: string): Promise<void> =>
    story.workbench.pick(new RegExp(`^Configure Routing: ${title}$`), label);
  /** What the next question carries. */
  const provider = async (): Promise<unknown> => {
    const before = story.simulator.journal.requests.length;
    await story.workbench.sendMessage('Hello');
    await story.simulator.journal.waitFor(({ method, number }) => method === 'POST' && number > before);
    await story.workbench.panel.getByRole('group', { name: 'Answer details' }).last().waitFor();
    const body = story.simulator.journal.last('/chat/completions')?.body;
    assert.ok(typeof body === 'object' && body !== null);
    return 'provider' in body ? body.provider : undefined;
  };
  const saved = async (words: string): Promise<void> => {
    await story.workbench.notifications
      .filter({ hasText: 'Routing saved' })
      .filter({ hasText: words })
      .waitFor();
    await story.workbench.dismissNotifications();
  };

  it('lists the endpoints of the model with what they cost and how they fare', async () => {
    await story.workbench.runCommand('Switchboard: Configure Routing');
    await story.workbench.input.fill('tokens/s');
    await row('Anthropic', 'to first token', 'tokens/s', '% uptime', 'context').waitFor();
    await row('retains no data').waitFor();
    await story.workbench.screenshot('routing-1-endpoints');
  });

  it('sets order, exclusion, sort, prices and privacy for all requests, and shows the object', async () => {
    await story.workbench.input.fill('');
    await story.workbench.screenshot('routing-2-menu');
    await choose('Try first');
    await chooseIn('Try first', 'Google');
    await row('1.', 'Google').waitFor();
    await chooseIn('Try first', 'Amazon');
    await row('2.', 'Amazon').waitFor();
    await story.workbench.screenshot('routing-3-order');
    await chooseIn('Try first', 'Done');
    await choose('Never');
    await chooseIn('Never', 'Another provider');
    await story.workbench.answerInput('Another Provider', 'somebody');
    await row('somebody').waitFor();
    await chooseIn('Never', 'Done');
    await choose('Sort by');
    await chooseIn('Sort By', 'throughput');
    await choose('Maximum price');
    await story.workbench.answerInput('Maximum Input Price', 'cheap');
    await story.workbench.inputMessage.filter({ hasText: 'Enter a price' }).waitFor();
    await story.workbench.answerInput('Maximum Input Price', '9');
    await story.workbench.answerInput('Maximum Output Price', '90.5');
    await choose('Zero data retention');
    await row('Zero data retention', 'on:').waitFor();
    await choose('Data collection');
    await story.workbench.input.fill('provider');
    await row('"zdr":true').waitFor();
    await story.workbench.screenshot('routing-4-object');
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
      await story.workbench.userSetting('switchboard.modelRouting'),
      /"anthropic\/claude-sonnet-4\.6":\{"sort":"latency"\}/,
    );
  });

  it('asks before changes are lost, and takes fields out again', async () => {
    await openMenu();
    await choose('Sort by');
    await chooseIn('Sort By', 'Balanced by OpenRouter');
    await title(/^Configure Routing$/);
    await story.workbench.page.keyboard.press('Escape');
    const dialog = story.workbench.page.locator('.monaco-dialog-box', { hasText: "changes weren't saved" });
    await dialog.waitFor();
    await story.workbench.screenshot('routing-5-unsaved');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await saved('"sort":"throughput"');
    assert.partialDeepStrictEqual(await provider(), { sort: 'throughput' });
  });

  it('says so when the endpoints cannot be read, and everything else still works', async () => {
    story.simulator.use('offline');
    await story.workbench.runCommand('Switchboard: Configure Routing');
    await row("The endpoints couldn't be loaded").waitFor();
    await choose('Zero data retention');
    await row('Zero data retention', 'off').waitFor();
    await choose('Discard');
    await story.workbench.page.keyboard.press('Escape');
    await story.workbench.input.waitFor({ state: 'hidden' });
    story.simulator.use('default');
    assert.partialDeepStrictEqual(await provider(), { zdr: true });
  });
});
