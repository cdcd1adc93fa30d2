import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CleanItem } from '../../core/context/clean.ts';
import { estimateTokens } from '../../core/context/contextItem.ts';
import { instructionFiles, userInstructionsPath } from '../../core/prompts/instructions.ts';
import { settingsSection } from '../platform/contributions.ts';
import type { Settings } from '../platform/settings.ts';
import type { ContextGuard } from './contextGuard.ts';

/** Longer instructions would cost more per question than anyone intends. */
const maxInstructionTokens = 20_000;

/** The id of the user's own instructions among attached items. */
export const userInstructionsId = 'instructions:user';

/**
 * The user's own instructions from the settings, and those of the workspace from `AGENTS.md` and
 * `.github/copilot-instructions.md`: these are read if the workspace is trusted, and again when a file changes. All are
 * redacted, and excluded files aren't read.
 */
export class Instructions implements vscode.Disposable {
  readonly #guard: ContextGuard;
  readonly #settings: Pick<Settings, 'instructions' | 'onDidChange'>;
  readonly #isTrusted: () => boolean;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly { dispose(): void }[];
  /** What the user removed, by conversation. */
  readonly #leftOut = new Map<string, ReadonlySet<string>>();
  #items: readonly CleanItem[] = [];
  #loading: Promise<void> | undefined;
  /** Counts the reasons to read again: what was read before the last one is out of date. */
  #reasons = 0;

  readonly onDidChange = this.#changed.event;

  constructor(
    guard: ContextGuard,
    settings: Pick<Settings, 'instructions' | 'onDidChange'>,
    isTrusted: () => boolean = () => vscode.workspace.isTrusted,
  ) {
    this.#guard = guard;
    this.#settings = settings;
    this.#isTrusted = isTrusted;
    const again = (): void => {
      this.#reasons += 1;
      this.#loading = undefined;
      void this.load();
    };
    const watcher = vscode.workspace.createFileSystemWatcher(`**/{${instructionFiles.join(',')}}`);
    this.#subscriptions = [
      this.#changed,
      watcher,
      watcher.onDidChange(again),
      watcher.onDidCreate(again),
      watcher.onDidDelete(again),
      vscode.workspace.onDidGrantWorkspaceTrust(again),
      vscode.workspace.onDidChangeWorkspaceFolders(again),
      settings.onDidChange((event) => {
        if (event.affectsConfiguration(`${settingsSection}.instructions`)) {
          again();
        }
      }),
    ];
  }

  /** The instructions sent with a conversation's questions, or with a command's outside of chats, as last read. */
  itemsFor(conversationId?: string): readonly CleanItem[] {
    const without = conversationId === undefined ? undefined : this.#leftOut.get(conversationId);
    return without ? this.#items.filter(({ id }) => !without.has(id)) : this.#items;
  }

  /** Removes an item from a conversation; returns whether it was one of these. */
  leaveOut(conversationId: string, id: string): boolean {
    const isOurs = this.#items.some((item) => item.id === id);
    if (isOurs) {
      this.#leftOut.set(conversationId, new Set([...(this.#leftOut.get(conversationId) ?? []), id]));
    }
    return isOurs;
  }

  /** Reads them, unless already known. */
  load(): Promise<void> {
    this.#loading ??= this.#read();
    return this.#loading;
  }

  dispose(): void {
    this.#subscriptions.forEach((each) => {
      each.dispose();
    });
  }

  async #read(): Promise<void> {
    const reasons = this.#reasons;
    const folders = this.#isTrusted() ? (vscode.workspace.workspaceFolders ?? []) : [];
    const files = folders.flatMap(({ uri }) =>
      instructionFiles.map((name) => vscode.Uri.joinPath(uri, name)),
    );
    const items = await Promise.all([this.#ofUser(), ...files.map((file) => this.#itemOf(file))]);
    if (reasons !== this.#reasons) {
      return this.load();
    }
    this.#items = items.filter((item) => item !== undefined);
    this.#changed.fire();
  }

  #ofUser(): Promise<CleanItem | undefined> {
    return this.#cleanItem({
      ...{ id: userInstructionsId, label: t('Your instructions'), path: userInstructionsPath },
      text: this.#settings.instructions(),
    });
  }

  async #itemOf(file: vscode.Uri): Promise<CleanItem | undefined> {
    const text = (await this.#guard.refusalOf(file)) ? '' : await readText(file);
    const path = vscode.workspace.asRelativePath(file);
    const label = path.slice(path.lastIndexOf('/') + 1);
    return this.#cleanItem({ id: `instructions:${path}`, label, path, text });
  }

  async #cleanItem({ text, ...others }: InstructionText): Promise<CleanItem | undefined> {
    const tokens = estimateTokens(text);
    return text.trim() === '' || tokens > maxInstructionTokens
      ? undefined
      : this.#guard.cleanItem({ ...others, languageId: 'markdown', text, tokens });
  }
}

interface InstructionText {
  readonly id: string;
  readonly label: string;
  readonly path: string;
  readonly text: string;
}

async function readText(file: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    // Most folders have none.
    return '';
  }
}
