import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import { ensurePackage } from '../../scripts/package.ts';
import { keys, simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { Workbench } from '../support/workbench.ts';

describe('signing in, in an editor that runs in the browser', () => {
  let simulator: Simulator;
  let workbench: Workbench;
  let authorization: Page;

  before(async () => {
    const vsix = await ensurePackage();
    simulator = await startSimulator();
    workbench = await Workbench.open({ vsix, settings: { 'switchboard.baseUrl': simulator.baseUrl } });
  });

  after(async () => {
    await workbench.close();
    await simulator.close();
  });

  const title = 'Sign In with OpenRouter';
  const credit = (text: string): Locator => workbench.statusItem('credit').filter({ hasText: text });
  const shownCode = (page: Page): Promise<string> => page.locator('#code').innerText();
  /** The page that the editor opens when the given thing is done. */
  const opened = async (act: () => Promise<void>): Promise<Page> => {
    const [page] = await Promise.all([workbench.page.context().waitForEvent('page'), act()]);
    await workbench.page.bringToFront();
    return page;
  };

  it('begins in the panel, asks for a limit, and opens the page that shows a code', async () => {
    await credit('Set API key').waitFor();
    await workbench.runCommand('Switchboard: Open Chat');
    await workbench.panel.getByRole('button', { name: 'Sign in' }).click();
    authorization = await opened(() => workbench.answerInput('Limit of the New Key', '2.50'));
    const query = new URL(authorization.url()).searchParams;
    assert.equal(query.get('callback_url'), null);
    assert.equal(query.get('code_challenge_method'), 'S256');
    assert.equal(query.get('limit'), '2.5');
  });

  it('refuses a wrong code in place, and keeps nothing', async () => {
    await workbench.answerInput(title, 'not-the-code');
    await workbench.inputMessage.filter({ hasText: "doesn't recognize this code" }).waitFor();
    await workbench.screenshot('sign-in-wrong-code');
    await credit('Set API key').waitFor();
  });

  it('refuses a key in the place of the code, without sending it', async () => {
    const before = simulator.journal.requests.length;
    await workbench.answerInput(title, simulatorKey);
    await workbench.inputMessage.filter({ hasText: 'This is an API key' }).waitFor();
    assert.equal(simulator.journal.requests.length, before);
  });

  it('takes the right code after all, and shows the credit of the new key', async () => {
    await workbench.answerInput(title, `${await shownCode(authorization)}\n`);
    await workbench.notifications.filter({ hasText: 'The API key is set: Switchboard' }).waitFor();
    await credit('$2.50 left').waitFor();
    await workbench.panel.getByRole('heading', { name: 'Ask about your code' }).waitFor();
    await workbench.focusIsBack();
    await workbench.screenshot('sign-in-done');
  });

  it('adds a second key under a name of its own, after another page when the first is used up', async () => {
    await workbench.dismissNotifications();
    await workbench.runCommand(`Switchboard: ${title}`);
    await workbench.pickRows.filter({ hasText: 'Add under a new name' }).click();
    await workbench.answerInput('Key Name', 'Work');
    const first = await opened(() => workbench.answerInput('Limit of the New Key', ''));
    // Somebody else's verifier uses the code up.
    const used = await fetch(`${simulator.baseUrl}/auth/keys`, {
      method: 'POST',
      body: JSON.stringify({ code: await shownCode(first), code_verifier: 'x'.repeat(43) }),
    });
    assert.equal(used.status, 403);
    await workbench.answerInput(title, await shownCode(first));
    await workbench.inputMessage.filter({ hasText: 'already used' }).waitFor();
    const again = workbench.page.getByRole('button', { name: 'Open Page Again' });
    const second = await opened(() => again.click());
    await workbench.answerInput(title, await shownCode(second));
    await workbench.notifications.filter({ hasText: 'The API key is set as "Work"' }).waitFor();
    await credit('$0.00 today').waitFor();
  });

  it('switches between the keys, which are named and described', async () => {
    await workbench.runCommand('Switchboard: Switch Key');
    const row = workbench.pickRows.filter({ hasText: 'Default' }).filter({ hasText: '$2.50 of $2.50 left' });
    await row.waitFor();
    await workbench.screenshot('switch-key');
    await row.click();
    await credit('$2.50 left').waitFor();
    await workbench.hoverOver('credit', 'The key in use is "Default"');
  });

  it('replaces the key in use when another one is typed, or adds it', async () => {
    await workbench.setApiKey(simulatorKey);
    await credit('$7.48 left').waitFor();
    await workbench.runCommand('Switchboard: Set API Key');
    await workbench.page.getByRole('button', { name: 'Add Under a New Name' }).click();
    await workbench.answerInput('Add API Key', keys.freeTier);
    await workbench.answerInput('Key Name', 'work');
    await workbench.inputMessage.filter({ hasText: 'Another key already has this name' }).waitFor();
    await workbench.answerInput('Key Name', 'Free');
    await credit('48 free left').waitFor();
  });

  it('renames a key', async () => {
    await workbench.runCommand('Switchboard: Switch Key');
    await workbench.pickRows.filter({ hasText: 'Rename "Free"…' }).click();
    await workbench.answerInput('Rename "Free"', 'Gratis');
    await workbench.input.waitFor({ state: 'hidden' });
    await workbench.runCommand('Switchboard: Switch Key');
    await workbench.pickRows.filter({ hasText: 'Gratis' }).filter({ hasText: 'free tier' }).waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('signs out of the key in use only, after asking, and uses no other', async () => {
    await workbench.runCommand('Switchboard: Sign Out');
    const dialog = workbench.page.locator('.monaco-dialog-box', { hasText: 'Remove the API key "Gratis"' });
    await dialog.waitFor();
    await workbench.screenshot('sign-out');
    await dialog.getByRole('button', { name: 'Sign Out' }).click();
    await credit('Set API key').waitFor();
  });

  it('leads from a command that needs a key to the keys that are there, and on', async () => {
    await workbench.runCommand('Switchboard: Refresh Credit');
    await workbench.pickRows.filter({ hasText: 'Sign in with OpenRouter' }).waitFor();
    await workbench.screenshot('key-gate');
    await workbench.pickRows.filter({ hasText: 'Switch key' }).click();
    await workbench.pickRows.filter({ hasText: 'Default' }).first().click();
    await credit('$7.48 left').waitFor();
  });

  it('remembers the choice of the workspace', async () => {
    await workbench.runCommand('Switchboard: Switch Key');
    await workbench.pickRows.filter({ hasText: 'Work' }).first().click();
    await credit('$0.00 today').waitFor();
    await workbench.reloadWindow();
    await credit('$0.00 today').waitFor();
  });
});
