import * as vscode from 'vscode';
import { language } from '../platform/language.ts';
import { panelPage } from './panelPage.ts';

/** The files of a page, of those that are bundled for webviews. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/** Gives a webview its page. What the page says must be listened to before, because it speaks first. */
export function renderWebview(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  { script, style }: PageFiles,
): void {
  const root = vscode.Uri.joinPath(extensionUri, 'dist', 'panel');
  const words = vscode.l10n.bundle;
  const asset = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  webview.html = panelPage({
    cspSource: webview.cspSource,
    nonce: crypto.randomUUID(),
    scriptUri: asset(script),
    styleUri: asset(style),
    translation: words && { language: language(), words },
  });
}
