import * as vscode from 'vscode';
import { language } from '../language.ts';
import { panelPage } from './panelPage.ts';

/** Gives a webview its page, with this script of the panel's bundle. */
export function drawPage(webview: vscode.Webview, extensionUri: vscode.Uri, script: string): void {
  const root = vscode.Uri.joinPath(extensionUri, 'dist', 'panel');
  const words = vscode.l10n.bundle;
  const asset = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [root] };
  webview.html = panelPage({
    cspSource: webview.cspSource,
    nonce: crypto.randomUUID(),
    scriptUri: asset(script),
    styleUri: asset('panel.css'),
    translation: words && { language: language(), words },
  });
}
