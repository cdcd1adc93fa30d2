import * as vscode from 'vscode';
import { language } from '../platform/language.ts';
import { panelPage, type PanelPageParts } from './panelPage.ts';

/** A webview page's bundled files. */
interface PageFiles {
  readonly script: string;
  readonly style: string;
  /** What the script is to draw, where it can draw several things. */
  readonly page?: PanelPageParts['page'];
}

/** What a page says arrives as untrusted input: it shows text from models and the web. */
interface Inbound<Message> {
  safeParse(input: unknown): { readonly success: true; readonly data: Message } | { readonly success: false };
}

/** A page, what it may say, and who hears it. */
export interface WebviewPageParts<Message> {
  readonly webview: vscode.Webview;
  readonly extensionUri: vscode.Uri;
  readonly log: Pick<vscode.LogOutputChannel, 'warn'>;
  readonly files: PageFiles;
  readonly inbound: Inbound<Message>;
  readonly take: (message: Message) => void | Promise<void>;
  /** Hears why a message could not be carried out. */
  readonly failed: (error: unknown) => void;
}

/** A page in a webview: what it says is checked and carried out, what does not fit is dropped. */
export class WebviewPage<Message, Outbound> implements vscode.Disposable {
  readonly #parts: WebviewPageParts<Message>;
  readonly #subscription: vscode.Disposable;

  constructor(parts: WebviewPageParts<Message>) {
    this.#parts = parts;
    const { webview, extensionUri, files } = parts;
    // Before the page is drawn, because it speaks first.
    this.#subscription = webview.onDidReceiveMessage((input: unknown) => {
      void this.#receive(input);
    });
    draw(webview, extensionUri, files);
  }

  post(message: Outbound): void {
    void this.#parts.webview.postMessage(message);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #receive(input: unknown): Promise<void> {
    const { inbound, log, files, take, failed } = this.#parts;
    const message = inbound.safeParse(input);
    if (!message.success) {
      log.warn(`dropped a message of unknown form from the page of ${files.script}`);
      return;
    }
    try {
      await take(message.data);
    } catch (error) {
      failed(error);
    }
  }
}

/** Opens a tab for a page, under the extension's own icon. */
export function createTab(
  viewId: string,
  title: string,
  extensionUri: vscode.Uri,
  options?: vscode.WebviewPanelOptions,
): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel(viewId, title, vscode.ViewColumn.Active, options);
  setTabIcon(panel, extensionUri);
  return panel;
}

/** Gives a tab the extension's icon, also one that VS Code has brought back. */
export function setTabIcon(panel: vscode.WebviewPanel, extensionUri: vscode.Uri): void {
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'view.svg');
}

function draw(webview: vscode.Webview, extensionUri: vscode.Uri, { script, style, page }: PageFiles): void {
  const root = vscode.Uri.joinPath(extensionUri, 'dist', 'panel');
  const words = vscode.l10n.bundle;
  const asset = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  webview.html = panelPage({
    cspSource: webview.cspSource,
    nonce: crypto.randomUUID(),
    scriptUri: asset(script),
    styleUri: asset(style),
    page,
    translation: words && { language: language(), words },
  });
}
