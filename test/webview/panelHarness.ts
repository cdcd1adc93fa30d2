import { EventEmitter, once } from 'node:events';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../../scripts/vscode/chromium.ts';
import { root } from '../../scripts/vscode/folders.ts';
import type { ChatChange, ChatView } from '../../src/protocol/chatView.ts';
import type { ColourRequest } from '../../src/protocol/codeColours.ts';
import { compareToHost, type CompareToHost, type CompareToWebview } from '../../src/protocol/compareView.ts';
import { ColourReader } from '../../src/host/colours/colourReader.ts';
import type { CodeTheme } from '../../src/host/colours/themeRules.ts';
import { Tokenizer } from '../../src/host/colours/tokenizer.ts';
import { PanelServer, type PageName } from './panelServer.ts';
import type { ThemeName } from './themes.ts';

/** How a panel is opened. */
export interface PanelOptions {
  /** The panel of the chat when absent. */
  readonly page?: PageName;
  readonly theme?: ThemeName;
  /** English when absent. */
  readonly language?: 'de' | 'ja';
  readonly width?: number;
  readonly height?: number;
  /** Magnification, as the editor's zoom gives it. */
  readonly zoom?: number;
  /** What the panel kept when it was last thrown away. */
  readonly state?: unknown;
  /** Shown as soon as the panel is ready. */
  readonly view?: ChatView;
}

/** A Chromium and a server that show the built panel under its shipped policy. */
export class PanelHarness {
  readonly #browser: Browser;
  readonly #server: PanelServer;

  private constructor(browser: Browser, server: PanelServer) {
    this.#browser = browser;
    this.#server = server;
  }

  /** Serves the bundle in `folder`; that of the last build when absent. */
  static async start(folder = `${root}/dist/panel`): Promise<PanelHarness> {
    const executablePath = await ensureChromium();
    const server = await PanelServer.start(folder);
    return new PanelHarness(await chromium.launch({ executablePath, args: [...chromiumArgs] }), server);
  }

  async open(options: PanelOptions = {}): Promise<Panel> {
    const { width = 340, height = 720, zoom = 1, theme = 'dark' } = options;
    const context = await this.#browser.newContext({
      viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
      deviceScaleFactor: zoom,
    });
    const panel = new Panel(context, await context.newPage(), this.#server.origin);
    await panel.start(this.#server.address(theme, options.language, options.page), options);
    return panel;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
  }
}

/** One open panel, with the test in the place of the extension. */
export class Panel {
  readonly page: Page;
  /** Everything that the panel has said, in order. */
  readonly posted: CompareToHost[] = [];
  /** What must never happen: errors, breaches of the policy, dialogs, requests to anywhere else. */
  readonly problems: string[] = [];
  readonly #context: BrowserContext;
  readonly #origin: string;
  readonly #events = new EventEmitter();
  #view: ChatView | undefined;
  #colours: ColourReader | undefined;

  constructor(context: BrowserContext, page: Page, origin: string) {
    this.#context = context;
    this.page = page;
    this.#origin = origin;
  }

  get transcript(): Locator {
    return this.page.getByRole('log', { name: 'Conversation' });
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message' });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  article(name: RegExp): Locator {
    return this.page.getByRole('article', { name });
  }

  async start(address: string, { state, view }: PanelOptions): Promise<void> {
    await this.page.exposeFunction('postToTest', (message: unknown) => {
      const said = compareToHost.parse(message);
      if (said.type === 'colour') {
        void this.#colour(said.request);
        return;
      }
      this.posted.push(said);
      this.#events.emit('posted');
    });
    this.#watchForProblems();
    await this.page.addInitScript(
      (kept) => {
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
          console.error(`policy: ${violatedDirective} ${blockedURI} ${sample}`);
        });
        if (kept !== null && sessionStorage.getItem('state') === null) {
          sessionStorage.setItem('state', kept);
        }
      },
      state === undefined ? null : JSON.stringify(state),
    );
    await this.page.goto(address);
    await this.waitForPost('ready');
    if (view) {
      await this.show(view);
    }
  }

  /** Says something as the extension. */
  async send(message: CompareToWebview): Promise<void> {
    await this.page.evaluate((data) => {
      window.postMessage(data, '*');
    }, message);
  }

  /** Has code coloured as the extension does it, from now on in this theme. */
  async colourCode(theme: CodeTheme): Promise<void> {
    this.#colours = new ColourReader(new Tokenizer(theme));
    await this.send({ type: 'coloursChanged' });
  }

  async #colour(request: ColourRequest): Promise<void> {
    const answer = await this.#colours?.answer(request);
    if (answer) {
      await this.send({ type: 'coloured', answer });
    }
  }

  /** Sends a snapshot. */
  async show(view: ChatView): Promise<void> {
    this.#view = view;
    await this.send({ type: 'snapshot', view });
  }

  /** Sends one delta that follows what was shown last. */
  async change(...changes: readonly ChatChange[]): Promise<void> {
    const revision = (this.#view?.revision ?? 0) + 1;
    this.#view = this.#view && { ...this.#view, revision };
    await this.send({ type: 'delta', delta: { revision, changes } });
  }

  /** Sends the next piece of an answer. */
  async append(text: string, messageId = 'answer'): Promise<void> {
    await this.change({ type: 'append', messageId, part: 'text', text });
  }

  /** Waits until assistive technology is told these words. */
  async spoken(words: string): Promise<void> {
    await this.page.locator('[aria-live="polite"]', { hasText: words }).waitFor({ state: 'attached' });
  }

  /** The next message of this kind that no earlier call has returned. */
  async waitForPost<Type extends CompareToHost['type']>(
    type: Type,
  ): Promise<Extract<CompareToHost, { type: Type }>> {
    for (;;) {
      const at = this.posted.findIndex((message) => message.type === type);
      if (at >= 0) {
        const [message] = this.posted.splice(at, 1);
        return message as Extract<CompareToHost, { type: Type }>;
      }
      await once(this.#events, 'posted', { signal: AbortSignal.timeout(10_000) });
    }
  }

  /** Everything said so far, once what the page has done until now has arrived here. */
  async allPosted(): Promise<readonly CompareToHost[]> {
    await this.page.evaluate(() => new Promise(requestAnimationFrame));
    return this.posted;
  }

  /** Throws the page away and draws it again, as VS Code does with a view that was hidden. */
  async hideAndShow(): Promise<void> {
    await this.page.reload();
    await this.waitForPost('ready');
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  #watchForProblems(): void {
    this.page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        this.problems.push(`console: ${message.text()}`);
      }
    });
    this.page.on('pageerror', ({ message }) => this.problems.push(`error: ${message}`));
    this.page.on('dialog', (dialog) => {
      this.problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    this.page.on('request', (request) => {
      if (!request.url().startsWith(this.#origin) && !request.url().startsWith('data:')) {
        this.problems.push(`request: ${request.url()}`);
      }
    });
  }
}
