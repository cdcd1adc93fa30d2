import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalogue } from '../../core/model/catalogue.ts';
import type { Ledger } from '../../core/usage/ledger.ts';
import { ledgerToCsv, ledgerToJson } from '../../core/usage/ledgerFile.ts';
import { usageToHost, type UsageToHost } from '../../protocol/usageToHost.ts';
import type { UsagePeriod, UsageToWebview } from '../../protocol/usageView.ts';
import { panelPage } from '../chat/panelPage.ts';
import { commandTitles } from '../commandTitles.ts';
import { viewIds } from '../contributions.ts';
import { language } from '../language.ts';
import { logError } from '../log.ts';
import { toUsageView } from './usageView.ts';

/** What the page is drawn from. */
export interface UsageParts {
  readonly extension: vscode.Extension<unknown>;
  readonly ledger: Ledger;
  readonly catalogue: ModelCatalogue;
  readonly log: vscode.LogOutputChannel;
}

const writers = { csv: ledgerToCsv, json: ledgerToJson } as const;

/** The usage in a tab of the editor; there is one at most. */
export class UsagePanel implements vscode.Disposable {
  readonly #parts: UsageParts;
  #panel: vscode.WebviewPanel | undefined;
  #period: UsagePeriod = 30;

  constructor(parts: UsageParts) {
    this.#parts = parts;
  }

  /** Opens the tab, or goes to it and draws it anew. */
  show(): void {
    if (this.#panel) {
      this.#panel.reveal();
      this.#update();
      return;
    }
    const { extensionUri } = this.#parts.extension;
    const root = vscode.Uri.joinPath(extensionUri, 'dist', 'panel');
    const panel = vscode.window.createWebviewPanel(
      viewIds.usage,
      t('Switchboard Usage'),
      vscode.ViewColumn.Active,
      {
        enableScripts: true,
        localResourceRoots: [root],
      },
    );
    this.#panel = panel;
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'view.svg');
    const asset = (name: string): string =>
      panel.webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
    const words = vscode.l10n.bundle;
    panel.webview.onDidReceiveMessage((input: unknown) => {
      this.#receive(input);
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
    });
    panel.webview.html = panelPage({
      cspSource: panel.webview.cspSource,
      nonce: crypto.randomUUID(),
      scriptUri: asset('usage.js'),
      styleUri: asset('usage.css'),
      translation: words && { language: language(), words },
    });
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #receive(input: unknown): void {
    const message = usageToHost.safeParse(input);
    if (!message.success) {
      this.#parts.log.warn('dropped a message of unknown form from the page of the usage');
      return;
    }
    this.#dispatch(message.data).catch((error: unknown) => {
      logError(this.#parts.log, error);
      void vscode.window.showErrorMessage(t('The file could not be written.'));
    });
  }

  async #dispatch(message: UsageToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#update();
        break;
      case 'period':
        this.#period = message.days;
        this.#update();
        break;
      case 'export':
        await this.#export(message.format);
        break;
      default:
        message satisfies never;
    }
  }

  #update(): void {
    const { ledger, catalogue, extension } = this.#parts;
    const ownFeatures: Readonly<Record<string, string>> = { chat: t('Chat'), title: t('Titles of chats') };
    const titles = commandTitles(extension.packageJSON);
    const view = toUsageView(ledger.since(0), Date.now(), this.#period, {
      modelName: (id) => catalogue.nameOf(id),
      featureName: (feature) => titles.get(feature) ?? ownFeatures[feature] ?? feature,
    });
    const message: UsageToWebview = { type: 'usage', view };
    void this.#panel?.webview.postMessage(message);
  }

  async #export(format: keyof typeof writers): Promise<void> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('');
    const target = await vscode.window.showSaveDialog({
      title: t('Export Usage'),
      saveLabel: t('Export'),
      defaultUri: vscode.Uri.joinPath(folder, `switchboard-usage.${format}`),
      filters: { [format.toUpperCase()]: [format] },
    });
    if (target) {
      const text = writers[format](this.#parts.ledger.since(0));
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
      void vscode.window.showInformationMessage(t('The usage is exported.'));
    }
  }
}
