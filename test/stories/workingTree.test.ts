import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { after, describe, it } from 'mocha';
import { root } from '../../scripts/vscode/folders.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('the changes of the working tree', () => {
  let workspace: string;
  const story = workbenchOfSuite(
    // In a browser VS Code saves after a second by itself, and this suite looks at what is not saved.
    { signedIn: true, settings: { 'files.autoSave': 'off' } },
    {
      before: async () => {
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
        return { workspace };
      },
    },
  );
  after(() => rm(workspace, { recursive: true, force: true }));

  const box = () => story.workbench.page.locator('.scm-editor .view-lines').first();

  it('are described in the box from the palette', async () => {
    await story.workbench.runCommand('Switchboard: Generate Commit Message');
    await story.workbench.notifications
      .filter({ hasText: 'Wrote a commit message for 1 staged file ($0.' })
      .waitFor();
    await box().filter({ hasText: 'change cart (simulated)' }).waitFor();
    const sent = story.simulator.journal.last('/chat/completions')?.text ?? '';
    assert.match(sent, /\+export const currency = /);
    assert.match(sent, /- Add the shop/);
    await story.workbench.screenshot('commit-message-1-written');
  });

  it('are described by the button in the view, which can restore the typed text', async () => {
    await story.workbench.dismissNotifications();
    await box().click();
    await story.workbench.page.keyboard.press('Control+A');
    await story.workbench.page.keyboard.type('my own words');
    await box().filter({ hasText: 'my own words' }).waitFor();
    await story.workbench.page.getByRole('button', { name: 'Generate Commit Message' }).first().click();
    const notification = story.workbench.notifications.filter({ hasText: 'restore the previous message' });
    await notification.waitFor();
    await box().filter({ hasText: 'change cart (simulated)' }).waitFor();
    await notification.getByRole('button', { name: 'Restore' }).click();
    await box().filter({ hasText: 'my own words' }).waitFor();
  });

  it('are reviewed as a whole; a suggestion is applied, and undone, to the byte', async () => {
    await story.workbench.dismissNotifications();
    const file = 'src/cart.ts';
    const original = await readFile(join(story.workbench.workspace, file), 'latin1');
    await story.workbench.runCommand('Switchboard: Review Working Tree Changes');
    const told = story.workbench.notifications.filter({ hasText: /\d findings? in cart\.ts/ });
    await told.getByRole('button', { name: 'Show Problems' }).click();
    const problem = story.workbench.page.locator('.markers-panel .monaco-list-row', {
      hasText: 'A loose comparison converts its operands',
    });
    await problem.dblclick();
    await story.workbench.page.locator('.monaco-editor.focused .view-line').first().waitFor();
    await story.workbench.page.keyboard.press('Control+.');
    await story.workbench.page
      .locator('.action-widget .monaco-list-row', { hasText: 'Apply suggestion' })
      .first()
      .click();
    await problem.waitFor({ state: 'detached' });
    assert.equal(
      await readFile(join(story.workbench.workspace, file), 'latin1'),
      original,
      'not saved by itself',
    );
    await story.workbench.runCommand('File: Save');
    const fixed = original.replace('cart.total == 0', 'cart.total === 0');
    await story.workbench.bytesOnce(file, (bytes) => bytes === fixed);
    await story.workbench.screenshot('commit-message-2-reviewed');
    await story.workbench.page.keyboard.press('Control+1');
    await story.workbench.page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
    await story.workbench.page.keyboard.press('Control+Z');
    await story.workbench.runCommand('File: Save');
    await story.workbench.bytesOnce(file, (bytes) => bytes === original);
  });
});
