import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import { ensurePackage } from '../../scripts/package.ts';
import { root } from '../../scripts/vscode/folders.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { Workbench } from '../support/workbench.ts';

describe('the message of a commit', () => {
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
    await appendFile(join(workspace, 'src', 'cart.ts'), '\nexport const currency = "EUR";\n');
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

  it('is written into the box from the palette', async () => {
    await workbench.runCommand('Switchboard: Generate Commit Message');
    await workbench.notifications.filter({ hasText: 'Described 1 file staged ($0.' }).waitFor();
    await box().filter({ hasText: 'change cart (simulated)' }).waitFor();
    const sent = simulator.journal.last('/chat/completions')?.text ?? '';
    assert.match(sent, /\+export const currency = /);
    assert.match(sent, /- Add the shop/);
    await workbench.screenshot('commit-message-1-written');
  });

  it('gives back what was typed before, after the button in the view', async () => {
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
});
