import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CleanItem, CleanText } from '../../core/context/clean.ts';
import { Cleaner } from '../../core/context/cleaner.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { FindSecrets } from '../../core/context/redaction.ts';
import { lazy } from '../../core/util/lazy.ts';
import { remedies, type Report } from '../words/report.ts';
import type { Settings } from '../platform/settings.ts';
import { excludedBy } from './exclusion.ts';

/** Guards everything that is sent: excluded files never leave, and neither do secrets. */
export class ContextGuard {
  readonly #settings: Settings;
  readonly #load = lazy<FindSecrets>(async () => (await import('./findSecrets.ts')).findSecrets);
  readonly #cleaner: Cleaner;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#cleaner = new Cleaner({ find: this.#load, isWanted: () => settings.redactSecrets() });
  }

  /** Loads the secret finder ahead of time. */
  warmUp(): void {
    void this.#load();
  }

  /** Says why a file must not be sent, if so. */
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

  /** A redacted text. */
  clean(text: string, path?: string): Promise<CleanText> {
    return this.#cleaner.text(text, path);
  }

  /** A redacted item, unless the user includes its secrets. */
  cleanItem(item: ContextItem): Promise<CleanItem> {
    return this.#cleaner.item(item);
  }

  /** An item with its secrets, as the user decided. */
  cleanAsIs(item: ContextItem): CleanItem {
    return this.#cleaner.asIs(item);
  }
}
