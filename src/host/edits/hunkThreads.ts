import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FileReview, PendingHunk } from './fileReview.ts';
import type { HunkDrawings } from './hunkDrawings.ts';

/** The first comes alone, because it is waited for; then so many at a time, which fill what is in sight. */
const maxAtOnce = 3;

/**
 * VS Code tells a new thread to open a tenth of a second after it has made it, and makes others first: whatever comes
 * sooner than this keeps what was made before from the screen. In milliseconds.
 */
const pauseMs = 150;

/** What the threads of a document are made of. */
interface ThreadParts {
  readonly comments: vscode.CommentController;
  readonly review: Pick<FileReview, 'document'>;
  readonly drawings: HunkDrawings;
  /** Asks for what could not be drawn yet. */
  readonly redraw: () => void;
}

/** Lines of the document that someone sees, or is about to, and the one in the middle of them. */
interface Sight {
  readonly first: number;
  readonly last: number;
  readonly middle: number;
}

/**
 * What would come, below the lines that would go: threads of comments are all that VS Code lets an extension put
 * between lines. Each costs the editor a widget, so that one is made when its place comes near what is in sight.
 */
export class HunkThreads implements vscode.Disposable {
  readonly #parts: ThreadParts;
  readonly #threads = new Map<number, vscode.CommentThread>();
  #pause: NodeJS.Timeout | undefined;

  constructor(parts: ThreadParts) {
    this.#parts = parts;
  }

  /** Draws the pending changes for the editors that show the document: the nearest at once, a few more after a while. */
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

/** What an editor shows and half a screen on each side of it; and around its cursor, which it is about to show. */
function sightsOf({ visibleRanges, selection }: vscode.TextEditor): readonly Sight[] {
  const [first, last] = [visibleRanges[0]?.start.line ?? 0, visibleRanges.at(-1)?.end.line ?? 0];
  const margin = Math.max(15, Math.round((last - first) / 2));
  const { line } = selection.active;
  return [
    { first: first - margin, last: last + margin, middle: (first + last) / 2 },
    { first: line - margin, last: line + margin, middle: line },
  ];
}

/** How far a line is from where one looks; without end where nobody sees it. */
function distanceTo(sights: readonly Sight[], line: number): number {
  const seen = sights.filter(({ first, last }) => first <= line && line <= last);
  return Math.min(...seen.map(({ middle }) => Math.abs(line - middle)));
}

/** Threads stand below it. */
function lastLineOf(document: vscode.TextDocument, { start, end }: PendingHunk['hunk']): number {
  const last = document.positionAt(end);
  // A change that ends where a line begins does not reach into that line.
  return last.character === 0 && end > start ? last.line - 1 : last.line;
}
