import * as vscode from 'vscode';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import type { CreditMonitor } from '../../core/account/creditMonitor.ts';
import type { ApiKeyStore } from './apiKeyStore.ts';
import { settingsSection } from '../platform/contributions.ts';
import { logError } from '../platform/log.ts';
import type { Settings } from '../platform/settings.ts';

/** Who must follow the key, the settings, and the focus. */
export interface CurrentParts {
  readonly credit: CreditMonitor;
  readonly catalog: ModelCatalog;
  readonly keys: ApiKeyStore;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
}

/** Keeps credit and catalog in sync with the key, the server, and the window's focus. */
export function syncAccountState({ credit, catalog, keys, settings, log }: CurrentParts): vscode.Disposable {
  const closing = new AbortController();
  const poll = (): void => {
    credit.setPolling({ seconds: settings.creditRefreshSeconds(), focused: vscode.window.state.focused });
  };
  /** Models depend on the key, so a catalog read with another key is read again. */
  const begin = async (isNewKey: boolean): Promise<void> => {
    await credit.keyChanged();
    await catalog.load();
    const { state } = credit.credit;
    if ((isNewKey || catalog.models.length === 0) && (state === 'known' || state === 'none')) {
      await catalog.refresh(closing.signal);
    }
  };
  const start = (isNewKey: boolean): void => {
    begin(isNewKey).catch((error: unknown) => {
      logError(log, error);
    });
  };
  poll();
  start(false);
  return vscode.Disposable.from(
    {
      dispose: () => {
        closing.abort();
      },
    },
    keys.onDidChange(() => {
      start(true);
    }),
    vscode.window.onDidChangeWindowState(poll),
    settings.onDidChange((event) => {
      poll();
      if (event.affectsConfiguration(`${settingsSection}.baseUrl`)) {
        catalog.clear();
        start(false);
      }
    }),
  );
}
