import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PendingHunk } from './fileReview.ts';
import type { HunkDrawings } from './hunkDrawings.ts';

/** The editor paints nothing before it has made all that it is told of at once; these few fill what is in sight. */
const mostAtOnce = 3;

/**
 * What would come, below the lines that would go: threads of comments are all that VS Code lets an extension put
 * between lines. Each costs the editor a widget, so that one is made when its place comes near what is in sight.
 */
export class HunkThreads implements vscode.Disposable {
  readonly #comments: vscode.CommentController;
  readonly #document: vscode.TextDocument;
  readonly #drawings: HunkDrawings;
  readonly #threads = new Map<number, vscode.CommentThread>();

  constructor(comments: vscode.CommentController, document: vscode.TextDocument, drawings: HunkDrawings) {
    this.#comments = comments;
    this.#document = document;
    this.#drawings = drawings;
  }

  /** Draws the pending changes for the editors that show the document; says whether some are left for another time. */
  draw(pending: readonly PendingHunk[], editors: readonly vscode.TextEditor[]): boolean {
    const indexes = new Set(pending.map(({ index }) => index));
    for (const [index, thread] of this.#threads) {
      if (!indexes.has(index)) {
        thread.dispose();
        this.#threads.delete(index);
      }
    }
    const inSight = editors.flatMap(stretchesNear);
    let [made, areLeft] = [0, false];
    for (const each of pending) {
      const range = lastLineOf(this.#document, each.hunk);
      const present = this.#threads.get(each.index);
      if (present) {
        present.range = range;
      } else if (inSight.some((stretch) => stretch.contains(range))) {
        areLeft = made === mostAtOnce;
        if (!areLeft) {
          made += 1;
          this.#threads.set(each.index, this.#make(each, range));
        }
      }
    }
    return areLeft;
  }

  dispose(): void {
    this.#threads.forEach((thread) => {
      thread.dispose();
    });
    this.#threads.clear();
  }

  #make(each: PendingHunk, range: vscode.Range): vscode.CommentThread {
    // VS Code opens its view of comments with the first of them, unless the user's `comments.openView` says otherwise.
    const thread = this.#comments.createCommentThread(this.#document.uri, range, [
      {
        author: { name: 'Switchboard' },
        body: this.#drawings.body(each),
        mode: vscode.CommentMode.Preview,
      },
    ]);
    thread.canReply = false;
    thread.label = t('Proposed change');
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    return thread;
  }
}

/** What an editor shows and half a screen on each side of it, and around its cursor, which it is about to show. */
function stretchesNear({ visibleRanges, selection }: vscode.TextEditor): readonly vscode.Range[] {
  const [first, last] = [visibleRanges[0]?.start.line ?? 0, visibleRanges.at(-1)?.end.line ?? 0];
  const margin = Math.max(15, Math.round((last - first) / 2));
  const { line } = selection.active;
  return [
    new vscode.Range(Math.max(0, first - margin), 0, last + margin, 0),
    new vscode.Range(Math.max(0, line - margin), 0, line + margin, 0),
  ];
}

/** Threads stand below it. */
function lastLineOf(document: vscode.TextDocument, { start, end }: PendingHunk['hunk']): vscode.Range {
  const last = document.positionAt(end);
  // A change that ends where a line begins does not reach into that line.
  const line = last.character === 0 && end > start ? last.line - 1 : last.line;
  return new vscode.Range(line, 0, line, 0);
}
