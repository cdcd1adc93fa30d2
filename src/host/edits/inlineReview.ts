import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { hunkLines } from '../../core/edits/hunks.ts';
import { commandIds, contextKeys } from '../contributions.ts';
import type { FileReview } from './fileReview.ts';
import { type PendingHunk } from './fileReview.ts';
import { activeEditor } from '../context/selection.ts';

interface Shown {
  readonly review: FileReview;
  readonly threads: Map<number, vscode.CommentThread>;
}

/**
 * Shows proposed changes in the editor, each at its place: what would go is marked, what would come stands below it,
 * and above it are "Accept" and "Reject". One may go on typing; a change whose place was typed in is given up.
 */
export class InlineReview implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #shown = new Map<string, Shown>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly #comments = vscode.comments.createCommentController('switchboard.review', 'Switchboard');
  readonly #removed = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('diffEditor.removedLineBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.deletedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
  readonly #registrations: vscode.Disposable;

  readonly onDidChangeCodeLenses = this.#lensesChanged.event;

  constructor() {
    this.#registrations = vscode.Disposable.from(
      this.#lensesChanged,
      this.#comments,
      this.#removed,
      vscode.languages.registerCodeLensProvider([{ scheme: '*' }], this),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.#decorate();
      }),
    );
  }

  /** Shows the changes of a document; those that were shown of it before are given up. */
  async propose(review: FileReview): Promise<void> {
    const { document } = review;
    this.#end(document.uri.toString());
    const shown = { review, threads: new Map<number, vscode.CommentThread>() };
    this.#shown.set(document.uri.toString(), shown);
    review.onDidChange(() => {
      this.#draw(shown);
    });
    const editor = await vscode.window.showTextDocument(document, { preserveFocus: false });
    this.#draw(shown);
    const first = review.pending[0];
    if (first) {
      this.#reveal(editor, first);
    }
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const review = this.#shown.get(document.uri.toString())?.review;
    const pending = review?.pending ?? [];
    return pending.flatMap(({ index, hunk }, at) => {
      const place = firstLineOf(document, hunk);
      const args = [document.uri, index];
      return [
        new vscode.CodeLens(place, {
          title: t('Accept'),
          tooltip: hunk.reason,
          command: commandIds.acceptChange,
          arguments: args,
        }),
        new vscode.CodeLens(place, {
          title: t('Reject'),
          tooltip: hunk.reason,
          command: commandIds.rejectChange,
          arguments: args,
        }),
        new vscode.CodeLens(place, {
          title: t('{0} of {1}', at + 1, pending.length),
          command: commandIds.nextChange,
        }),
      ];
    });
  }

  /** Accepts a change: the one that is named, or else the one at the cursor. */
  async accept(uri?: unknown, index?: unknown): Promise<void> {
    const found = this.#find(uri, index);
    if (found) {
      await found.shown.review.accept([found.pending.index]);
      this.#goOn(found.shown.review.document);
    } else {
      tellNone();
    }
  }

  /** Rejects a change: the one that is named, or else the one at the cursor. */
  reject(uri?: unknown, index?: unknown): void {
    const found = this.#find(uri, index);
    if (found) {
      found.shown.review.reject([found.pending.index]);
      this.#goOn(found.shown.review.document);
    } else {
      tellNone();
    }
  }

  /** Accepts every change of the active document, as one step of undo; of all documents where it has none. */
  async acceptAll(): Promise<void> {
    const all = this.#here();
    if (all.length === 0) {
      tellNone();
    }
    for (const { review } of all) {
      await review.accept(review.pending.map(({ index }) => index));
    }
  }

  /** Rejects every change of the active document; of all documents where it has none. */
  rejectAll(): void {
    const all = this.#here();
    if (all.length === 0) {
      tellNone();
    }
    for (const { review } of all) {
      review.reject(review.pending.map(({ index }) => index));
    }
  }

  /** Goes to the change after the cursor (1) or before it (-1), around the ends of the document. */
  async go(step: 1 | -1): Promise<void> {
    const [shown] = this.#here();
    if (!shown) {
      tellNone();
      return;
    }
    const { document, pending } = shown.review;
    const editor = await vscode.window.showTextDocument(document);
    const cursor = document.offsetAt(editor.selection.active);
    const inOrder = step === 1 ? pending : pending.toReversed();
    const next = inOrder.find(({ hunk }) => (step === 1 ? hunk.start > cursor : hunk.start < cursor));
    const target = next ?? inOrder[0];
    if (target) {
      this.#reveal(editor, target);
    }
  }

  dispose(): void {
    [...this.#shown.keys()].forEach((key) => {
      this.#end(key);
    });
    this.#registrations.dispose();
  }

  /** The reviews that a command for all changes means. */
  #here(): readonly Shown[] {
    const active = this.#shown.get(activeEditor()?.document.uri.toString() ?? '');
    return active ? [active] : [...this.#shown.values()];
  }

  #find(uri: unknown, index: unknown): { readonly shown: Shown; readonly pending: PendingHunk } | undefined {
    const editor = activeEditor();
    const key = uri instanceof vscode.Uri ? uri.toString() : editor?.document.uri.toString();
    const shown = this.#shown.get(key ?? '');
    const pending = shown?.review.pending ?? [];
    const cursor = editor?.document.offsetAt(editor.selection.active) ?? 0;
    const found =
      typeof index === 'number'
        ? pending.find((each) => each.index === index)
        : (pending.find(({ hunk }) => isAt(shown?.review.document, hunk, cursor)) ??
          (pending.length === 1 ? pending[0] : undefined));
    return shown && found && { shown, pending: found };
  }

  #goOn(document: vscode.TextDocument): void {
    const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
    const next = this.#shown.get(document.uri.toString())?.review.pending[0];
    if (editor && next) {
      this.#reveal(editor, next);
    }
  }

  #reveal(editor: vscode.TextEditor, { hunk }: PendingHunk): void {
    const place = editor.document.positionAt(hunk.start);
    editor.selection = new vscode.Selection(place, place);
    editor.revealRange(new vscode.Range(place, place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  #draw(shown: Shown): void {
    const { review, threads } = shown;
    const { document, pending } = review;
    for (const [index, thread] of threads) {
      if (!pending.some((each) => each.index === index)) {
        thread.dispose();
        threads.delete(index);
      }
    }
    for (const each of pending) {
      this.#drawThread(shown, each);
    }
    if (pending.length === 0) {
      this.#end(document.uri.toString());
      tellStale(review.stale);
    }
    this.#decorate();
    this.#lensesChanged.fire();
    void vscode.commands.executeCommand('setContext', contextKeys.reviewing, this.#shown.size > 0);
  }

  /** What would come, below the place where it would. */
  #drawThread({ review, threads }: Shown, { index, hunk }: PendingHunk): void {
    const { document } = review;
    const range = lastLineOf(document, hunk);
    const present = threads.get(index);
    if (present) {
      present.range = range;
      return;
    }
    // VS Code lists such comments in a view of its own, which is the list of the changes.
    const thread = this.#comments.createCommentThread(document.uri, range, [
      {
        author: { name: 'Switchboard' },
        body: bodyOf(document, hunk),
        mode: vscode.CommentMode.Preview,
      },
    ]);
    thread.canReply = false;
    thread.label = t('Proposed change');
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    threads.set(index, thread);
  }

  #decorate(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      const review = this.#shown.get(editor.document.uri.toString())?.review;
      const ranges = (review?.pending ?? []).flatMap(({ hunk }) => removedLines(editor.document, hunk));
      editor.setDecorations(this.#removed, ranges);
    }
  }

  #end(key: string): void {
    const shown = this.#shown.get(key);
    this.#shown.delete(key);
    shown?.threads.forEach((thread) => {
      thread.dispose();
    });
    shown?.review.dispose();
  }
}

function removedLines(document: vscode.TextDocument, hunk: PendingHunk['hunk']): readonly vscode.Range[] {
  const { start, lines } = hunkLines(document.getText(), hunk);
  let line = document.positionAt(start).line;
  return lines.flatMap(({ kind }) => {
    if (kind === 'added') {
      return [];
    }
    line += 1;
    return kind === 'removed' ? [new vscode.Range(line - 1, 0, line - 1, 0)] : [];
  });
}

function bodyOf(document: vscode.TextDocument, hunk: PendingHunk['hunk']): vscode.MarkdownString {
  const { lines } = hunkLines(document.getText(), hunk);
  const added = lines.filter(({ kind }) => kind !== 'removed').map(({ text }) => text.replace(/\r?\n$/, ''));
  const body = new vscode.MarkdownString();
  body.appendText(hunk.reason);
  body.appendMarkdown('\n\n');
  if (added.length === 0) {
    body.appendText(t('The marked lines are removed.'));
  } else {
    body.appendCodeblock(added.join('\n'), document.languageId);
  }
  return body;
}

function firstLineOf(document: vscode.TextDocument, { start }: PendingHunk['hunk']): vscode.Range {
  const { line } = document.positionAt(start);
  return new vscode.Range(line, 0, line, 0);
}

function lastLineOf(document: vscode.TextDocument, { start, end }: PendingHunk['hunk']): vscode.Range {
  const last = document.positionAt(end);
  // A change that ends where a line begins does not reach into that line.
  const line = last.character === 0 && end > start ? last.line - 1 : last.line;
  return new vscode.Range(line, 0, line, 0);
}

function isAt(
  document: vscode.TextDocument | undefined,
  { start, end }: PendingHunk['hunk'],
  cursor: number,
): boolean {
  if (!document) {
    return false;
  }
  const [first, last, at] = [start, end, cursor].map((offset) => document.positionAt(offset).line);
  return first !== undefined && last !== undefined && at !== undefined && first <= at && at <= last;
}

function tellNone(): void {
  void vscode.window.showInformationMessage(t('There is no proposed change here.'));
}

function tellStale(count: number): void {
  if (count > 0) {
    void vscode.window.showWarningMessage(
      count === 1
        ? t('A proposed change was given up, because its place was changed meanwhile.')
        : t('{0} proposed changes were given up, because their places were changed meanwhile.', count),
    );
  }
}
