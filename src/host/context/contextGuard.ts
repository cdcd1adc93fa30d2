import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CleanItem, CleanText } from '../../core/context/clean.ts';
import { Cleaner } from '../../core/context/cleaner.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import { FileAccess, type FileRefusal } from '../../core/context/fileAccess.ts';
import type { FindSecrets, Secret } from '../../core/context/redaction.ts';
import { lazy } from '../../core/util/lazy.ts';
import { barrierWords } from '../words/barrierWords.ts';
import { remedies, type Report } from '../words/report.ts';
import type { Settings } from '../platform/settings.ts';
import { workspaceExclusions } from './exclusion.ts';
import { realPaths } from './realPaths.ts';

/** Where links may be on the way to a file. */
const linkedSchemes = new Set(['file', 'git', 'untitled', 'vscode-notebook-cell', 'vscode-userdata']);

/** Guards everything that is sent: excluded files never leave, and neither do secrets. */
export class ContextGuard {
  readonly #load = lazy<FindSecrets>(
    async () => (await import('../../core/context/secrets/findSecrets.ts')).findSecrets,
  );
  readonly #cleaner: Cleaner;
  readonly #access: FileAccess<vscode.Uri>;

  /** `tell` is told what of a workspace's exclusions can't be read. */
  constructor(settings: Settings, tell: (faults: readonly string[]) => void = () => undefined) {
    this.#cleaner = new Cleaner({ find: this.#load, isWanted: () => settings.redactSecrets() });
    this.#access = new FileAccess<vscode.Uri>({
      trailOf,
      folders: () => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri),
      globs: async () => {
        const added = await workspaceExclusions();
        tell(added.flatMap(({ fault }) => (fault === undefined ? [] : [fault])));
        return [...settings.excludedGlobs(), ...added.flatMap(({ value }) => value)];
      },
    });
  }

  /** Loads the secret finder ahead of time. */
  warmUp(): void {
    void this.#load();
  }

  /** Why a file must be neither sent nor written, if so. `within` is a folder that the user chose as a whole. */
  barrierTo(uri: vscode.Uri, within?: vscode.Uri): Promise<FileRefusal | undefined> {
    return this.#access.refusalOf(uri, within);
  }

  /** Says why a file must not be sent, if so. */
  async refusalOf(uri: vscode.Uri, within?: vscode.Uri): Promise<Report | undefined> {
    const refusal = await this.barrierTo(uri, within);
    return (
      refusal && {
        message: t('{0}, so nothing was sent.', barrierWords(vscode.workspace.asRelativePath(uri), refusal)),
        remedies: [...(refusal.why === 'excluded' ? [remedies.openSettings] : []), remedies.dismiss],
      }
    );
  }

  /** The secrets in a text, whether or not they are redacted. */
  async secretsIn(text: string): Promise<readonly Secret[]> {
    return (await this.#load())(text);
  }

  /** A redacted text. */
  clean(text: string): Promise<CleanText> {
    return this.#cleaner.text(text);
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

/** The paths that lead to a file. Only the disk of this machine has links that we can see. */
async function trailOf(uri: vscode.Uri): Promise<readonly string[]> {
  return linkedSchemes.has(uri.scheme) && uri.path.startsWith('/')
    ? (await realPaths(uri.fsPath)).map((path) => vscode.Uri.file(path).path)
    : [uri.path];
}
