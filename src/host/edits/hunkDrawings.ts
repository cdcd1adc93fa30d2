import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { hunkLines } from '../../core/edits/hunks.ts';
import type { FileReview, PendingHunk } from './fileReview.ts';

/** How a change is drawn, in lines relative to its first. */
interface Drawing {
  /** The removed line ranges. */
  readonly removed: readonly (readonly [first: number, last: number])[];
  /** The resulting lines; new ones start with `+`. */
  readonly lines: readonly string[];
}

/** The drawings of a document's changes. A pending change only moves. */
export class HunkDrawings {
  readonly #review: Pick<FileReview, 'document'>;
  readonly #drawings = new Map<number, Drawing>();

  constructor(review: Pick<FileReview, 'document'>) {
    this.#review = review;
  }

  /** The lines to remove, where they are now. */
  removedRanges({ index, hunk }: PendingHunk): readonly vscode.Range[] {
    const { line } = this.#review.document.positionAt(hunk.start);
    return this.#drawingOf(index, hunk).removed.map(
      ([first, last]) => new vscode.Range(line + first, 0, line + last, 0),
    );
  }

  /** The reason and the new code. */
  body({ index, hunk }: PendingHunk): vscode.MarkdownString {
    const { lines } = this.#drawingOf(index, hunk);
    const body = new vscode.MarkdownString();
    body.appendMarkdown(`${wrapping(hunk.reason)}\n\n`);
    if (lines.length === 0) {
      body.appendText(t('The marked lines will be removed.'));
    } else {
      // In diff colors, because new code must stand out.
      body.appendCodeblock([...lines, ...(lines.some(isWide) ? [' '] : [])].join('\n'), 'diff');
    }
    return body;
  }

  #drawingOf(index: number, hunk: PendingHunk['hunk']): Drawing {
    const present = this.#drawings.get(index);
    if (present) {
      return present;
    }
    const drawing = drawingOf(this.#review.document.getText(), hunk);
    this.#drawings.set(index, drawing);
    return drawing;
  }
}

/** Words as Markdown: `appendText` alone uses non-breaking spaces, which cut off long reasons. */
function wrapping(words: string): string {
  return new vscode.MarkdownString().appendText(words.trim()).value.replaceAll(/(?:&nbsp;)+/g, ' ');
}

/** Whether the comment scrolls sideways: the scroll bar covers its last line, which should be empty. */
function isWide(line: string): boolean {
  return line.length > 80;
}

function drawingOf(text: string, hunk: PendingHunk['hunk']): Drawing {
  const { lines } = hunkLines(text, hunk);
  const removed: [first: number, last: number][] = [];
  let line = 0;
  for (const { kind } of lines) {
    const last = removed.at(-1);
    if (kind === 'removed' && last?.[1] === line - 1) {
      last[1] = line;
    } else if (kind === 'removed') {
      removed.push([line, line]);
    }
    line += kind === 'added' ? 0 : 1;
  }
  const shown = lines.filter(({ kind }) => kind !== 'removed');
  return { removed, lines: shown.map(({ kind, text: words }) => `${kind === 'added' ? '+' : ' '}${words}`) };
}
