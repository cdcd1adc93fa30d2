import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PlacedEdit } from '../../core/edits/fileEdits.ts';
import { accept, hunksOf, reject, shift, type Hunk } from '../../core/edits/hunks.ts';
import type { Placement } from '../../core/edits/placement.ts';
import { placementsOf } from './documentWatch.ts';

/** A pending change of a document, and its number among all that were proposed. */
export interface PendingHunk {
  readonly index: number;
  readonly hunk: Hunk;
}

/** Changes of one document under review. Until one is accepted, neither the file nor the text in the editor is touched. */
export class FileReview implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #hunks: readonly Hunk[];
  /** Our own change is on its way: its event is not somebody typing. */
  #applying = false;

  /** Fires when a change was decided on, has moved, or cannot be made any more. */
  readonly onDidChange = this.#changed.event;

  /** `text` is what the model was shown; `since` is what was typed after that, event by event. */
  constructor(
    document: vscode.TextDocument,
    {
      text,
      placements,
      since,
    }: {
      readonly text: string;
      readonly placements: readonly PlacedEdit[];
      readonly since: readonly (readonly Placement[])[];
    },
  ) {
    this.document = document;
    this.#hunks = since.reduce(shift, hunksOf(text, placements));
    this.#subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0 && !this.#applying) {
        this.#hunks = shift(this.#hunks, placementsOf(event));
        this.#changed.fire();
      }
    });
  }

  get hunks(): readonly Hunk[] {
    return this.#hunks;
  }

  get pending(): readonly PendingHunk[] {
    return this.#hunks.flatMap((hunk, index) => (hunk.state === 'pending' ? [{ index, hunk }] : []));
  }

  /** How many changes were given up because their place was typed in. */
  get stale(): number {
    return this.#hunks.filter(({ state }) => state === 'stale').length;
  }

  /** Makes these changes as one step of undo; a document without unsaved changes is saved, too. */
  async accept(which: readonly number[]): Promise<void> {
    const { document } = this;
    const { hunks, changes } = accept(document.getText(), this.#hunks, new Set(which));
    const wasSaved = !document.isDirty && !document.isUntitled;
    const edit = new vscode.WorkspaceEdit();
    for (const { start, end, text } of changes) {
      edit.replace(
        document.uri,
        new vscode.Range(document.positionAt(start), document.positionAt(end)),
        text,
      );
    }
    this.#applying = true;
    try {
      if (changes.length > 0 && !(await vscode.workspace.applyEdit(edit))) {
        throw new Error(t('The editor did not take the change. Nothing was written.'));
      }
    } finally {
      this.#applying = false;
    }
    this.#hunks = hunks;
    this.#changed.fire();
    if (wasSaved && changes.length > 0) {
      await document.save();
    }
  }

  reject(which: readonly number[]): void {
    this.#hunks = reject(this.#hunks, new Set(which));
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
