import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import * as z from 'zod/mini';
import { chromiumArgs, ensureChromium } from '../../scripts/vscode/chromium.ts';
import { startCodeServer, userSettingsFile, type CodeServer } from '../../scripts/vscode/codeServer.ts';
import { ensureCodeServer } from '../../scripts/vscode/codeServerInstall.ts';
import { cacheFolder, root } from '../../scripts/vscode/folders.ts';
import { placeVsix } from '../../scripts/vscode/installedVsix.ts';
import { descendantsOf } from '../../scripts/vscode/processTree.ts';
import { extensionId } from '../../src/host/platform/contributions.ts';
import { VsCodeWindow } from './vsCodeWindow.ts';

/** The themes in which every surface is looked at. */
export const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'hc-dark': 'Default High Contrast',
  'hc-light': 'Default High Contrast Light',
} as const;

/** The class by which the workbench and our pages know the kind of a theme. */
const themeClasses = {
  light: ['vs', 'vscode-light'],
  dark: ['vs-dark', 'vscode-dark'],
  'hc-dark': ['hc-black', 'vscode-high-contrast:not(.vscode-high-contrast-light)'],
  'hc-light': ['hc-light', 'vscode-high-contrast-light'],
} as const satisfies Record<keyof typeof themes, readonly [workbench: string, page: string]>;

/** How a workbench is opened. */
export interface WorkbenchOptions {
  readonly vsix: string;
  /** Copied, so that a test may change what it likes; the examples when absent. */
  readonly workspace?: string;
  /** The user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly env?: NodeJS.ProcessEnv;
}

/** A real VS Code with the installed extension: its first window, its server and its files. */
export class Workbench extends VsCodeWindow {
  readonly workspace: string;
  /** Everything that the editor and its extensions write lies below. */
  readonly dataFolder: string;
  readonly #start: (port?: number) => Promise<CodeServer>;
  #server: CodeServer;
  readonly #browser: Browser;

  private constructor(
    page: Page,
    folders: { workspace: string; data: string },
    server: { running: CodeServer; start: (port?: number) => Promise<CodeServer> },
    browser: Browser,
  ) {
    super(page);
    this.workspace = folders.workspace;
    this.dataFolder = folders.data;
    this.#server = server.running;
    this.#start = server.start;
    this.#browser = browser;
  }

  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const [install, executablePath] = [await ensureCodeServer(), await ensureChromium()];
    const runs = join(cacheFolder, 'run');
    await mkdir(runs, { recursive: true });
    const data = await mkdtemp(join(runs, 'workbench-'));
    const workspace = join(data, 'workspace');
    await cp(options.workspace ?? join(root, 'examples', 'workspace'), workspace, { recursive: true });
    await placeVsix(install, data, options.vsix);
    const start = (port?: number): Promise<CodeServer> =>
      startCodeServer({
        install,
        dataFolder: data,
        settings: { 'workbench.colorTheme': themes.dark, ...options.settings },
        env: { OPENROUTER_API_KEY: '', ...options.env },
        ...(port === undefined ? {} : { port }),
      });
    const running = await start();
    const browser = await chromium.launch({
      executablePath,
      args: [...chromiumArgs],
      env: { ...process.env, HOME: join(data, 'home') },
    });
    const viewport = options.viewport ?? { width: 1280, height: 800 };
    const context = await browser.newContext({
      viewport,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const workbench = new Workbench(page, { workspace, data }, { running, start }, browser);
    await page.goto(`${running.url}/?folder=${workspace}`);
    await workbench.ready();
    return workbench;
  }

  /** A second window on the same workspace and the same user. */
  async openWindow(): Promise<VsCodeWindow> {
    const window = new VsCodeWindow(await this.page.context().newPage());
    await window.page.goto(this.page.url());
    await window.ready();
    return window;
  }

  /** Reloads the page as a crash would: the extension host starts anew, and what the window had not written is lost. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Reloads the window by VS Code's own command, which writes down what is to be remembered. */
  async reloadWindow(): Promise<void> {
    await Promise.all([this.page.waitForEvent('load'), this.beginCommand('Developer: Reload Window')]);
    await this.ready();
  }

  /** Ends the extension host as a crash would: at once, with nothing said. */
  killExtensionHost(): void {
    const host = descendantsOf(this.#server.pid).find(({ command }) =>
      command.includes('--type=extensionHost'),
    );
    if (!host) {
      throw new Error('no extension host is running');
    }
    process.kill(host.pid, 'SIGKILL');
  }

  /** Ends the server and starts it again, with something done in between. */
  async restart(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const url = this.page.url();
    // A window that is still there would begin an extension host of its own as soon as there is a server again.
    await this.page.goto('about:blank');
    await this.#server.close();
    await meanwhile();
    this.#server = await this.#start(this.#server.port);
    await this.page.goto(url);
    await this.ready();
  }

  /** The file that keeps the chats. */
  get databaseFile(): string {
    return join(this.dataFolder, 'user-data', 'User', 'globalStorage', extensionId, 'chats.sqlite');
  }

  /** Resolves when a text has reached the disk as a part of the last message: an earlier one may hold it too. */
  async untilSaved(text: string): Promise<void> {
    const find = `SELECT 1 FROM part WHERE instr(text, ?) > 0
      AND message_id = (SELECT id FROM message ORDER BY sequence DESC LIMIT 1)`;
    await until(() => {
      const database = new DatabaseSync(this.databaseFile, { readOnly: true });
      try {
        return database.prepare(find).get(text) !== undefined;
      } finally {
        database.close();
      }
    });
  }

  /** The text of a file of the workspace, once it matches. */
  savedFile(name: string, pattern: RegExp): Promise<string> {
    return this.#contentOnce(name, 'utf8', (text) => pattern.test(text));
  }

  /** The bytes of a file of the workspace, each as a character, once they are as they should be. */
  bytesOnce(name: string, areSo: (bytes: string) => boolean): Promise<string> {
    return this.#contentOnce(name, 'latin1', areSo);
  }

  /** It is not read again: a file that is just being written is empty for a moment. */
  async #contentOnce(
    name: string,
    encoding: 'utf8' | 'latin1',
    isSo: (content: string) => boolean,
  ): Promise<string> {
    let content = '';
    await until(async () => {
      content = await readFile(join(this.workspace, name), encoding);
      return isSo(content);
    });
    return content;
  }

  /** Resolves when a file of the workspace is there, or is not there any more. */
  async fileIs(name: string, state: 'there' | 'gone'): Promise<void> {
    await until(() => existsSync(join(this.workspace, name)) === (state === 'there'));
  }

  /** Changes one of the user's settings. */
  setUserSetting(name: string, value: unknown): Promise<void> {
    return this.setUserSettings({ [name]: value });
  }

  /** Changes some of the user's settings in VS Code: on a server it does not notice when another program does. */
  async setUserSettings(values: Readonly<Record<string, unknown>>): Promise<void> {
    const file = userSettingsFile(this.dataFolder);
    const text = JSON.stringify({ ...(await readJson(file)), ...values });
    await this.runCommand('Preferences: Open User Settings (JSON)');
    const tab = this.page.locator('.tab.active', { hasText: 'settings.json' });
    await tab.waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
    // Pasted, because VS Code would close brackets and quotes in what is typed.
    await this.page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.press('Control+V');
    await this.page.keyboard.press('Control+S');
    await until(async () => (await readFile(file, 'utf8')).trim() === text);
    await this.runCommand('View: Close Editor');
    await tab.waitFor({ state: 'detached' });
  }

  /** Shows the window in another theme: set for the workspace, so that nothing is opened and nothing loses the focus. */
  async showTheme(theme: keyof typeof themes): Promise<void> {
    const [workbench, page] = themeClasses[theme];
    await this.setWorkspaceSetting('workbench.colorTheme', themes[theme]);
    await this.page.locator(`.monaco-workbench.${workbench}`).waitFor();
    if (await this.page.locator('iframe.webview.ready').first().isVisible()) {
      await this.panel.locator(`body.${page}`).waitFor();
    }
  }

  /** One of the user's settings as it is on the disk, as JSON. */
  async userSetting(name: string): Promise<string> {
    return JSON.stringify((await readJson(userSettingsFile(this.dataFolder)))[name]);
  }

  /** Resolves when one of the user's settings has this value, as JSON, on the disk. */
  async savedUserSetting(name: string, value: string): Promise<void> {
    // VS Code may be in the middle of writing the file.
    await until(async () => (await this.userSetting(name).catch(() => undefined)) === value);
  }

  /** Changes one of the workspace's settings. */
  async setWorkspaceSetting(name: string, value: unknown): Promise<void> {
    const file = join(this.workspace, '.vscode', 'settings.json');
    const present = await readJson(file);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ ...present, [name]: value }));
  }

  /** Looks at the whole window, for a person to see later. */
  async screenshot(name: string): Promise<string> {
    const path = join(cacheFolder, 'screenshots', `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
    await rm(this.dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function readJson(file: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

/** Asks again until it is so: for what another process does, which sends no event. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) {
      throw new Error(`not within 15 s: ${isSo.toString()}`);
    }
    await delay(50);
  }
}
