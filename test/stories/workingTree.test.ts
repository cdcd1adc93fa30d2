import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { ensurePackage } from '../../scripts/package.ts';
import { root } from '../../scripts/vscode/folders.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { Workbench } from '../support/workbench.ts';

describe('the changes of the working tree', () => {
  let simulator: Simulator;
  let workbench: Workbench;
  let workspace: string;

  before(async () => {
    const vsix = await ensurePackage();
    simulator = await startSimulator();
    workspace = await mkdtemp(join(tmpdir(), 'committed-'));
    await cp(join(root, 'examples', 'workspace'), workspace, { recursive: true });
    const git = async (...args: readonly string[]): Promise<void> => {
      const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
      await promisify(execFile)('git', [...who, ...args], { cwd: workspace });
    };
    await git('init', '--quiet');
    await git('add', '.');
    await git('commit', '--quiet', '-m', 'Add the shop');
    await appendFile(
      join(workspace, 'src', 'cart.ts'),
      '\nexport const currency = "EUR";\nexport const isFree = (cart: Cart) => cart.total == 0;\n',
    );
    await git('add', '.');
    workbench = await Workbench.open({
      vsix,
      workspace,
      settings: { 'switchboard.baseUrl': simulator.baseUrl },
      env: { OPENROUTER_API_KEY: simulatorKey },
    });
    await workbench.statusItem('credit').filter({ hasText: 'left' }).waitFor();
  });

  after(async () => {
    await workbench.close();
    await simulator.close();
    await rm(workspace, { recursive: true, force: true });
  });

  const box = () => workbench.page.locator('.scm-editor .view-lines').first();

  it('are described in the box from the palette', async () => {
    await workbench.runCommand('Switchboard: Generate Commit Message');
    await workbench.notifications
      .filter({ hasText: 'Wrote a commit message for 1 staged file ($0.' })
      .waitFor();
    await box().filter({ hasText: 'change cart (simulated)' }).waitFor();
    const sent = simulator.journal.last('/chat/completions')?.text ?? '';
    assert.match(sent, /\+export const currency = /);
    assert.match(sent, /- Add the shop/);
    await workbench.screenshot('commit-message-1-written');
  });

  it('are described by the button in the view, which gives back what was typed before', async () => {
    await workbench.dismissNotifications();
    await box().click();
    await workbench.page.keyboard.press('Control+A');
    await workbench.page.keyboard.type('my own words');
    await box().filter({ hasText: 'my own words' }).waitFor();
    await workbench.page.getByRole('button', { name: 'Generate Commit Message' }).first().click();
    const notification = workbench.notifications.filter({ hasText: 'can be put back' });
    await notification.waitFor();
    await box().filter({ hasText: 'change cart (simulated)' }).waitFor();
    await notification.getByRole('button', { name: 'Restore' }).click();
    await box().filter({ hasText: 'my own words' }).waitFor();
  });

  it('are reviewed as a whole; a suggestion is applied, and undone, to the byte', async () => {
    await workbench.dismissNotifications();
    const file = 'src/cart.ts';
    const original = await readFile(join(workbench.workspace, file), 'latin1');
    await workbench.runCommand('Switchboard: Review Working Tree Changes');
    const told = workbench.notifications.filter({ hasText: /\d findings? in cart\.ts/ });
    await told.getByRole('button', { name: 'Show Problems' }).click();
    const problem = workbench.page.locator('.markers-panel .monaco-list-row', {
      hasText: 'A loose comparison converts its operands',
    });
    await problem.dblclick();
    await workbench.page.locator('.monaco-editor.focused .view-line').first().waitFor();
    await workbench.page.keyboard.press('Control+.');
    await workbench.page
      .locator('.action-widget .monaco-list-row', { hasText: 'Apply suggestion' })
      .first()
      .click();
    await problem.waitFor({ state: 'detached' });
    assert.equal(await readFile(join(workbench.workspace, file), 'latin1'), original, 'not saved by itself');
    await workbench.runCommand('File: Save');
    const fixed = original.replace('cart.total == 0', 'cart.total === 0');
    await workbench.bytesOnce(file, (bytes) => bytes === fixed);
    await workbench.screenshot('commit-message-2-reviewed');
    await workbench.page.keyboard.press('Control+1');
    await workbench.page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
    await workbench.page.keyboard.press('Control+Z');
    await workbench.runCommand('File: Save');
    await workbench.bytesOnce(file, (bytes) => bytes === original);
  });
});
