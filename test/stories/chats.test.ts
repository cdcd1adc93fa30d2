import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'mocha';
import type { FrameLocator, Locator } from 'playwright-core';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('chats', () => {
  const story = workbenchOfSuite({
    signedIn: true,
    chat: true,
    settings: { 'files.simpleDialog.enable': true },
  });
  const { row } = story;

  describe('of the past', () => {
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
      await story.workbench.page
        .locator('.quick-input-list-separator', { hasText: 'Today' })
        .first()
        .waitFor();
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
      const pinned = story.workbench.page.locator('.quick-input-list-separator:visible', {
        hasText: 'Pinned',
      });
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

  describe('beside each other', () => {
    before(async () => {
      const { workbench } = story;
      await writeFile(join(workbench.workspace, 'AGENTS.md'), 'Answer in rhymes.\n');
      story.simulator.use('default');
      await workbench.openFile('cart.ts');
      await workbench.openChat();
      await story.newChat();
    });

    /** What one types goes into the composer, without a click. */
    const focusIsBack = async (): Promise<void> => {
      const composer = story.workbench.panel.getByRole('textbox', { name: 'Message' });
      await story.workbench.focusIsBack();
      await story.workbench.page.keyboard.type('back');
      assert.equal(await composer.inputValue(), 'back');
      await composer.fill('');
    };
    const articles = (panel: FrameLocator) => panel.getByRole('article');

    it('attaches by @, with the instructions of the workspace, and estimates before it sends', async () => {
      const { panel } = story.workbench;
      await focusIsBack();
      const items = panel.getByRole('list', { name: 'Attached context' }).getByRole('listitem');
      await items.filter({ hasText: 'AGENTS.md' }).waitFor();
      const composer = panel.getByRole('textbox', { name: 'Message' });
      await composer.pressSequentially('What is this? @curr');
      await panel.getByRole('option', { name: /Current file/, selected: true }).waitFor();
      await story.workbench.screenshot('chats-1-suggestions');
      await composer.press('Enter');
      await items.filter({ hasText: 'cart.ts' }).waitFor();
      const estimate = panel.getByRole('status', { name: 'Estimate' });
      await estimate.filter({ hasText: /\d tokens/ }).waitFor();
      await story.workbench.screenshot('chats-2-estimate');
      await composer.press('Enter');
      await panel.getByRole('group', { name: 'Answer details' }).waitFor();
      const sent = story.simulator.journal.last('/chat/completions')?.text ?? '';
      assert.match(sent, /Answer in rhymes/);
      assert.match(sent, /src\/cart\.ts/);
    });

    it('lists the keyboard shortcuts, and has the focus back in the composer after that', async () => {
      const composer = story.workbench.panel.getByRole('textbox', { name: 'Message' });
      await composer.pressSequentially('/short');
      await story.workbench.panel.getByRole('option', { name: /^\/shortcuts/, selected: true }).waitFor();
      await composer.press('Tab');
      await story.workbench.pickRows.filter({ hasText: 'Send the question' }).waitFor();
      await story.workbench.pickRows.filter({ hasText: /Accept Change.*Ctrl\+K Y/ }).waitFor();
      await story.workbench.screenshot('chats-6-shortcuts');
      await story.workbench.input.press('Escape');
      await focusIsBack();
    });

    it('has the focus back in the composer after every list that was opened from the panel', async () => {
      for (const name of [/^Model: /, 'Attach context', 'Search chats']) {
        const button = story.workbench.panel.getByRole('button', { name });
        await button.focus();
        await button.press('Enter');
        await story.workbench.pickRows.first().waitFor();
        await story.workbench.input.press('Escape');
        await focusIsBack();
      }
    });

    it('leaves out an instruction that was taken away', async () => {
      const { panel } = story.workbench;
      await panel.getByRole('button', { name: 'Remove AGENTS.md' }).click();
      const composer = panel.getByRole('textbox', { name: 'Message' });
      await composer.fill('And now?');
      await composer.press('Enter');
      await panel.getByRole('group', { name: 'Answer details' }).nth(1).waitFor();
      assert.doesNotMatch(story.simulator.journal.last('/chat/completions')?.text ?? '', /Answer in rhymes/);
    });

    it('forks at an answer and leaves the first chat unchanged', async () => {
      const { panel } = story.workbench;
      await panel.getByRole('button', { name: 'Fork chat' }).first().click();
      await articles(panel).nth(2).waitFor({ state: 'detached' });
      assert.equal(await articles(panel).count(), 2);
      await story.workbench.runCommand('Switchboard: Search Chats');
      await story.workbench.pickRows.filter({ hasText: 'What is this?' }).nth(1).waitFor();
      await story.workbench.input.press('Escape');
    });

    it("moves a chat to an editor tab, where it continues beside the side bar's chat", async () => {
      await story.workbench.runCommand('Switchboard: Open Chat in Editor');
      await story.workbench.page.locator('.tab.active', { hasText: 'What is this?' }).waitFor();
      const { panel } = story.workbench;
      await panel.getByRole('region', { name: 'Welcome' }).waitFor();
      const tab = story.workbench.editorPanel;
      await articles(tab).nth(1).waitFor();
      const composer = tab.getByRole('textbox', { name: 'Message' });
      await composer.fill('Go on in the tab');
      await composer.press('Enter');
      await tab.getByRole('group', { name: 'Answer details' }).nth(1).waitFor();
      assert.equal(await articles(panel).count(), 0);
      await story.workbench.screenshot('chats-3-editor');
    });

    it('brings the tab back after a reload, with its chat', async () => {
      await story.workbench.reloadWindow();
      await story.workbench.page.locator('.tab', { hasText: 'What is this?' }).click();
      await story.workbench.editorPanel.getByRole('article', { name: 'You: Go on in the tab' }).waitFor();
    });
  });
});
