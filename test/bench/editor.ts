import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../../scripts/vscode/chromium.ts';
import { installVsix, startCodeServer } from '../../scripts/vscode/codeServer.ts';
import { ensureCodeServer, type CodeServerInstall } from '../../scripts/vscode/codeServerInstall.ts';
import { cacheFolder, root } from '../../scripts/vscode/folders.ts';

/** What an editor is made of. */
export interface EditorParts {
  readonly vsixes: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** An editor that has been started, with its one window. */
export interface RunningEditor {
  readonly page: Page;
  close(): Promise<void>;
}

/** A real VS Code with some extensions installed, to be started as often as one likes. */
export class Editor {
  /** Everything that the editor and the extensions write lies below. */
  readonly folder: string;
  readonly #install: CodeServerInstall;
  readonly #browser: Browser;
  readonly #settings: Readonly<Record<string, unknown>>;

  private constructor(
    folder: string,
    install: CodeServerInstall,
    browser: Browser,
    settings: Readonly<Record<string, unknown>>,
  ) {
    this.folder = folder;
    this.#install = install;
    this.#browser = browser;
    this.#settings = settings;
  }

  static async make({ vsixes, settings = {} }: EditorParts): Promise<Editor> {
    const [install, executablePath] = [await ensureCodeServer(), await ensureChromium()];
    const runs = join(cacheFolder, 'run');
    await mkdir(runs, { recursive: true });
    const folder = await mkdtemp(join(runs, 'bench-'));
    await cp(join(root, 'examples', 'workspace'), join(folder, 'workspace'), { recursive: true });
    for (const vsix of vsixes) {
      await installVsix(install, folder, vsix);
    }
    const browser = await chromium.launch({
      executablePath,
      args: [...chromiumArgs],
      env: { ...process.env, HOME: join(folder, 'home') },
    });
    return new Editor(folder, install, browser, settings);
  }

  /**
   * Starts the server, and opens the workspace in a window that remembers nothing of an earlier one. A script, if
   * there is one, runs in each of its documents.
   */
  async start(env: NodeJS.ProcessEnv, script?: () => void): Promise<RunningEditor> {
    const server = await startCodeServer({
      install: this.#install,
      dataFolder: this.folder,
      settings: this.#settings,
      env,
    });
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    if (script) {
      await page.addInitScript(script);
    }
    await page.goto(`${server.url}/?folder=${join(this.folder, 'workspace')}`);
    return {
      page,
      close: async () => {
        await context.close();
        await server.close();
      },
    };
  }

  async dispose(): Promise<void> {
    await this.#browser.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
