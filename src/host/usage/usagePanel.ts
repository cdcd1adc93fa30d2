import { createHash } from 'node:crypto';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { ledgerToCsv, ledgerToJson } from '../../core/usage/ledgerFile.ts';
import { startOf } from '../../core/usage/summary.ts';
import type { UsageRecords } from '../../core/usage/usageRecords.ts';
import { usageToHost, type UsageToHost } from '../../protocol/usageToHost.ts';
import type { UsageList, UsagePeriod, UsageQuery, UsageToWebview } from '../../protocol/usageView.ts';
import { createTab, WebviewPage } from '../webviews/webviewPage.ts';
import { commandTitles } from '../platform/commandTitles.ts';
import { viewIds } from '../platform/contributions.ts';
import { links } from '../platform/links.ts';
import { logError } from '../platform/log.ts';
import { toRecordQuery, toUsageList, type UsageNames } from './usageList.ts';
import { toUsageView } from './usageView.ts';
import { isOpenRouterHost, type BaseUrl } from '../../core/model/server.ts';

/** The page's inputs. */
export interface UsageParts {
  readonly extension: vscode.Extension<unknown>;
  readonly records: UsageRecords;
  readonly catalog: ModelCatalog;
  /** Which server is asked, and with which key: its page of the log is found by both. */
  readonly baseUrl: () => BaseUrl;
  readonly apiKey: () => Promise<string | undefined>;
  readonly log: vscode.LogOutputChannel;
}

const writers = { csv: ledgerToCsv, json: ledgerToJson } as const;

/** The usage page in an editor tab; there is at most one. */
export class UsagePanel implements vscode.Disposable {
  readonly #parts: UsageParts;
  readonly #names: UsageNames;
  #tab:
    | { readonly panel: vscode.WebviewPanel; readonly page: WebviewPage<UsageToHost, UsageToWebview> }
    | undefined;
  #period: UsagePeriod = 'month';
  #query: UsageQuery = { filter: '', failedOnly: false, order: 'newest', page: 0 };

  constructor(parts: UsageParts) {
    this.#parts = parts;
    const titles = commandTitles(parts.extension.packageJSON);
    const ownFeatures: Readonly<Record<string, string>> = { chat: t('Chat'), title: t('Chat titles') };
    this.#names = {
      modelName: (id) => parts.catalog.nameOf(id),
      featureName: (feature) => titles.get(feature) ?? ownFeatures[feature] ?? feature,
    };
  }

  /** Opens the tab, or shows it again with fresh data. */
  show(): void {
    if (this.#tab) {
      this.#tab.panel.reveal();
      this.#update();
      return;
    }
    const { log, extension } = this.#parts;
    const { extensionUri } = extension;
    const panel = createTab(viewIds.usage, t('Switchboard Usage'), extensionUri);
    panel.onDidDispose(() => {
      this.#tab = undefined;
    });
    const page = new WebviewPage<UsageToHost, UsageToWebview>({
      ...{ webview: panel.webview, extensionUri, log },
      files: { script: 'usage.js', style: 'usage.css' },
      inbound: usageToHost,
      take: (message) => this.#take(message),
      failed: (error) => {
        logError(log, error);
        void vscode.window.showErrorMessage(t("Usage data couldn't be read or written."));
      },
    });
    this.#tab = { panel, page };
  }

  dispose(): void {
    this.#tab?.panel.dispose();
  }

  async #take(message: UsageToHost): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#update();
        break;
      case 'period':
        this.#period = message.period;
        this.#query = { ...this.#query, page: 0 };
        this.#update();
        break;
      case 'list':
        this.#query = message.query;
        this.#post({ type: 'list', list: this.#list(Date.now()) });
        break;
      case 'export':
        await this.#export(message.format);
        break;
      case 'openLog':
        await this.#openLog();
        break;
      default:
        message satisfies never;
    }
  }

  #update(): void {
    const { records } = this.#parts;
    const now = Date.now();
    const view = toUsageView(records, this.#period, { now, names: this.#names });
    this.#post({ type: 'usage', view: { ...view, list: this.#list(now), hasLog: this.#hasLog() } });
  }

  #post(message: UsageToWebview): void {
    this.#tab?.page.post(message);
  }

  #list(now: number): UsageList {
    const since = startOf(this.#period, now);
    return toUsageList(this.#parts.records, this.#query, { since, names: this.#names });
  }

  #hasLog(): boolean {
    return isOpenRouterHost(this.#parts.baseUrl());
  }

  /** The key itself stays here: the log page is found by its hash. */
  async #openLog(): Promise<void> {
    const key = await this.#parts.apiKey();
    if (this.#hasLog() && key !== undefined) {
      const hash = createHash('sha256').update(key).digest('hex');
      await vscode.env.openExternal(vscode.Uri.parse(`${links.logs}?api_key_hash=${hash}`));
    }
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
      const { records } = this.#parts;
      const since = startOf(this.#period, Date.now());
      const query = toRecordQuery(records, this.#query, { since, names: this.#names });
      const text = writers[format](records.each(query));
      await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
      void vscode.window.showInformationMessage(t('Usage exported.'));
    }
  }
}
