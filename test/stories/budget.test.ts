import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('a budget', () => {
  const story = workbenchOfSuite({
    signedIn: true,
    settings: {
      'switchboard.model': 'anthropic/claude-sonnet-4.6',
      'switchboard.budget.perRequest': 0.01,
      // A dialog that is drawn by VS Code, as on the desktop with this setting.
      'window.dialogStyle': 'custom',
    },
  });
  const { posts, composer } = story;

  const dialog = (words = 'This request may cost up to $') => story.dialog(words);

  it('for one request asks before anything is sent, and keeps the words when one cancels', async () => {
    await story.workbench.openChat();
    // The prices have come when the estimate has one.
    await composer().fill('Is this worth it?');
    await story.workbench.panel.getByText(/\$0\.\d+ to \$0\.\d+/).waitFor();
    await composer().press('Enter');
    await dialog().getByRole('button', { name: 'Cancel' }).waitFor();
    await story.workbench.screenshot('budget-request');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await composer().inputValue(), 'Is this worth it?');
    assert.equal(await story.workbench.panel.getByRole('article').count(), 0);
    assert.deepEqual(posts(), []);
    await story.workbench.page.keyboard.press('End');
    await story.workbench.page.keyboard.type(' Really?');
    assert.equal(await composer().inputValue(), 'Is this worth it? Really?', 'one goes on typing');
  });

  it('for one request sends what one agrees to', async () => {
    await composer().press('Enter');
    await dialog().getByRole('button', { name: 'Send' }).click();
    await story.workbench.panel.getByRole('group', { name: 'Answer details' }).waitFor();
    assert.equal(await composer().inputValue(), '');
    assert.equal(posts().length, 1);
  });

  it('for one request asks about a question in other words, too, and keeps them when one cancels', async () => {
    await story.workbench.panel.getByRole('button', { name: 'Edit message' }).click();
    const box = story.workbench.panel.getByRole('textbox', { name: 'Edit message' });
    await box.fill('Was it worth it?');
    await box.press('Enter');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await box.inputValue(), 'Was it worth it?');
    assert.equal(posts().length, 1);
    await box.press('Escape');
  });

  it('for one request asks again, with the total cost, before an answer is returned for repair', async () => {
    story.simulator.use('misfit-once');
    const repair = dialog('Asking the model to correct it may cost up to $');
    const snippet = async (answer: 'Cancel' | 'Send'): Promise<void> => {
      await story.workbench.runCommand('Switchboard: Generate Snippet');
      await story.workbench.answerInput('Generate Snippet', 'a guard');
      await dialog().getByRole('button', { name: 'Send' }).click();
      await repair
        .filter({ hasText: /The cost so far is \$0\.\d{6}, so the total may be up to \$/ })
        .waitFor();
      await story.workbench.screenshot('budget-mending');
      await repair.getByRole('button', { name: answer }).click();
      await repair.waitFor({ state: 'detached' });
    };
    const before = posts().length;
    await snippet('Cancel');
    await story.workbench.panel.getByText("The answer isn't in the requested format").first().waitFor();
    assert.equal(posts().length, before + 1, 'what was refused was not sent');
    await snippet('Send');
    await story.workbench.notifications.filter({ hasText: 'Inserted' }).waitFor();
    assert.equal(posts().length, before + 3);
    await story.workbench.dismissNotifications();
    story.simulator.use('default');
  });

  it('for a day stops the chat and the commands, and leads to the limit', async () => {
    const sent = posts().length;
    await story.workbench.setUserSetting('switchboard.budget.perRequest', null);
    await story.workbench.setUserSetting('switchboard.budget.perDay', 0.000001);
    await story.workbench.sendMessage('And this?');
    const alert = story.workbench.panel.getByText('Your daily budget is used up');
    await alert.first().waitFor();
    await story.workbench.screenshot('budget-day');
    await story.workbench.runCommand('Switchboard: Generate Snippet');
    await story.workbench.answerInput('Generate Snippet', 'a guard');
    await alert.nth(1).waitFor();
    assert.equal(posts().length, sent, 'nothing more was sent');
    await story.workbench.panel.getByRole('button', { name: 'Raise Limit' }).last().click();
    await story.workbench.page.locator('.settings-editor').getByText('Per Day').first().waitFor();
    await story.workbench.setUserSetting('switchboard.budget.perDay', 5);
    await story.workbench.panel.getByRole('button', { name: 'Try again' }).last().click();
    await story.workbench.notifications.filter({ hasText: 'Inserted' }).waitFor();
  });

  it('leads to settings that are open already, and leaves the user there', async () => {
    await story.workbench.setUserSetting('switchboard.budget.perDay', 0.000001);
    await story.workbench.page.locator('.tab', { hasText: 'Settings' }).click();
    await story.workbench.openChat();
    await story.workbench.focusIsBack();
    await story.workbench.sendMessage('And now?');
    const raise = story.workbench.panel.getByRole('button', { name: 'Raise Limit' });
    await raise.last().click();
    await story.workbench.page.locator('.settings-editor .search-container .monaco-editor.focused').waitFor();
    // Whatever the panel would do, it does before it takes the next word.
    await story.workbench.panelHasAnswered();
    await story.workbench.page.locator('.settings-editor .search-container .monaco-editor.focused').waitFor();
    await story.workbench.setUserSetting('switchboard.budget.perDay', 5);
  });

  it('can be compared with the spending by model and feature', async () => {
    await story.workbench.runCommand('Switchboard: Show Usage');
    const usage = story.workbench.editorPanel;
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
    await story.workbench.screenshot('usage');
    const spent = Math.round(story.simulator.generations.reduce((sum, { cost }) => sum + cost, 0) * 1e6);
    assert.match(await total.innerText(), new RegExp(`All\\s+\\$0\\.${String(spent).padStart(6, '0')}`));
    await story.workbench.openChat();
    const header = story.workbench.panel.getByRole('button', { name: / today$/ });
    await header.filter({ hasText: `$0.${String(spent).padStart(6, '0')} today` }).waitFor();
  });
});
