import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { chromiumArgs, ensureChromium } from '../../scripts/vscode/chromium.ts';
import { root } from '../../scripts/vscode/folders.ts';
import type { ChatChange, ChatView, TranscriptView } from '../../src/protocol/chatView.ts';
import type { ColorRequest } from '../../src/protocol/codeColors.ts';
import { compareToHost, type CompareToHost, type CompareToWebview } from '../../src/protocol/compareView.ts';
import { toHost, type ToHost } from '../../src/protocol/toHost.ts';
import { ColorReader } from '../../src/host/colors/colorReader.ts';
import type { CodeTheme } from '../../src/host/colors/themeRules.ts';
import { Tokenizer } from '../../src/host/colors/tokenizer.ts';
import { PanelServer, type PageName } from './panelServer.ts';
import type { ThemeName } from './themes.ts';
import { WebviewPage, type PageProtocol } from './webviewPage.ts';

/** How a page is opened. */
export interface PageOptions {
  readonly theme?: ThemeName;
  /** English when absent. */
  readonly language?: 'de' | 'ja';
  readonly width?: number;
  readonly height?: number;
  /** Magnification, as the editor's zoom gives it. */
  readonly zoom?: number;
}

/** How a panel is opened. */
export interface PanelOptions extends PageOptions {
  /** The panel of the chat when absent. */
  readonly page?: Extract<PageName, 'panel' | 'compare'>;
  /** What the panel kept when it was last thrown away. */
  readonly state?: unknown;
  /** Shown as soon as the panel is ready. */
  readonly view?: ChatView;
}

/** A Chromium and a server that show the built pages under their shipped policy. */
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

  /** Opens the chat, or the comparison. */
  async open({ page = 'panel', state, view, ...options }: PanelOptions = {}): Promise<Panel> {
    const panel = new Panel(await this.#newPage(options), this.#server.origin);
    await panel.open(this.#address(page, options), {
      parse: (message) => (page === 'compare' ? compareToHost : toHost).parse(message),
      state,
    });
    await panel.waitForPost('ready');
    if (view) {
      await panel.show(view);
    }
    return panel;
  }

  /** Opens another page of ours. */
  async openPage<Out extends { readonly type: string }, In>(
    name: Exclude<PageName, 'panel' | 'compare'>,
    options: PageOptions,
    protocol: (page: WebviewPage<Out, In>) => PageProtocol<Out>,
  ): Promise<WebviewPage<Out, In>> {
    const page = new WebviewPage<Out, In>(await this.#newPage(options), this.#server.origin);
    await page.open(this.#address(name, options), protocol(page));
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
  }

  async #newPage({ width = 340, height = 720, zoom = 1 }: PageOptions): Promise<Page> {
    const context = await this.#browser.newContext({
      viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
      deviceScaleFactor: zoom,
    });
    return context.newPage();
  }

  #address(page: PageName, { theme = 'dark', language }: PageOptions): string {
    return this.#server.address(theme, language, page);
  }
}

/** One open panel, with the test in the place of the extension. */
export class Panel extends WebviewPage<ToHost | CompareToHost, CompareToWebview> {
  #view: TranscriptView | undefined;
  #colors: ColorReader | undefined;

  get transcript(): Locator {
    return this.page.getByRole('log', { name: 'Conversation' });
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message' });
  }

  article(name: RegExp): Locator {
    return this.page.getByRole('article', { name });
  }

  /** Has code colored as the extension does it, from now on in this theme. */
  async colorCode(theme: CodeTheme): Promise<void> {
    this.#colors = new ColorReader(new Tokenizer(theme));
    await this.send({ type: 'colorsChanged' });
  }

  protected override answers(message: ToHost | CompareToHost): boolean {
    if (message.type === 'color') {
      void this.#color(message.request);
    }
    return message.type === 'color';
  }

  async #color(request: ColorRequest): Promise<void> {
    const answer = await this.#colors?.answer(request);
    if (answer) {
      await this.send({ type: 'colored', answer });
    }
  }

  /** Sends a snapshot. */
  async show(view: TranscriptView): Promise<void> {
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
    await this.change({ type: 'append', messageId, at: 0, text });
  }

  /** Throws the page away and draws it again, as VS Code does with a view that was hidden. */
  async hideAndShow(): Promise<void> {
    await this.page.reload();
    await this.waitForPost('ready');
  }
}
