import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { simulatorKey } from '../simulator/simulator.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('a review', () => {
  const story = workbenchOfSuite(
    {},
    {
      after: async ({ workbench }) => {
        await workbench.setApiKey(simulatorKey);
        await workbench.statusItem('credit').filter({ hasText: '$7.48 left' }).waitFor();
        await appendFile(
          join(workbench.workspace, 'src', 'cart.ts'),
          'export function isFree(cart: any) {\n  return cart.total == 0;\n}\n',
        );
      },
    },
  );

  it('finds problems in the selected code, and a quick fix puts one right', async () => {
    await story.workbench.openFile('cart.ts');
    await story.workbench.selectLines(61, 63);
    await story.workbench.runCommand('Switchboard: Review Selection');
    const told = story.workbench.notifications.filter({
      hasText: /\d findings in cart\.ts \(\$0\.\d{6}\)\./,
    });
    await told.waitFor();
    assert.match(await told.innerText(), /Simulated review/);
    await told.getByRole('button', { name: 'Show Problems' }).click();
    const problem = story.workbench.page.locator('.markers-panel .monaco-list-row', {
      hasText: 'A loose comparison converts its operands',
    });
    await problem.waitFor();
    assert.match(await problem.innerText(), /Switchboard/);
    await story.workbench.screenshot('review-problems');
    // What can be done is known when the problem has a lamp.
    await problem.click();
    await problem.locator('[class*="codicon-light"]').first().waitFor();
    await story.workbench.page.keyboard.press('Control+.');
    const fix = story.workbench.page.getByRole('menuitem', { name: 'Apply suggestion' });
    await fix.waitFor();
    await story.workbench.screenshot('review-fixes');
    await fix.click();
    await problem.waitFor({ state: 'detached' });
    await story.workbench.runCommand('File: Save');
    await story.workbench.savedFile('src/cart.ts', /return cart\.total === 0;/);
  });
});
