import assert from 'node:assert/strict';
import { pagesOfSuite } from './opened.ts';
import type { Panel } from './panelHarness.ts';
import { states } from './states.ts';
import { findViolations } from './axe.ts';

describe('Attaching in the composer', () => {
  const pages = pagesOfSuite();
  let panel: Panel;

  beforeEach(async () => {
    panel = await pages.panel({ view: states.answer });
  });

  const offer = async (): Promise<void> => {
    const { id } = await panel.waitForPost('suggest');
    const items = ['Selection', 'Current file', 'cart.ts'].map((label) => ({
      id: label,
      label,
      detail: 'src/deep/in/the/tree',
      icon: 'file-code',
    }));
    await panel.send({ type: 'suggestions', id, items });
  };

  it('offers what fits after @, led by the keyboard while the text box keeps the focus', async () => {
    await panel.composer.pressSequentially('Why @');
    await offer();
    const list = panel.page.getByRole('listbox', { name: 'Suggestions' });
    await list.getByRole('option', { name: 'Selection', selected: true }).waitFor();
    assert.deepEqual(await findViolations(panel.page), []);
    await panel.composer.press('ArrowDown');
    await list.getByRole('option', { name: 'Current file', selected: true }).waitFor();
    const active = await panel.composer.getAttribute('aria-activedescendant');
    assert.match(await panel.page.locator(`#${active ?? ''}`).innerText(), /Current file/);
    await panel.composer.press('Enter');
    assert.equal((await panel.waitForPost('takeSuggestion')).id, 'Current file');
    await list.waitFor({ state: 'detached' });
    assert.equal(await panel.composer.inputValue(), 'Why ');
    assert.equal(panel.posted.filter(({ type }) => type === 'send').length, 0);
  });

  it('keeps the caret where the name was typed, and lets go of the list when the caret goes elsewhere', async () => {
    const list = panel.page.getByRole('listbox', { name: 'Suggestions' });
    await panel.composer.fill('Why  here?');
    await panel.composer.evaluate((box: HTMLTextAreaElement) => {
      box.setSelectionRange(4, 4);
    });
    await panel.composer.pressSequentially('@');
    await offer();
    await list.waitFor();
    await panel.composer.press('Enter');
    await list.waitFor({ state: 'detached' });
    await panel.composer.pressSequentially('is it');
    assert.equal(await panel.composer.inputValue(), 'Why is it here?');
    await panel.composer.press('End');
    await panel.composer.pressSequentially(' @');
    await offer();
    await list.waitFor();
    await panel.composer.press('Home');
    await list.waitFor({ state: 'detached' });
  });

  it('lets go of the list with Escape, and takes a row by the mouse', async () => {
    await panel.composer.pressSequentially('/');
    await offer();
    const list = panel.page.getByRole('listbox', { name: 'Suggestions' });
    await list.waitFor();
    await panel.composer.press('Escape');
    await list.waitFor({ state: 'detached' });
    await panel.composer.fill('');
    await panel.composer.pressSequentially('@c');
    await panel.waitForPost('suggest');
    await offer();
    await list.getByRole('option', { name: 'cart.ts' }).click();
    assert.equal((await panel.waitForPost('takeSuggestion')).id, 'cart.ts');
    await panel.page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Message');
  });

  it('takes a pasted picture, no larger than a model sees it', async () => {
    await panel.composer.focus();
    await panel.page.evaluate(async () => {
      const canvas = new OffscreenCanvas(4_000, 1_000);
      canvas.getContext('2d')?.fillRect(0, 0, 4_000, 1_000);
      const file = new File([await canvas.convertToBlob({ type: 'image/png' })], 'image.png', {
        type: 'image/png',
      });
      const data = new DataTransfer();
      data.items.add(file);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    const { name, base64 } = await panel.waitForPost('attachContent');
    assert.equal(name, 'image.png');
    const png = Buffer.from(base64, 'base64');
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1_568, 392]);
  });

  it('attaches a pasted text of megabytes, and stays as quick as before', async () => {
    await panel.composer.fill('What is wrong here?');
    await panel.composer.evaluate((box) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'lorem ipsum \u00e4\n'.repeat(360_000));
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    const { name, base64 } = await panel.waitForPost('attachContent');
    assert.deepEqual([name, Buffer.from(base64, 'base64').length], ['Pasted text', 15 * 360_000]);
    await panel.composer.press('End');
    await panel.composer.pressSequentially(' Say it.');
    assert.equal(await panel.composer.inputValue(), 'What is wrong here? Say it.');
  });

  it('leaves pasted words to the text box, also where a picture of them comes along', async () => {
    await panel.composer.focus();
    const isTaken = await panel.page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'some words');
      data.items.add(new File(['x'], 'table.png', { type: 'image/png' }));
      const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(paste);
      return paste.defaultPrevented;
    });
    assert.equal(isTaken, false);
  });

  it('takes files that are dropped anywhere on it, by their addresses or by their content', async () => {
    const drop = (addresses: string | undefined): Promise<void> =>
      panel.page.evaluate((list) => {
        const data = new DataTransfer();
        if (list === undefined) {
          data.items.add(new File(['const a = 1;'], 'a.ts'));
        } else {
          data.setData('text/uri-list', list);
        }
        const options = { dataTransfer: data, bubbles: true, cancelable: true };
        document.querySelector('[role="log"]')?.dispatchEvent(new DragEvent('drop', options));
      }, addresses);
    await drop('# two\r\nfile:///work/a.ts\r\nfile:///work/b.ts');
    assert.deepEqual((await panel.waitForPost('attachUris')).uris, [
      'file:///work/a.ts',
      'file:///work/b.ts',
    ]);
    await drop(undefined);
    const { name, base64 } = await panel.waitForPost('attachContent');
    assert.deepEqual([name, Buffer.from(base64, 'base64').toString()], ['a.ts', 'const a = 1;']);
  });

  it('shows a drop hint while something is dragged over it', async () => {
    const drag = (type: string): Promise<void> =>
      panel.page.locator('main').evaluate((main, name) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['words'], 'notes.txt', { type: 'text/plain' }));
        main.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
      }, type);
    const sign = panel.page.getByText('Drop to attach');
    await drag('dragover');
    await sign.waitFor();
    await drag('dragleave');
    await sign.waitFor({ state: 'detached' });
    await drag('dragover');
    await sign.waitFor();
    await drag('drop');
    assert.equal((await panel.waitForPost('attachContent')).name, 'notes.txt');
    await sign.waitFor({ state: 'detached' });
  });
});
