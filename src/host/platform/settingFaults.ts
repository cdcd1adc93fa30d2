import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { settingsSection } from './contributions.ts';
import type { Settings } from './settings.ts';

/** Says once what of the settings can't be read, and again if it is broken anew after it was corrected. */
export class SettingFaults {
  readonly #told = new Map<string, ReadonlySet<string>>();

  /** `source` is where they are written: each source is told of on its own. */
  tell(source: string, faults: readonly string[]): void {
    const before = this.#told.get(source);
    this.#told.set(source, new Set(faults));
    const fresh = [...new Set(faults)].filter((fault) => before?.has(fault) !== true);
    if (fresh.length > 0) {
      void show(fresh.join(' '));
    }
  }
}

/** Says what of the user's settings can't be read, once the extension has started and after each change. */
export function tellSettingFaults(settings: Settings, faults: SettingFaults): vscode.Disposable {
  const tell = (): void => {
    faults.tell('user', settings.faults());
  };
  const first = setTimeout(tell, 0);
  return vscode.Disposable.from(settings.onDidChange(tell), {
    dispose: () => {
      clearTimeout(first);
    },
  });
}

async function show(words: string): Promise<void> {
  const open = t('Open Settings');
  if ((await vscode.window.showWarningMessage(words, open)) === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', settingsSection);
  }
}
