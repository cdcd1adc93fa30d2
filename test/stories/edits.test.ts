import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { ensurePackage } from '../../scripts/package.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { Workbench } from '../support/workbench.ts';

describe('changing and explaining the selected code', () => {
  let simulator: Simulator;
  let workbench: Workbench;
  let original: string;
  const onDisk = (): Promise<string> => readFile(join(workbench.workspace, 'src', 'cart.ts'), 'utf8');

  before(async () => {
    const vsix = await ensurePackage();
    simulator = await startSimulator();
    workbench = await Workbench.open({
      vsix,
      settings: { 'switchboard.baseUrl': simulator.baseUrl, 'files.autoSave': 'afterDelay' },
      viewport: { width: 1280, height: 900 },
    });
    await workbench.setApiKey(simulatorKey);
    original = await onDisk();
    await workbench.openFile('cart.ts');
    await workbench.selectLines(15, 24);
  });
  after(async () => {
    await workbench.close();
    await simulator.close();
  });

  const lens = (title: string) => workbench.page.locator('.codelens-decoration a', { hasText: title });

  it('shows a fix at its place, and writes nothing before it is accepted', async () => {
    await workbench.runCommand('Switchboard: Fix Selection');
    await lens('1 of 2').waitFor();
    await workbench.page.locator('.review-widget').first().waitFor();
    await workbench.screenshot('edits-1-review');
    assert.equal(await onDisk(), original);
    const request = simulator.journal.last('/chat/completions');
    assert.match(request?.text ?? '', /json_schema/);
    await lens('Accept').first().click();
    await lens('1 of 1').waitFor();
    const saved = await workbench.savedFile('src/cart.ts', /Simulated change/);
    assert.equal(
      saved.replace(/^.*Simulated change.*\n/m, ''),
      original,
      'one change was made, and no other',
    );
    await workbench.screenshot('edits-2-accepted');
    await lens('Reject').click();
    await lens('Reject').waitFor({ state: 'detached' });
    assert.equal(await onDisk(), saved);
    await workbench.page.keyboard.press('Control+Z');
    await workbench.page.keyboard.press('Control+S');
    await workbench.savedFile('src/cart.ts', /^(?![^]*Simulated change)/);
    assert.equal(await onDisk(), original);
    const view = workbench.page.locator('.comments-panel');
    assert.equal(await view.count(), 0, "VS Code's view of comments has not opened over what was there");
  });

  it('explains the code in the chat, with links to its lines', async () => {
    await workbench.openFile('cart.ts');
    await workbench.selectLines(15, 24);
    await workbench.runCommand('Switchboard: Explain Selection');
    const answer = workbench.panel.getByRole('article', { name: /^Assistant/ });
    await answer.getByRole('group', { name: 'Answer details' }).waitFor();
    await answer
      .getByRole('link', { name: /cart\.ts:\d+/ })
      .first()
      .waitFor();
    await workbench.screenshot('edits-3-explained');
  });
});
