import * as vscode from 'vscode';
import type { ModelCatalogue } from '../../core/model/catalogue.ts';
import type { CreditMonitor } from '../../core/account/creditMonitor.ts';
import type { ApiKeyStore } from './apiKeyStore.ts';
import { settingsSection } from '../platform/contributions.ts';
import { logError } from '../platform/log.ts';
import type { Settings } from '../platform/settings.ts';

/** Who has to follow the key, the settings and the focus. */
export interface CurrentParts {
  readonly credit: CreditMonitor;
  readonly catalogue: ModelCatalogue;
  readonly keys: ApiKeyStore;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
}

/** Keeps credit and catalogue in step with the key, the server and whether somebody looks at the window. */
export function keepCurrent({ credit, catalogue, keys, settings, log }: CurrentParts): vscode.Disposable {
  const closing = new AbortController();
  const poll = (): void => {
    credit.setPolling({ seconds: settings.creditRefreshSeconds(), focused: vscode.window.state.focused });
  };
  /** The models that a key may use are its own, so a catalogue that was read with another one is read again. */
  const begin = async (isNewKey: boolean): Promise<void> => {
    await credit.keyChanged();
    await catalogue.load();
    const { state } = credit.credit;
    if ((isNewKey || catalogue.models.length === 0) && (state === 'known' || state === 'none')) {
      await catalogue.refresh(closing.signal);
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
        catalogue.clear();
        start(false);
      }
    }),
  );
}
