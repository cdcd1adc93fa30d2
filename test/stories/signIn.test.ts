import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import { keys, simulatorKey } from '../simulator/simulator.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('signing in, in an editor that runs in the browser', () => {
  let authorization: Page;
  const story = workbenchOfSuite();

  const title = 'Sign In with OpenRouter';
  const credit = (text: string): Locator => story.workbench.statusItem('credit').filter({ hasText: text });
  const shownCode = (page: Page): Promise<string> => page.locator('#code').innerText();
  /** The page that the editor opens when the given thing is done. */
  const opened = async (act: () => Promise<void>): Promise<Page> => {
    const [page] = await Promise.all([story.workbench.page.context().waitForEvent('page'), act()]);
    await story.workbench.page.bringToFront();
    return page;
  };

  it('begins in the panel, asks for a limit, and opens the page that shows a code', async () => {
    await credit('Set API key').waitFor();
    await story.workbench.runCommand('Switchboard: Open Chat');
    await story.workbench.panel.getByRole('button', { name: 'Sign in' }).click();
    authorization = await opened(() => story.workbench.answerInput('Limit of the New Key', '2.50'));
    const query = new URL(authorization.url()).searchParams;
    assert.equal(query.get('callback_url'), null);
    assert.equal(query.get('code_challenge_method'), 'S256');
    assert.equal(query.get('limit'), '2.5');
  });

  it('refuses a wrong code in place, and keeps nothing', async () => {
    await story.workbench.answerInput(title, 'not-the-code');
    await story.workbench.inputMessage.filter({ hasText: "doesn't recognize this code" }).waitFor();
    await story.workbench.screenshot('sign-in-wrong-code');
    await credit('Set API key').waitFor();
  });

  it('rejects a key pasted as the code, without sending it', async () => {
    const before = story.simulator.journal.requests.length;
    await story.workbench.answerInput(title, simulatorKey);
    await story.workbench.inputMessage.filter({ hasText: 'This is an API key' }).waitFor();
    assert.equal(story.simulator.journal.requests.length, before);
  });

  it('takes the right code after all, and shows the credit of the new key', async () => {
    await story.workbench.answerInput(title, `${await shownCode(authorization)}\n`);
    await story.workbench.notifications.filter({ hasText: 'API key saved: Switchboard' }).waitFor();
    await credit('$2.50 left').waitFor();
    await story.workbench.panel.getByRole('heading', { name: 'Ask about your code' }).waitFor();
    await story.workbench.focusIsBack();
    await story.workbench.screenshot('sign-in-done');
  });

  it('adds a second named key, on a new page once the first code is used up', async () => {
    await story.workbench.dismissNotifications();
    await story.workbench.runCommand(`Switchboard: ${title}`);
    await story.workbench.pickRows.filter({ hasText: 'Add under a new name' }).click();
    await story.workbench.answerInput('Key Name', 'Work');
    const first = await opened(() => story.workbench.answerInput('Limit of the New Key', ''));
    // Somebody else's verifier uses the code up.
    const used = await fetch(`${story.simulator.baseUrl}/auth/keys`, {
      method: 'POST',
      body: JSON.stringify({ code: await shownCode(first), code_verifier: 'x'.repeat(43) }),
    });
    assert.equal(used.status, 403);
    await story.workbench.answerInput(title, await shownCode(first));
    await story.workbench.inputMessage.filter({ hasText: 'already used' }).waitFor();
    const again = story.workbench.page.getByRole('button', { name: 'Open Page Again' });
    const second = await opened(() => again.click());
    await story.workbench.answerInput(title, await shownCode(second));
    await story.workbench.notifications.filter({ hasText: 'API key "Work" saved' }).waitFor();
    await credit('$0.00 today').waitFor();
  });

  it('switches between the keys, which are named and described', async () => {
    await story.workbench.runCommand('Switchboard: Switch Key');
    const row = story.workbench.pickRows
      .filter({ hasText: 'Default' })
      .filter({ hasText: '$2.50 of $2.50 left' });
    await row.waitFor();
    await story.workbench.screenshot('switch-key');
    await row.click();
    await credit('$2.50 left').waitFor();
    await story.workbench.hoverOver('credit', 'The current key is "Default"');
  });

  it('replaces the key in use when another one is typed, or adds it', async () => {
    await story.workbench.setApiKey(simulatorKey);
    await credit('$7.48 left').waitFor();
    await story.workbench.runCommand('Switchboard: Set API Key');
    await story.workbench.page.getByRole('button', { name: 'Add Under a New Name' }).click();
    await story.workbench.answerInput('Add API Key', keys.freeTier);
    await story.workbench.answerInput('Key Name', 'work');
    await story.workbench.inputMessage.filter({ hasText: 'Another key already has this name' }).waitFor();
    await story.workbench.answerInput('Key Name', 'Free');
    await credit('48 free left').waitFor();
  });

  it('renames a key', async () => {
    await story.workbench.runCommand('Switchboard: Switch Key');
    await story.workbench.pickRows.filter({ hasText: 'Rename "Free"…' }).click();
    await story.workbench.answerInput('Rename "Free"', 'Gratis');
    await story.workbench.input.waitFor({ state: 'hidden' });
    await story.workbench.runCommand('Switchboard: Switch Key');
    await story.workbench.pickRows.filter({ hasText: 'Gratis' }).filter({ hasText: 'free tier' }).waitFor();
    await story.workbench.page.keyboard.press('Escape');
  });

  it('removes only the key in use, after confirmation, and uses no other', async () => {
    await story.workbench.runCommand('Switchboard: Sign Out');
    const dialog = story.workbench.page.locator('.monaco-dialog-box', {
      hasText: 'Remove the API key "Gratis"',
    });
    await dialog.waitFor();
    await story.workbench.screenshot('sign-out');
    await dialog.getByRole('button', { name: 'Sign Out' }).click();
    await credit('Set API key').waitFor();
  });

  it('leads from a command that needs a key to the keys that are there, and on', async () => {
    await story.workbench.runCommand('Switchboard: Refresh Credit');
    await story.workbench.pickRows.filter({ hasText: 'Sign in with OpenRouter' }).waitFor();
    await story.workbench.screenshot('key-gate');
    await story.workbench.pickRows.filter({ hasText: 'Switch key' }).click();
    await story.workbench.pickRows.filter({ hasText: 'Default' }).first().click();
    await credit('$7.48 left').waitFor();
  });

  it('remembers the choice of the workspace', async () => {
    await story.workbench.runCommand('Switchboard: Switch Key');
    await story.workbench.pickRows.filter({ hasText: 'Work' }).first().click();
    await credit('$0.00 today').waitFor();
    await story.workbench.reloadWindow();
    await credit('$0.00 today').waitFor();
  });
});
