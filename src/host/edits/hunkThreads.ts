import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FileReview, PendingHunk } from './fileReview.ts';
import type { HunkDrawings } from './hunkDrawings.ts';

/** The first one comes alone, because the user is waiting; then this many at a time fill the viewport. */
const maxAtOnce = 3;

/**
 * VS Code opens a new thread a tenth of a second after creating it, creating others first; adding more sooner delays
 * what is already there. In milliseconds.
 */
const pauseMs = 150;

/** What a document's threads are made of. */
interface ThreadParts {
  readonly comments: vscode.CommentController;
  readonly review: Pick<FileReview, 'document'>;
  readonly drawings: HunkDrawings;
  /** Requests another pass for what couldn't be drawn yet. */
  readonly redraw: () => void;
}

/** Visible or nearly visible lines, and their middle. */
interface Sight {
  readonly first: number;
  readonly last: number;
  readonly middle: number;
}

/**
 * New code below the lines to remove: only comment threads can be placed between lines. Each costs the editor a widget,
 * so they are created near the viewport.
 */
export class HunkThreads implements vscode.Disposable {
  readonly #parts: ThreadParts;
  readonly #threads = new Map<number, vscode.CommentThread>();
  #pause: NodeJS.Timeout | undefined;

  constructor(parts: ThreadParts) {
    this.#parts = parts;
  }

  /** Draws pending changes in the document's editors: the nearest at once, more after a while. */
  draw(pending: readonly PendingHunk[], editors: readonly vscode.TextEditor[]): void {
    const { document } = this.#parts.review;
    const lines = new Map(pending.map(({ index, hunk }) => [index, lastLineOf(document, hunk)]));
    for (const [index, thread] of this.#threads) {
      const line = lines.get(index);
      if (line === undefined) {
        thread.dispose();
        this.#threads.delete(index);
      } else {
        thread.range = new vscode.Range(line, 0, line, 0);
      }
    }
    if (this.#pause) {
      return;
    }
    const sights = editors.flatMap(sightsOf);
    const wanted = pending
      .filter(({ index }) => !this.#threads.has(index))
      .map((each) => ({ each, distance: distanceTo(sights, lines.get(each.index) ?? 0) }))
      .filter(({ distance }) => distance < Infinity)
      .sort((one, other) => one.distance - other.distance)
      .slice(0, this.#threads.size === 0 ? 1 : maxAtOnce);
    for (const { each } of wanted) {
      const line = lines.get(each.index) ?? 0;
      this.#threads.set(each.index, this.#make(each, new vscode.Range(line, 0, line, 0)));
    }
    if (wanted.length > 0) {
      this.#pause = setTimeout(() => {
        this.#pause = undefined;
        this.#parts.redraw();
      }, pauseMs);
    }
  }

  dispose(): void {
    clearTimeout(this.#pause);
    this.#threads.forEach((thread) => {
      thread.dispose();
    });
    this.#threads.clear();
  }

  #make(each: PendingHunk, range: vscode.Range): vscode.CommentThread {
    const { comments, review, drawings } = this.#parts;
    const thread = comments.createCommentThread(review.document.uri, range, [
      {
        author: { name: 'Switchboard' },
        body: drawings.body(each),
        mode: vscode.CommentMode.Preview,
      },
    ]);
    thread.canReply = false;
    thread.label = t('Proposed change');
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    return thread;
  }
}

/** An editor's viewport with half a screen on each side, and the area around its cursor. */
function sightsOf({ visibleRanges, selection }: vscode.TextEditor): readonly Sight[] {
  const [first, last] = [visibleRanges[0]?.start.line ?? 0, visibleRanges.at(-1)?.end.line ?? 0];
  const margin = Math.max(15, Math.round((last - first) / 2));
  const { line } = selection.active;
  return [
    { first: first - margin, last: last + margin, middle: (first + last) / 2 },
    { first: line - margin, last: line + margin, middle: line },
  ];
}

/** A line's distance from the viewport; infinite if nobody sees it. */
function distanceTo(sights: readonly Sight[], line: number): number {
  const seen = sights.filter(({ first, last }) => first <= line && line <= last);
  return Math.min(...seen.map(({ middle }) => Math.abs(line - middle)));
}

/** Threads are below it. */
function lastLineOf(document: vscode.TextDocument, { start, end }: PendingHunk['hunk']): number {
  const last = document.positionAt(end);
  // A change that ends at a line start doesn't include that line.
  return last.character === 0 && end > start ? last.line - 1 : last.line;
}
