import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { ensurePackage } from '../../scripts/package.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { themes, Workbench } from '../support/workbench.ts';

const selected = { from: 15, to: 24 };

/** The first day with Switchboard, in each kind of theme: the screenshots are there to be looked at. */
for (const theme of ['light', 'dark', 'hc-dark'] as const satisfies readonly (keyof typeof themes)[]) {
  describe(`the main job, in the theme "${themes[theme]}"`, () => {
    let simulator: Simulator;
    let workbench: Workbench;

    before(async () => {
      const vsix = await ensurePackage();
      simulator = await startSimulator();
      simulator.use({ name: 'readable', about: 'A person can follow it', pace: { tokensPerSecond: 400 } });
      workbench = await Workbench.open({
        vsix,
        theme,
        settings: { 'switchboard.baseUrl': simulator.baseUrl },
      });
    });

    after(async () => {
      await workbench.close();
      await simulator.close();
    });

    const look = (step: string): Promise<string> => workbench.screenshot(`main-job-${theme}-${step}`);

    it('leads to setting a key while there is none', async () => {
      await workbench.statusItem('credit').filter({ hasText: 'Set API key' }).waitFor();
      await workbench.runCommand('Switchboard: Open Chat');
      await workbench.panel.getByRole('button', { name: 'Set API key' }).first().waitFor();
      await look('1-no-key');
    });

    it('keeps a key that the service accepts, and shows the remaining credit', async () => {
      await workbench.setApiKey(`  ${simulatorKey}\t`);
      await workbench.notifications.filter({ hasText: /API key .*saved/ }).waitFor();
      await workbench.statusItem('credit').filter({ hasText: '$7.48 left' }).waitFor();
      await look('2-credit');
    });

    it('streams an answer about the selected code', async () => {
      await workbench.openFile('cart.ts');
      await workbench.selectLines(selected.from, selected.to);
      await workbench.runCommand('Switchboard: Ask About Selection');
      await workbench.answerInput('Ask About Selection', 'What does this class do?');
      const { panel } = workbench;
      await panel.getByRole('button', { name: 'Stop' }).waitFor();
      await panel
        .getByRole('article', { name: /^Assistant/ })
        .getByText(/\w{3}/)
        .first()
        .waitFor();
      await look('3-streaming');
      const item = panel.getByRole('list', { name: 'Attached context' }).getByRole('listitem');
      assert.match(await item.innerText(), /cart\.ts:15-24[\s\S]*\d+ tokens/);
      const details = panel.getByRole('group', { name: 'Answer details' });
      await details.waitFor();
      // Code has the colors of the editor.
      await panel.locator('code span[style*="color"]').first().waitFor();
      assert.match(await details.innerText(), /\$0\.\d{6}/);
      const request = simulator.journal.last('/chat/completions');
      assert.match(request?.text ?? '', /src\/cart\.ts, lines 15-24 \(typescript\)/);
      assert.equal(request?.headers['authorization'], `Bearer ${simulatorKey}`);
      await look('4-answer');
    });

    it('reads the credit again after the answer', async () => {
      const before = simulator.journal.requests.filter(({ path }) => path.endsWith('/key')).length;
      await simulator.journal.waitFor(
        ({ path }) =>
          path.endsWith('/key') &&
          simulator.journal.requests.filter((each) => each.path === path).length >= before,
      );
    });

    it('switches the model from the palette', async () => {
      await workbench.runCommand('Switchboard: Switch Model');
      await workbench.input.fill('anthropic/claude');
      const row = workbench.pickRows.filter({ hasText: 'anthropic/claude' }).first();
      await row.waitFor();
      await look('5-models');
      const name = (await row.locator('.label-name').first().innerText()).trim();
      await row.click();
      await workbench.statusItem('model').filter({ hasText: name }).waitFor();
      await workbench.panel.getByRole('button', { name: `Model: ${name}` }).waitFor();
    });

    it('generates a snippet with working tab stops', async () => {
      await workbench.openFile('money.ts');
      await workbench.page.keyboard.press('Control+End');
      await workbench.runCommand('Switchboard: Generate Snippet');
      await workbench.answerInput('Generate Snippet', 'a guard that throws on negative amounts');
      await workbench.notifications.filter({ hasText: 'Inserted' }).waitFor();
      await look('6-snippet');
      // In the first tab stop its default is selected: what is typed takes its place, and Tab goes on.
      await workbench.page.locator('.editor-instance .view-lines').click({ trial: true });
      await workbench.page.keyboard.type('firstPlace');
      await workbench.page.keyboard.press('Tab');
      await workbench.page.keyboard.press('Control+S');
      const saved = await workbench.savedFile('src/money.ts', /firstPlace/);
      assert.match(saved, /^\/\*\* Formats an amount/, 'what was there is still there');
      assert.doesNotMatch(saved, /\{\{/);
    });
  });
}
