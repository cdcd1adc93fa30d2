import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import type { FrameLocator } from 'playwright-core';
import { simulatorKey } from '../simulator/simulator.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('several chats', () => {
  const story = workbenchOfSuite(
    {},
    {
      after: async ({ workbench }) => {
        await workbench.setApiKey(simulatorKey);
        await writeFile(join(workbench.workspace, 'AGENTS.md'), 'Answer in rhymes.\n');
        await workbench.openFile('cart.ts');
        await workbench.openChat();
      },
    },
  );

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
