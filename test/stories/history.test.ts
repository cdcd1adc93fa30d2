import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('the chats of the past', () => {
  const story = workbenchOfSuite({
    signedIn: true,
    chat: true,
    settings: { 'files.simpleDialog.enable': true },
  });
  const { row } = story;

  const title = (): Locator => story.workbench.panel.locator('.title');
  const talk = async (question: string, content: string): Promise<void> => {
    story.simulator.use({ name: 'said', about: 'What the test says', answer: { content } });
    await story.workbench.sendMessage(question);
    await story.workbench.panel.getByRole('group', { name: 'Answer details' }).last().waitFor();
  };
  const press = async (item: string, button: string): Promise<void> => {
    await row(item).hover();
    await row(item).getByRole('button', { name: button }).click();
  };

  it('are listed by day', async () => {
    const long = Array.from({ length: 60 }, (_, line) => `Paragraph ${line}.`).join('\n\n');
    await talk('Tell me about apples', `${long}\n\nThe secret word is quokka.`);
    await talk('And then?', long);
    await story.workbench.panel.getByRole('button', { name: 'New chat' }).click();
    await title().filter({ hasText: 'New chat' }).waitFor();
    await talk('Tell me about pears', 'Pears are green.');
    await story.workbench.panel.getByRole('button', { name: 'Search chats' }).click();
    await row('Tell me about apples').waitFor();
    await story.workbench.page.locator('.quick-input-list-separator', { hasText: 'Today' }).first().waitFor();
    await story.workbench.screenshot('history-1-list');
  });

  it('are found by their words, and shown at the place', async () => {
    await story.workbench.input.fill('quok');
    await row('The secret word is quokka').waitFor();
    await story.workbench.screenshot('history-2-found');
    await story.workbench.page.keyboard.press('Enter');
    await title().filter({ hasText: 'Tell me about apples' }).waitFor();
    await story.workbench.panel.locator('.message.found').waitFor();
    await story.workbench.panel.getByText('Paragraph 0.', { exact: true }).first().waitFor();
  });

  it('can be renamed and pinned', async () => {
    await story.workbench.runCommand('Switchboard: Search Chats');
    await press('Tell me about pears', 'Rename');
    await story.workbench.answerInput('Rename Chat', 'All about fruit');
    await row('All about fruit').waitFor();
    await press('All about fruit', 'Pin');
    await story.workbench.page
      .locator('.quick-input-list-separator', { hasText: 'Pinned' })
      .first()
      .waitFor();
  });

  it('are renamed, pinned and deleted by keyboard alone', async () => {
    await story.workbench.pressRowButton('All about fruit', 'Unpin');
    const pinned = story.workbench.page.locator('.quick-input-list-separator:visible', { hasText: 'Pinned' });
    await pinned.waitFor({ state: 'detached' });
    await story.workbench.pressRowButton('All about fruit', 'Rename');
    await story.workbench.answerInput('Rename Chat', 'Nothing but fruit');
    await row('Nothing but fruit').waitFor();
    await story.workbench.pressRowButton('Nothing but fruit', 'Delete');
    await row('Nothing but fruit').waitFor({ state: 'detached' });
    await story.workbench.dismissNotifications();
    await story.workbench.runCommand('Switchboard: Search Chats');
  });

  it('can be deleted, and brought back', async () => {
    await press('Tell me about apples', 'Delete');
    await row('Tell me about apples').waitFor({ state: 'detached' });
    await story.workbench.page.keyboard.press('Escape');
    await title().filter({ hasText: 'New chat' }).waitFor();
    await story.workbench.notifications.getByRole('button', { name: 'Undo' }).click();
    await title().filter({ hasText: 'Tell me about apples' }).waitFor();
    await story.workbench.panel.getByText('The secret word is quokka.').waitFor();
  });

  it('are exported, and imported again', async () => {
    const file = join(story.workbench.workspace, 'apples.json');
    await story.workbench.runCommand('Switchboard: Export Chat');
    await row('JSON').click();
    await story.workbench.answerFileDialog('Tell-me-about-apples.json', file);
    await story.workbench.notifications.filter({ hasText: 'Chat exported' }).waitFor();
    const text = await readFile(file, 'utf8');
    assert.match(text, /quokka/);
    await writeFile(file, text.replace('Tell me about apples', 'Brought from elsewhere'));
    await story.workbench.dismissNotifications();
    await story.workbench.runCommand('Switchboard: Import Chat');
    await story.workbench.answerFileDialog(dirname(story.workbench.workspace), file);
    await title().filter({ hasText: 'Brought from elsewhere' }).waitFor();
    await story.workbench.panel.getByText('The secret word is quokka.').waitFor();
  });
});
