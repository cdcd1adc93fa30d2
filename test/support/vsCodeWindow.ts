import type { FrameLocator, Locator, Page } from 'playwright-core';
import { extensionId } from '../../src/host/platform/contributions.ts';

/** How VS Code marks a webview that reaches the right edge of the window: the tab of an editor, not the side bar. */
const atRight = '.webview-overlay-outer-right';

/** One window of a real VS Code, as a person at the keyboard has it. */
export class VsCodeWindow {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the workbench stands and our extension has shown itself in the status bar. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor();
    await this.statusItem('credit').waitFor({ timeout: 60_000 });
  }

  /** Runs a command by its title in the palette, for example `Switchboard: Open Chat`. */
  async runCommand(title: string): Promise<void> {
    await this.beginCommand(title);
    // What the command itself opens is drawn in the same widget; the palette has gone when its `>` has.
    await this.page.waitForFunction(() => {
      const palette = document.querySelector<HTMLInputElement>('.quick-input-widget input.input');
      return !palette?.checkVisibility() || !palette.value.startsWith('>');
    });
  }

  /** Resolves when the command palette is open. */
  async paletteIsOpen(): Promise<void> {
    await this.page.waitForFunction(() => {
      const palette = document.querySelector<HTMLInputElement>('.quick-input-widget input.input');
      return palette?.checkVisibility() === true && palette.value.startsWith('>');
    });
  }

  protected async beginCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget:visible input');
    await input.fill(`>${title}`);
    const entry = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first();
    await entry.waitFor();
    await entry.click();
    // What opens now would show a hover below the mouse, over its own buttons.
    await this.page.mouse.move(0, 0);
  }

  /** The input of the quick pick or input box that is open. */
  get input(): Locator {
    return this.page.locator('.quick-input-widget:visible input').first();
  }

  /** The rows of the open quick pick. */
  get pickRows(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
  }

  /** The row that Enter would choose, once it is the one with these words. */
  focusedRow(words: string): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row.focused', {
      hasText: words,
    });
  }

  /** Chooses a row of the quick pick with this title as one does by keyboard: types some of it, and presses Enter. */
  async pick(title: RegExp, words: string): Promise<void> {
    await this.page.locator('.quick-input-widget:visible .quick-input-title', { hasText: title }).waitFor();
    await this.input.fill(words);
    try {
      await this.focusedRow(words).waitFor({ timeout: 3_000 });
    } catch {
      // Rows that arrive while one types can leave none in focus; then one goes to the first with the arrow.
      await this.input.press('ArrowDown');
      await this.focusedRow(words).waitFor();
    }
    // To the input itself: the panel may have the focus again.
    await this.input.press('Enter');
  }

  /** Presses a button of a row by keyboard alone. */
  async pressRowButton(row: string, button: string): Promise<void> {
    const { keyboard } = this.page;
    for (let steps = 0; steps < 20 && (await this.focusedRow(row).count()) === 0; steps += 1) {
      await keyboard.press('ArrowDown');
    }
    await this.focusedRow(row).waitFor();
    const hasFocus = (): Promise<boolean> =>
      this.page.evaluate((name) => document.activeElement?.getAttribute('aria-label') === name, button);
    // The list is a stop of the Tab key, and so are the buttons of the row in focus, with arrow keys among them.
    for (const key of ['Tab', 'Tab', 'ArrowRight', 'ArrowRight']) {
      if (await hasFocus()) {
        break;
      }
      await keyboard.press(key);
    }
    await keyboard.press('Enter');
  }

  /** The words below an input box: its prompt, or why the value is refused. */
  get inputMessage(): Locator {
    return this.page.locator('.quick-input-widget:visible .quick-input-message');
  }

  /** Types into the input box whose title is given, and accepts. */
  async answerInput(title: string, text: string): Promise<void> {
    await this.page.locator('.quick-input-widget:visible .quick-input-title', { hasText: title }).waitFor();
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  /** Answers the simple file dialog, once it has put in the place or the name that it proposes. */
  async answerFileDialog(proposed: string, file: string): Promise<void> {
    await this.page.waitForFunction((words) => {
      const input = document.querySelector<HTMLInputElement>('.quick-input-widget input.input');
      return input?.checkVisibility() === true && input.value.includes(words);
    }, proposed);
    // While it reads a folder it takes no answer, and says so by nothing but staying there.
    for (let attempt = 1; ; attempt += 1) {
      await this.input.fill(file);
      await this.input.press('Enter');
      try {
        await this.input.waitFor({ state: 'hidden', timeout: 2_000 });
        return;
      } catch (error) {
        if (attempt === 10) {
          throw error;
        }
      }
    }
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.page.locator('.quick-input-widget:visible input').fill(name);
    // Not by Enter: while files that were open before are listed, another one may be in focus for a moment.
    await this.pickRows.filter({ hasText: name }).first().click();
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** Selects whole lines, counted from 1, in the active editor. */
  async selectLines(from: number, to: number): Promise<void> {
    await this.page.keyboard.press('Control+G');
    await this.input.waitFor();
    await this.input.fill(`:${String(from)}`);
    await this.page.keyboard.press('Enter');
    await this.input.waitFor({ state: 'hidden' });
    // A key that is pressed before the editor has the focus again selects nothing, and says so by nothing.
    await this.page.locator('.monaco-editor.focused').first().waitFor();
    for (let line = from; line <= to; line++) {
      await this.page.keyboard.press('Shift+ArrowDown');
    }
    await this.page.locator('[id="status.editor.selection"]', { hasText: 'selected' }).waitFor();
  }

  /** One of our status bar items. */
  statusItem(id: 'credit' | 'model'): Locator {
    return this.page.locator(`.statusbar-item[id="${extensionId}.${id}"]`);
  }

  /** Shows the hover of a status bar item. An item that changes meanwhile takes its hover away, so one points again. */
  async hoverOver(id: 'credit' | 'model', words: string): Promise<void> {
    const shown = this.page.locator('.hover-contents', { hasText: words });
    for (let attempt = 1; ; attempt += 1) {
      await this.page.mouse.move(0, 0);
      await this.statusItem(id).hover();
      try {
        await shown.waitFor({ timeout: 5_000 });
        return;
      } catch (error) {
        if (attempt === 3) {
          throw error;
        }
      }
    }
  }

  /** The chat panel's document. */
  get panel(): FrameLocator {
    return this.page.frameLocator(`:not(${atRight}) > iframe.webview.ready`).frameLocator('#active-frame');
  }

  /** The document of the chat in the tab of an editor. */
  get editorPanel(): FrameLocator {
    return this.page.frameLocator(`${atRight} > iframe.webview.ready`).frameLocator('#active-frame');
  }

  /** The notifications that are shown. */
  get notifications(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item');
  }

  /** Stores a key that is good through the command, as a user does. */
  async setApiKey(key: string): Promise<void> {
    await this.runCommand('Switchboard: Set API Key');
    await this.answerInput('Set API Key', key);
    // It is there when it was checked, and not when it was typed.
    await this.statusItem('credit').filter({ hasNotText: 'Set API key' }).waitFor();
    await this.page
      .locator('.quick-input-widget:visible .quick-input-title', { hasText: 'Set API Key' })
      .waitFor({ state: 'detached' });
  }

  /** Opens the chat. It takes the focus when it is there, also from a palette that was opened too early. */
  async openChat(): Promise<void> {
    await this.runCommand('Switchboard: Open Chat');
    await this.focusIsBack();
  }

  /** Types a question into the panel, and sends it. */
  async sendMessage(text: string): Promise<void> {
    const composer = this.panel.getByRole('textbox', { name: 'Message' });
    await composer.fill(text);
    await composer.press('Enter');
  }

  /** Resolves when the caret is in the composer again, as after all that was opened from the panel. */
  async focusIsBack(): Promise<void> {
    await this.panel.locator('textarea:focus[aria-label="Message"]').waitFor();
  }

  /** Resolves when the panel and the extension have done all that was asked of them before. */
  async panelHasAnswered(): Promise<void> {
    // What is dropped onto the panel goes all the way to the extension and back, whoever has the focus.
    const items = this.panel.getByRole('list', { name: 'Attached context' }).getByRole('listitem');
    const before = await items.count();
    await this.panel.locator('main').evaluate((main) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['There.'], 'there.txt'));
      main.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
    });
    await items.nth(before).waitFor();
    await items
      .nth(before)
      .getByRole('button', { name: /^Remove/ })
      .evaluate((button: HTMLElement) => {
        button.click();
      });
    await items.nth(before).waitFor({ state: 'detached' });
  }

  /** Hides the panel behind the file explorer. */
  async showExplorer(): Promise<void> {
    await this.page.keyboard.press('Control+Shift+E');
    await this.page.locator('iframe.webview.ready').waitFor({ state: 'hidden' });
  }

  /** Opens a file from the explorer: quick open does not know files that are new. */
  async openFromExplorer(name: string): Promise<void> {
    await this.showExplorer();
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
  }

  /** Opens a text file from the explorer, and selects all of it. */
  async selectAllOf(name: string): Promise<void> {
    await this.openFromExplorer(name);
    await this.page.locator(`.monaco-editor.focused[data-uri$="/${name}"] .view-line`).first().waitFor();
    await this.page.keyboard.press('Control+A');
  }

  /** Opens a file that VS Code takes for binary as text all the same. */
  async openBinaryFile(name: string): Promise<void> {
    await this.openFromExplorer(name);
    await this.page.getByText('Open Anyway').click();
    await this.pickRows.filter({ hasText: 'Text Editor' }).first().click();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
  }

  async dismissNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.notifications.first().waitFor({ state: 'detached' });
  }
}
