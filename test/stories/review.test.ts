import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { ensurePackage } from '../../scripts/package.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { Workbench } from '../support/workbench.ts';

describe('a review', () => {
  let simulator: Simulator;
  let workbench: Workbench;

  before(async () => {
    const vsix = await ensurePackage();
    simulator = await startSimulator();
    workbench = await Workbench.open({ vsix, settings: { 'switchboard.baseUrl': simulator.baseUrl } });
    await workbench.setApiKey(simulatorKey);
    await workbench.statusItem('credit').filter({ hasText: '$7.48 left' }).waitFor();
    await appendFile(
      join(workbench.workspace, 'src', 'cart.ts'),
      'export function isFree(cart: any) {\n  return cart.total == 0;\n}\n',
    );
  });

  after(async () => {
    await workbench.close();
    await simulator.close();
  });

  it('finds problems in the selected code, and a quick fix puts one right', async () => {
    await workbench.openFile('cart.ts');
    await workbench.selectLines(61, 63);
    await workbench.runCommand('Switchboard: Review Selection');
    const told = workbench.notifications.filter({ hasText: /\d findings in cart\.ts \(\$0\.\d{6}\)\./ });
    await told.waitFor();
    assert.match(await told.innerText(), /Simulated review/);
    await told.getByRole('button', { name: 'Show Problems' }).click();
    const problem = workbench.page.locator('.markers-panel .monaco-list-row', {
      hasText: 'A loose comparison converts its operands',
    });
    await problem.waitFor();
    assert.match(await problem.innerText(), /Switchboard/);
    await workbench.screenshot('review-problems');
    // What can be done is known when the problem has a lamp.
    await problem.click();
    await problem.locator('[class*="codicon-light"]').first().waitFor();
    await workbench.page.keyboard.press('Control+.');
    const fix = workbench.page.getByRole('menuitem', { name: 'Apply suggestion' });
    await fix.waitFor();
    await workbench.screenshot('review-fixes');
    await fix.click();
    await problem.waitFor({ state: 'detached' });
    await workbench.runCommand('File: Save');
    await workbench.savedFile('src/cart.ts', /return cart\.total === 0;/);
  });
});
