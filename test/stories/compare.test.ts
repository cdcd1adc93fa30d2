import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Locator } from 'playwright-core';
import { simulatorKey } from '../simulator/simulator.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

const question = 'What does this class do?';

describe('comparing models', () => {
  const story = workbenchOfSuite(
    {
      simulator: { listScenarios: true },
      viewport: { width: 1600, height: 900 },
      settings: { 'switchboard.model': 'simulated/default' },
    },
    {
      after: async ({ workbench }) => {
        await workbench.setApiKey(simulatorKey);
        await workbench.notifications.filter({ hasText: /API key .*saved/ }).waitFor();
        await workbench.openFile('cart.ts');
        await workbench.selectLines(15, 24);
      },
    },
  );

  const column = (scenario: string): Locator =>
    story.workbench.editorPanel.getByRole('region', { name: `Simulator: ${scenario} (simulated)` });
  const title = (words: string): Locator =>
    story.workbench.page.locator('.quick-input-widget:visible .quick-input-title', { hasText: words });

  it('takes two to four models, and says so when they are fewer', async () => {
    await story.workbench.runCommand('Switchboard: Compare Models');
    await title('select at least 2').waitFor();
    await story.workbench.input.press('Enter');
    await story.workbench.notifications.filter({ hasText: '1 selected.' }).waitFor();
    for (const [count, scenario] of [
      [2, 'slow'],
      [3, 'error-moderation'],
    ] as const) {
      await story.workbench.input.fill(`simulated/${scenario}`);
      await story.workbench.pickRows
        .filter({ hasText: `Simulator: ${scenario} (` })
        .first()
        .click();
      await title(`${String(count)} selected`).waitFor();
    }
    await story.workbench.screenshot('compare-1-models');
    await story.workbench.input.press('Enter');
  });

  it('asks them all at once with the selection, and shows each answer in its own column', async () => {
    // The list of models has the same title.
    await story.workbench.inputMessage.filter({ hasText: 'to 3 models at once' }).waitFor();
    await story.workbench.answerInput('Compare Models', question);
    await story.workbench.page.locator('.tab.active', { hasText: 'Compare Models' }).waitFor();
    const asked = story.workbench.editorPanel.getByRole('region', { name: 'Question' });
    await asked.filter({ hasText: question }).filter({ hasText: 'cart.ts:15-24' }).waitFor();
    const details = column('default').getByRole('group', { name: 'Answer details' });
    assert.match(await details.innerText(), /\$0\.\d{6}/);
    await column('error-moderation').getByRole('alert').getByRole('button', { name: 'Try again' }).waitFor();
    await column('slow').getByRole('article').getByText(/\w{3}/).first().waitFor();
    await story.workbench.screenshot('compare-2-streaming');
    await column('slow').getByRole('button', { name: 'Stop', exact: true }).click();
    await column('slow').getByText('You stopped this answer.').waitFor();
    const sent = story.simulator.journal.requests.filter(({ path }) => path.endsWith('/chat/completions'));
    assert.deepEqual(
      new Set(sent.map(({ text }) => (JSON.parse(text ?? '{}') as { readonly model: string }).model)),
      new Set(['simulated/default', 'simulated/slow', 'simulated/error-moderation']),
    );
    assert.ok(sent.every(({ text }) => text?.includes('src/cart.ts, lines 15-24') === true));
  });

  it('shows in what two answers differ, and is there again behind that', async () => {
    await story.workbench.editorPanel.getByRole('button', { name: 'Show differences' }).click();
    await story.workbench.page.locator('.tab.active', { hasText: '↔' }).waitFor();
    await story.workbench.page.locator('.monaco-diff-editor').waitFor();
    await story.workbench.screenshot('compare-3-differences');
    await story.workbench.runCommand('View: Close Editor');
    await column('default').getByRole('group', { name: 'Answer details' }).waitFor();
    await column('slow').getByText('You stopped this answer.').waitFor();
  });

  it('continues with one of them in a saved chat', async () => {
    await column('default').getByRole('button', { name: 'Continue with this answer' }).click();
    const { panel } = story.workbench;
    await panel.getByRole('article', { name: `You: ${question}` }).waitFor();
    const kept = `${question} · Simulator: default (simulated)`;
    await panel.getByRole('heading', { name: kept }).waitFor();
    await story.workbench.screenshot('compare-4-kept');
    await story.workbench.sendMessage('And then?');
    await panel.getByRole('group', { name: 'Answer details' }).nth(1).waitFor();
    await story.workbench.runCommand('Switchboard: Search Chats');
    await story.workbench.pickRows.filter({ hasText: kept }).waitFor();
  });
});
