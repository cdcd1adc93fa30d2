import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { ensurePackage } from '../../scripts/package.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { Workbench } from '../support/workbench.ts';

describe('the chats of the past', () => {
  let simulator: Simulator;
  let workbench: Workbench;

  before(async () => {
    const vsix = await ensurePackage();
    simulator = await startSimulator();
    workbench = await Workbench.open({
      vsix,
      settings: { 'switchboard.baseUrl': simulator.baseUrl, 'files.simpleDialog.enable': true },
      env: { OPENROUTER_API_KEY: simulatorKey },
    });
    await workbench.runCommand('Switchboard: Open Chat');
  });

  after(async () => {
    await workbench.close();
    await simulator.close();
  });

  const title = (): Locator => workbench.panel.locator('.title');
  const row = (words: string): Locator => workbench.pickRows.filter({ hasText: words }).first();
  const talk = async (question: string, content: string): Promise<void> => {
    simulator.use({ name: 'said', about: 'What the test says', answer: { content } });
    await workbench.sendMessage(question);
    await workbench.panel.getByRole('group', { name: 'Answer details' }).last().waitFor();
  };
  const press = async (item: string, button: string): Promise<void> => {
    await row(item).hover();
    await row(item).getByRole('button', { name: button }).click();
  };

  it('are listed by day', async () => {
    const long = Array.from({ length: 60 }, (_, line) => `Paragraph ${line}.`).join('\n\n');
    await talk('Tell me about apples', `${long}\n\nThe secret word is quokka.`);
    await talk('And then?', long);
    await workbench.panel.getByRole('button', { name: 'New chat' }).click();
    await title().filter({ hasText: 'New chat' }).waitFor();
    await talk('Tell me about pears', 'Pears are green.');
    await workbench.panel.getByRole('button', { name: 'Search chats' }).click();
    await row('Tell me about apples').waitFor();
    await workbench.page.locator('.quick-input-list-separator', { hasText: 'Today' }).first().waitFor();
    await workbench.screenshot('history-1-list');
  });

  it('are found by their words, and shown at the place', async () => {
    await workbench.input.fill('quok');
    await row('The secret word is quokka').waitFor();
    await workbench.screenshot('history-2-found');
    await workbench.page.keyboard.press('Enter');
    await title().filter({ hasText: 'Tell me about apples' }).waitFor();
    await workbench.panel.locator('.message.found').waitFor();
    await workbench.panel.getByText('Paragraph 0.', { exact: true }).first().waitFor();
  });

  it('can be renamed and pinned', async () => {
    await workbench.runCommand('Switchboard: Search Chats');
    await press('Tell me about pears', 'Rename');
    await workbench.answerInput('Rename Chat', 'All about fruit');
    await row('All about fruit').waitFor();
    await press('All about fruit', 'Pin');
    await workbench.page.locator('.quick-input-list-separator', { hasText: 'Pinned' }).first().waitFor();
  });

  it('are renamed, pinned and deleted by keyboard alone', async () => {
    await workbench.pressRowButton('All about fruit', 'Unpin');
    const pinned = workbench.page.locator('.quick-input-list-separator:visible', { hasText: 'Pinned' });
    await pinned.waitFor({ state: 'detached' });
    await workbench.pressRowButton('All about fruit', 'Rename');
    await workbench.answerInput('Rename Chat', 'Nothing but fruit');
    await row('Nothing but fruit').waitFor();
    await workbench.pressRowButton('Nothing but fruit', 'Delete');
    await row('Nothing but fruit').waitFor({ state: 'detached' });
    await workbench.dismissNotifications();
    await workbench.runCommand('Switchboard: Search Chats');
  });

  it('can be deleted, and brought back', async () => {
    await press('Tell me about apples', 'Delete');
    await row('Tell me about apples').waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Escape');
    await title().filter({ hasText: 'New chat' }).waitFor();
    await workbench.notifications.getByRole('button', { name: 'Undo' }).click();
    await title().filter({ hasText: 'Tell me about apples' }).waitFor();
    await workbench.panel.getByText('The secret word is quokka.').waitFor();
  });

  it('are exported, and imported again', async () => {
    const file = join(workbench.workspace, 'apples.json');
    await workbench.runCommand('Switchboard: Export Chat');
    await row('JSON').click();
    await workbench.answerFileDialog('Tell-me-about-apples.json', file);
    await workbench.notifications.filter({ hasText: 'Chat exported' }).waitFor();
    const text = await readFile(file, 'utf8');
    assert.match(text, /quokka/);
    await writeFile(file, text.replace('Tell me about apples', 'Brought from elsewhere'));
    await workbench.dismissNotifications();
    await workbench.runCommand('Switchboard: Import Chat');
    await workbench.answerFileDialog(dirname(workbench.workspace), file);
    await title().filter({ hasText: 'Brought from elsewhere' }).waitFor();
    await workbench.panel.getByText('The secret word is quokka.').waitFor();
  });
});
