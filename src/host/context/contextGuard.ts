import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { estimateTokens, type ContextItem } from '../../core/context/contextItem.ts';
import { redact, type FindSecrets } from '../../core/context/redaction.ts';
import { lazy } from '../../core/util/lazy.ts';
import { remedies, type Report } from '../words/report.ts';
import type { Settings } from '../platform/settings.ts';
import { excludedBy } from './exclusion.ts';

/** Stands between the user's work and everything that is sent: some files never go, and no secret does. */
export class ContextGuard {
  readonly #settings: Settings;
  readonly #load = lazy<FindSecrets>(async () => (await import('./findSecrets.ts')).findSecrets);

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Loads what finding secrets needs, while there is time. */
  warmUp(): void {
    void this.#load();
  }

  /** Says why a file must not leave the machine, if it must not. */
  async refusalOf(uri: vscode.Uri): Promise<Report | undefined> {
    const glob = await excludedBy(uri, this.#settings);
    return glob === undefined
      ? undefined
      : {
          message: t(
            '{0} is excluded by "{1}" in "switchboard.context.exclude", so nothing was sent.',
            vscode.workspace.asRelativePath(uri),
            glob,
          ),
          remedies: [remedies.openSettings, remedies.dismiss],
        };
  }

  /** A text without its secrets. */
  async clean(text: string, path = 'text.txt'): Promise<string> {
    if (!this.#settings.redactSecrets()) {
      return text;
    }
    const find = await this.#load();
    return redact(text, await find(text, path));
  }

  /** An item without the secrets in its text, unless the user wants them to go along. */
  async cleanItem(item: ContextItem): Promise<ContextItem> {
    if (item.asIs) {
      return item;
    }
    const text = await this.clean(item.text, item.path);
    return text === item.text ? item : { ...item, text, tokens: estimateTokens(text) };
  }
}
