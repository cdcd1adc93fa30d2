import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { ensurePackage } from '../../scripts/package.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { Workbench } from '../support/workbench.ts';

describe('a budget', () => {
  let simulator: Simulator;
  let workbench: Workbench;

  before(async () => {
    const vsix = await ensurePackage();
    simulator = await startSimulator();
    workbench = await Workbench.open({
      vsix,
      settings: {
        'switchboard.baseUrl': simulator.baseUrl,
        'switchboard.model': 'anthropic/claude-sonnet-4.6',
        'switchboard.budget.perRequest': 0.01,
        // A dialog that is drawn by VS Code, as on the desktop with this setting.
        'window.dialogStyle': 'custom',
      },
      env: { OPENROUTER_API_KEY: simulatorKey },
    });
  });

  after(async () => {
    await workbench.close();
    await simulator.close();
  });

  const posts = () => simulator.journal.requests.filter(({ method }) => method === 'POST');
  const composer = () => workbench.panel.getByRole('textbox', { name: 'Message' });
  const dialog = (words = 'This request may cost up to $') =>
    workbench.page.locator('.monaco-dialog-box').filter({ hasText: words });

  it('for one request asks before anything is sent, and keeps the words when one cancels', async () => {
    await workbench.runCommand('Switchboard: Open Chat');
    // The prices have come when the estimate has one.
    await composer().fill('Is this worth it?');
    await workbench.panel.getByText(/\$0\.\d+ to \$0\.\d+/).waitFor();
    await composer().press('Enter');
    await dialog().getByRole('button', { name: 'Cancel' }).waitFor();
    await workbench.screenshot('budget-request');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await composer().inputValue(), 'Is this worth it?');
    assert.equal(await workbench.panel.getByRole('article').count(), 0);
    assert.deepEqual(posts(), []);
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.type(' Really?');
    assert.equal(await composer().inputValue(), 'Is this worth it? Really?', 'one goes on typing');
  });

  it('for one request sends what one agrees to', async () => {
    await composer().press('Enter');
    await dialog().getByRole('button', { name: 'Send' }).click();
    await workbench.panel.getByRole('group', { name: 'Answer details' }).waitFor();
    assert.equal(await composer().inputValue(), '');
    assert.equal(posts().length, 1);
  });

  it('for one request asks about a question in other words, too, and keeps them when one cancels', async () => {
    await workbench.panel.getByRole('button', { name: 'Edit message' }).click();
    const box = workbench.panel.getByRole('textbox', { name: 'Edit message' });
    await box.fill('Was it worth it?');
    await box.press('Enter');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await box.inputValue(), 'Was it worth it?');
    assert.equal(posts().length, 1);
    await box.press('Escape');
  });

  it('for one request asks again before an answer is sent back to be put right, with what all of it may cost', async () => {
    simulator.use('misfit-once');
    const repair = dialog('To have it put right may cost up to $');
    const snippet = async (answer: 'Cancel' | 'Send'): Promise<void> => {
      await workbench.runCommand('Switchboard: Generate Snippet');
      await workbench.answerInput('Generate Snippet', 'a guard');
      await dialog().getByRole('button', { name: 'Send' }).click();
      await repair
        .filter({ hasText: /The cost so far is \$0\.\d{6}, so the total may be up to \$/ })
        .waitFor();
      await workbench.screenshot('budget-mending');
      await repair.getByRole('button', { name: answer }).click();
      await repair.waitFor({ state: 'detached' });
    };
    const before = posts().length;
    await snippet('Cancel');
    await workbench.panel.getByText("The answer isn't in the requested format").first().waitFor();
    assert.equal(posts().length, before + 1, 'what was refused was not sent');
    await snippet('Send');
    await workbench.notifications.filter({ hasText: 'Inserted' }).waitFor();
    assert.equal(posts().length, before + 3);
    await workbench.dismissNotifications();
    simulator.use('default');
  });

  it('for a day stops the chat and the commands, and leads to the limit', async () => {
    const sent = posts().length;
    await workbench.setUserSetting('switchboard.budget.perRequest', null);
    await workbench.setUserSetting('switchboard.budget.perDay', 0.000001);
    await workbench.sendMessage('And this?');
    const alert = workbench.panel.getByText('Your daily budget is used up');
    await alert.first().waitFor();
    await workbench.screenshot('budget-day');
    await workbench.runCommand('Switchboard: Generate Snippet');
    await workbench.answerInput('Generate Snippet', 'a guard');
    await alert.nth(1).waitFor();
    assert.equal(posts().length, sent, 'nothing more was sent');
    await workbench.panel.getByRole('button', { name: 'Raise Limit' }).last().click();
    await workbench.page.locator('.settings-editor').getByText('Per Day').first().waitFor();
    await workbench.setUserSetting('switchboard.budget.perDay', 5);
    await workbench.panel.getByRole('button', { name: 'Try again' }).last().click();
    await workbench.notifications.filter({ hasText: 'Inserted' }).waitFor();
  });

  it('leads to settings that are open already, and leaves the user there', async () => {
    await workbench.setUserSetting('switchboard.budget.perDay', 0.000001);
    await workbench.page.locator('.tab', { hasText: 'Settings' }).click();
    await workbench.runCommand('Switchboard: Open Chat');
    await workbench.focusIsBack();
    await workbench.sendMessage('And now?');
    const raise = workbench.panel.getByRole('button', { name: 'Raise Limit' });
    await raise.last().click();
    await workbench.page.locator('.settings-editor .search-container .monaco-editor.focused').waitFor();
    // Whatever the panel would do, it does before it takes the next word.
    await workbench.panelHasAnswered();
    await workbench.page.locator('.settings-editor .search-container .monaco-editor.focused').waitFor();
    await workbench.setUserSetting('switchboard.budget.perDay', 5);
  });

  it('can be compared with what was spent, by model and by feature', async () => {
    await workbench.runCommand('Switchboard: Show Usage');
    const usage = workbench.editorPanel;
    const total = usage.getByRole('status', { name: 'Total', exact: true });
    await total.filter({ hasText: /Today \$0\.\d{6}/ }).waitFor();
    await usage.getByText('By feature as a table').click();
    await usage.getByText('By model as a table').click();
    await usage
      .getByRole('table', { name: 'By feature' })
      .getByRole('row', { name: /Generate Snippet/ })
      .waitFor();
    await usage
      .getByRole('table', { name: 'By model' })
      .getByRole('row', { name: /Sonnet/ })
      .waitFor();
    await workbench.screenshot('usage');
    const spent = Math.round(simulator.generations.reduce((sum, { cost }) => sum + cost, 0) * 1e6);
    assert.match(await total.innerText(), new RegExp(`All\\s+\\$0\\.${String(spent).padStart(6, '0')}`));
    await workbench.runCommand('Switchboard: Open Chat');
    const header = workbench.panel.getByRole('button', { name: / today$/ });
    await header.filter({ hasText: `$0.${String(spent).padStart(6, '0')} today` }).waitFor();
  });
});
