import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PlacedEdit } from '../../core/edits/fileEdits.ts';
import { accept, hunksOf, reject, shift, type Accepted, type Hunk } from '../../core/edits/hunks.ts';
import type { Placement } from '../../core/edits/placement.ts';
import { SerialQueue } from '../../core/util/serialQueue.ts';
import { tellRefused, type WriteBarrier } from '../context/writeGuard.ts';
import { applyChanges } from './applyChanges.ts';
import { LiveDocument } from '../workspace/liveDocument.ts';
import { isSaved, saveDocument } from '../workspace/openDocument.ts';

/** VS Code rejects a change after concurrent typing; it is retried this often at its new place. */
const maxTries = 3;

/** A pending change and its number among all proposed ones. */
export interface PendingHunk {
  readonly index: number;
  readonly hunk: Hunk;
}

/** A requested change, and whether its event has arrived. */
interface ExpectedChange {
  readonly accepted: Accepted;
  isHeardOf: boolean;
}

/** Changes of one document under review. Until one is accepted, neither the file nor the editor's text is touched. */
export class FileReview implements vscode.Disposable {
  /** Requests the changes again, if known. */
  readonly again: (() => void) | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #live: LiveDocument;
  #hunks: readonly Hunk[];
  /** Our own running change: its event isn't typing. */
  #expected: ExpectedChange | undefined;
  /** Changes being applied to the document. */
  #underway: ReadonlySet<number> = new Set();
  /** Settles when accepted changes are in the document: each is applied to the previous result. */
  readonly #accepting = new SerialQueue();
  #isGivenUp = false;

  /** Fires when a change is decided, moves, or becomes impossible. */
  readonly onDidChange = this.#changed.event;

  /** `text` is what the model was shown; `since` is what was typed after that, event by event. */
  constructor(
    document: vscode.TextDocument,
    {
      text,
      placements,
      since,
      again,
    }: {
      readonly text: string;
      readonly placements: readonly PlacedEdit[];
      readonly since: readonly (readonly Placement[])[];
      readonly again?: () => void;
    },
  ) {
    this.again = again;
    this.#hunks = since.reduce(shift, hunksOf(text, placements));
    this.#live = new LiveDocument(document, (changes) => {
      this.#follow(changes);
    });
  }

  get document(): vscode.TextDocument {
    return this.#live.current;
  }

  get hunks(): readonly Hunk[] {
    return this.#hunks;
  }

  /** What is left to decide. */
  get pending(): readonly PendingHunk[] {
    return this.#hunks.flatMap((hunk, index) =>
      hunk.state === 'pending' && !this.#underway.has(index) ? [{ index, hunk }] : [],
    );
  }

  /** Whether nothing is left to decide or may come back. */
  get isOver(): boolean {
    return this.#hunks.every(({ state }) => state !== 'pending');
  }

  /** How many changes were discarded because their code was edited. */
  get stale(): number {
    return this.#hunks.filter(({ state }) => state === 'stale').length;
  }

  /**
   * Applies these changes as one undo step; a document that had no unsaved changes is saved. The file may have become
   * another one since they were proposed, so `writes` is asked again.
   */
  accept(which: readonly number[], writes: WriteBarrier): Promise<void> {
    return this.#accepting.take(() => this.#accept(new Set(which), writes));
  }

  async #accept(which: ReadonlySet<number>, writes: WriteBarrier): Promise<void> {
    const document = this.#isGivenUp ? undefined : await this.#live.open();
    if (!document || !(await this.#mayWrite(document, writes))) {
      return;
    }
    const wasSaved = isSaved(document);
    // Decorations are sent with the change that needs them: one message later, both would be visible at once.
    this.#underway = which;
    this.#changed.fire();
    let isMade = false;
    try {
      isMade = await this.#make(which);
    } finally {
      this.#underway = new Set();
      if (!isMade) {
        this.#changed.fire();
      }
    }
    if (isMade && wasSaved) {
      await saveDocument(document);
    }
  }

  async #mayWrite(document: vscode.TextDocument, writes: WriteBarrier): Promise<boolean> {
    const { version } = document;
    const refusal = await writes.refusalOf(document.uri);
    if (refusal) {
      tellRefused(refusal);
    }
    // Nobody follows typing after the review has ended.
    return !refusal && (!this.#isGivenUp || document.version === version);
  }

  /** Whether there was anything to change. */
  async #make(which: ReadonlySet<number>): Promise<boolean> {
    const { document } = this;
    for (let tries = 1; tries === 1 || !this.#isGivenUp; tries += 1) {
      const { version } = document;
      const accepted = accept(document.getText(), this.#hunks, which);
      if (accepted.changes.length === 0) {
        this.#put(accepted.hunks);
        return false;
      }
      const expected: ExpectedChange = { accepted, isHeardOf: false };
      this.#expected = expected;
      const isMade = await applyChanges(document, accepted.changes);
      this.#expected = undefined;
      // A read-only editor claims to accept the change and does nothing.
      if (isMade && document.version !== version) {
        if (!expected.isHeardOf) {
          this.#put(accepted.hunks);
        }
        return true;
      }
      if (document.version === version || tries === maxTries) {
        throw new Error(t("The editor didn't accept the change. Nothing was written."));
      }
    }
    return false;
  }

  #follow(changes: readonly Placement[]): void {
    const expected = this.#expected;
    if (expected && !expected.isHeardOf && isSame(changes, expected.accepted.changes)) {
      expected.isHeardOf = true;
      this.#put(expected.accepted.hunks);
    } else {
      this.#put(shift(this.#hunks, changes));
    }
  }

  #put(hunks: readonly Hunk[]): void {
    this.#hunks = hunks;
    this.#changed.fire();
  }

  reject(which: readonly number[]): void {
    this.#put(reject(this.#hunks, new Set(which)));
  }

  dispose(): void {
    this.#isGivenUp = true;
    this.#live.dispose();
    this.#changed.dispose();
  }
}

/** An event lists its changes in its own order, with the document's line endings. */
function isSame(heard: readonly Placement[], made: readonly Placement[]): boolean {
  const keysOf = (all: readonly Placement[]): string =>
    JSON.stringify(
      all
        .toSorted((one, other) => one.start - other.start)
        .map(({ start, end, text }) => [start, end, text.replaceAll('\r\n', '\n')]),
    );
  return keysOf(heard) === keysOf(made);
}
