import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { root } from '../../scripts/vscode/folders.ts';
import { panelPage, type PanelTranslation } from '../../src/host/webviews/panelPage.ts';
import { themes, type Theme, type ThemeName } from './themes.ts';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.map': 'application/json',
};

/** The pages that there are, by their scripts. */
export type PageName = 'panel' | 'compare' | 'usage' | 'model';

const pageNames: readonly PageName[] = ['panel', 'compare', 'usage', 'model'];

/** Serves the shipped page and the built bundle on a loopback port, as VS Code's webview would. */
export class PanelServer {
  readonly #server: Server;
  readonly #folder: string;
  #origin = '';

  private constructor(folder: string) {
    this.#folder = folder;
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', this.#origin);
      this.#answer(url).then(
        ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
        () => response.writeHead(404).end(),
      );
    });
  }

  static async start(folder: string): Promise<PanelServer> {
    const server = new PanelServer(folder);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    server.#origin = `http://127.0.0.1:${(server.#server.address() as AddressInfo).port}`;
    return server;
  }

  /** The address of a page in a theme, and in a language that there are translations for. */
  address(theme: ThemeName, language?: string, page: PageName = 'panel'): string {
    const query = new URLSearchParams({ theme, page, ...(language !== undefined && { language }) });
    return `${this.#origin}/?${query.toString()}`;
  }

  get origin(): string {
    return this.#origin;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(url: URL): Promise<{ type: string; body: string | Buffer }> {
    if (url.pathname === '/') {
      const name = url.searchParams.get('theme');
      const page = pageNames.find((each) => each === url.searchParams.get('page')) ?? 'panel';
      const theme = Object.entries(themes).find(([each]) => each === name)?.[1] ?? themes.dark;
      const language = url.searchParams.get('language');
      const translation = language === null ? undefined : await translationTo(language);
      return { type: 'text/html', body: this.#page(page, theme, translation) };
    }
    const file = url.pathname.slice(1);
    return { type: types[extname(file)] ?? 'text/plain', body: await readFile(join(this.#folder, file)) };
  }

  /** The page as the extension makes it, with what VS Code puts before its head: its style, variables and API. */
  #page(name: PageName, theme: Theme, translation: PanelTranslation | undefined): string {
    const page = panelPage({
      cspSource: this.#origin,
      nonce: randomUUID(),
      scriptUri: `${this.#origin}/${name === 'compare' ? 'panel' : name}.js`,
      page: name === 'compare' ? 'comparison' : undefined,
      styleUri: `${this.#origin}/${name}.css`,
      translation,
    });
    return page
      .replace('<head>', `<head><style>${editorStyle(theme)}</style><script>${editorApi}</script>`)
      .replace('<body>', `<body class="${theme.bodyClass}" role="document">`);
  }
}

async function translationTo(language: string): Promise<PanelTranslation> {
  const file = await readFile(join(root, 'l10n', `bundle.l10n.${language}.json`), 'utf8');
  return { language, words: JSON.parse(file) as Record<string, string> };
}

/** What VS Code lays under a webview: the variables of the theme, and defaults that a page can overrule. */
function editorStyle({ variables }: Theme): string {
  const values = Object.entries(variables).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `
    html { ${values.join(' ')} background: var(--vscode-sideBar-background); }
    @layer vscode-default {
      body { margin: 0; padding: 0 20px; color: var(--vscode-editor-foreground); }
      a, a code { color: var(--vscode-textLink-foreground); }
      a:focus, textarea:focus, input:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
      code { padding: 1px 3px; border-radius: 4px; color: var(--vscode-textPreformat-foreground);
        background-color: var(--vscode-textPreformat-background); }
      pre code { padding: 0; }
      blockquote { background: var(--vscode-textBlockQuote-background); }
    }`;
}

/** The API that VS Code gives to a webview: messages go to the test, the state outlives the page. */
const editorApi = `
  globalThis.acquireVsCodeApi = () => {
    globalThis.acquireVsCodeApi = () => { throw new Error('the API was already acquired'); };
    return {
      postMessage: (message) => void globalThis.postToTest(message),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (state) => { sessionStorage.setItem('state', JSON.stringify(state)); return state; },
    };
  };`;
