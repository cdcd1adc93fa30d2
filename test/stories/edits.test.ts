import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { describe, it } from 'mocha';
import { simulatorKey } from '../simulator/simulator.ts';
import { workbenchOfSuite } from '../support/workbenchOfSuite.ts';

describe('changing and explaining the selected code', () => {
  let original: string;
  const onDisk = (): Promise<string> => readFile(join(story.workbench.workspace, 'src', 'cart.ts'), 'utf8');
  const story = workbenchOfSuite(
    { settings: { 'files.autoSave': 'afterDelay' }, viewport: { width: 1280, height: 900 } },
    {
      after: async ({ workbench }) => {
        await workbench.setApiKey(simulatorKey);
        original = await onDisk();
        await workbench.openFile('cart.ts');
        await workbench.selectLines(15, 24);
      },
    },
  );

  const lens = (title: string) => story.workbench.page.locator('.codelens-decoration a', { hasText: title });

  it('shows a fix inline and writes nothing before it is accepted', async () => {
    await story.workbench.runCommand('Switchboard: Fix Selection');
    await lens('1 of 2').waitFor();
    await story.workbench.page.locator('.review-widget').first().waitFor();
    await story.workbench.screenshot('edits-1-review');
    assert.equal(await onDisk(), original);
    const request = story.simulator.journal.last('/chat/completions');
    assert.match(request?.text ?? '', /json_schema/);
    await lens('Accept').first().click();
    await lens('1 of 1').waitFor();
    const saved = await story.workbench.savedFile('src/cart.ts', /Simulated change/);
    assert.equal(
      saved.replace(/^.*Simulated change.*\n/m, ''),
      original,
      'one change was made, and no other',
    );
    await story.workbench.screenshot('edits-2-accepted');
    await lens('Reject').click();
    await lens('Reject').waitFor({ state: 'detached' });
    assert.equal(await onDisk(), saved);
    await story.workbench.page.keyboard.press('Control+Z');
    await story.workbench.page.keyboard.press('Control+S');
    const bytes = Buffer.from(original).toString('latin1');
    await story.workbench.bytesOnce('src/cart.ts', (text) => text === bytes);
    const view = story.workbench.page.locator('.comments-panel');
    assert.equal(await view.count(), 0, "VS Code's view of comments has not opened over what was there");
  });

  describe('of several files', () => {
    const panel = () => story.workbench.page.locator('.bulk-edit-panel');
    /** The box of a file, or of a change in one. */
    const box = (words: string) =>
      panel().locator('.monaco-list-row', { hasText: words }).first().locator('.edit-checkbox');

    /** Ticks boxes, or takes their ticks away, and applies what is ticked then. */
    async function apply(clicks: readonly string[]): Promise<void> {
      for (const words of clicks) {
        await box(words).click();
      }
      await story.workbench.screenshot(`edits-4-preview-${clicks[0] ?? ''}`);
      await panel().getByRole('button', { name: 'Apply' }).click();
      await panel().waitFor({ state: 'hidden' });
    }

    /** Every file of the workspace with its bytes. */
    async function files(): Promise<Record<string, string>> {
      const names = await readdir(story.workbench.workspace, { recursive: true, withFileTypes: true });
      const paths = names
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => relative(story.workbench.workspace, join(parentPath, name)));
      const read = async (path: string): Promise<[string, string]> => [
        path,
        await readFile(join(story.workbench.workspace, path), 'latin1'),
      ];
      return Object.fromEntries(await Promise.all(paths.toSorted().map(read)));
    }

    async function propose(edits: readonly object[]): Promise<void> {
      const content = JSON.stringify({ summary: 'Simulated: several files.', edits });
      story.simulator.use({ name: 'several files', about: 'Edits of several files', answer: { content } });
      await story.workbench.openFile('cart.ts');
      await story.workbench.selectLines(15, 24);
      await story.workbench.runCommand('Switchboard: Refactor Selection');
      await panel().getByRole('button', { name: 'Apply' }).waitFor();
      await story.workbench.dismissNotifications();
    }

    const edit = (file: string, search: string, replace: string) => ({
      ...{ file, search, replace },
      ...{ startLine: 1, reason: `Because of ${file}.` },
    });
    const tax = 'export const tax = 21;\n';

    it('writes nothing when all is discarded', async () => {
      const before = await files();
      await propose([edit('src/cart.ts', 'this.items.delete(sku)', 'true'), edit('src/new.ts', '', tax)]);
      await box('cart.ts').click();
      await panel().getByRole('button', { name: 'Discard' }).click();
      await panel().waitFor({ state: 'hidden' });
      assert.deepEqual(await files(), before);
    });

    it('changes only those selected in the Refactor Preview', async () => {
      const before = await files();
      await propose([
        edit('src/cart.ts', 'this.items.delete(sku)', 'this.items.delete(sku.trim())'),
        edit('src/money.ts', "currency = 'EUR'", "currency = 'USD'"),
        edit('lib/inventory.py', '"sale"', '"sold"'),
        edit('src/tax.ts', '', tax),
      ]);
      assert.deepEqual(await files(), before, 'nothing is written before');
      for (const words of ['inventory.py', 'cart.ts', 'money.ts', 'tax.ts']) {
        assert.equal(await box(words).isChecked(), false, 'each file is asked about');
      }
      await apply(['inventory.py', 'cart.ts', 'tax.ts', 'inventory.py']);
      const cart = before['src/cart.ts']?.replace('delete(sku)', 'delete(sku.trim())') ?? '';
      await story.workbench.bytesOnce('src/cart.ts', (bytes) => bytes === cart);
      await story.workbench.fileIs('src/tax.ts', 'there');
      await story.workbench.bytesOnce('src/tax.ts', (bytes) => bytes === tax);
      assert.deepEqual(await files(), { ...before, 'src/cart.ts': cart, 'src/tax.ts': tax });
    });

    it('renames and deletes only the selected ones', async () => {
      const before = await files();
      const textOf = (file: string): string => Buffer.from(before[file] ?? '', 'latin1').toString();
      const [money, inventory] = [textOf('src/money.ts'), textOf('lib/inventory.py')];
      await propose([
        edit('src/cart.ts', 'sku.trim()', 'sku'),
        edit('src/money.ts', money, ''),
        edit('src/currency.ts', '', money),
        edit('lib/inventory.py', inventory, ''),
        edit('src/tax.ts', tax, ''),
      ]);
      assert.deepEqual(await files(), before, 'nothing is written before');
      await apply(['currency.ts', 'inventory.py']);
      const { 'src/money.ts': renamed = '', 'lib/inventory.py': _, ...others } = before;
      await story.workbench.fileIs('lib/inventory.py', 'gone');
      await story.workbench.fileIs('src/currency.ts', 'there');
      assert.deepEqual(await files(), { ...others, 'src/currency.ts': renamed });
    });
  });

  it('explains the code in the chat, with links to its lines', async () => {
    await story.workbench.openFile('cart.ts');
    await story.workbench.selectLines(15, 24);
    await story.workbench.runCommand('Switchboard: Explain Selection');
    const answer = story.workbench.panel.getByRole('article', { name: /^Assistant/ });
    await answer.getByRole('group', { name: 'Answer details' }).waitFor();
    await answer
      .getByRole('link', { name: /cart\.ts:\d+/ })
      .first()
      .waitFor();
    await story.workbench.screenshot('edits-3-explained');
  });
});
