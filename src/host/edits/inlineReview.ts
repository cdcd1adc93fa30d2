import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { WriteBarrier } from '../context/writeGuard.ts';
import { activeEditor } from '../workspace/selection.ts';
import { setContext } from '../platform/commands.ts';
import { colorIds, contextKeys } from '../platform/contributions.ts';
import type { FileReview, PendingHunk } from './fileReview.ts';
import { HunkDrawings } from './hunkDrawings.ts';
import { lensesOf } from './hunkLenses.ts';
import { HunkThreads } from './hunkThreads.ts';
import { showDocument } from '../workspace/openDocument.ts';

interface Shown {
  readonly review: FileReview;
  readonly drawings: HunkDrawings;
  readonly threads: HunkThreads;
}

/**
 * Shows proposed changes inline: removed lines are marked, new code appears below, with "Accept" and "Reject" above.
 * The user may keep typing; a change whose code is edited is discarded.
 */
export class InlineReview implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #writes: WriteBarrier;
  readonly #shown = new Map<string, Shown>();
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  readonly #comments = vscode.comments.createCommentController('switchboard.review', 'Switchboard');
  readonly #removed = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('diffEditor.removedLineBackground'),
    // High contrast themes have no such background.
    border: '1px dashed',
    borderColor: new vscode.ThemeColor(colorIds.removedLineBorder),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.deletedForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Left,
  });
  readonly #registrations: vscode.Disposable;
  #isReviewing = false;

  readonly onDidChangeCodeLenses = this.#lensesChanged.event;

  constructor(writes: WriteBarrier) {
    this.#writes = writes;
    this.#registrations = vscode.Disposable.from(
      this.#lensesChanged,
      this.#comments,
      this.#removed,
      vscode.languages.registerCodeLensProvider([{ scheme: '*' }], this),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.#shown.forEach((shown) => {
          this.#drawInEditors(shown);
        });
      }),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        const shown = this.#shown.get(textEditor.document.uri.toString());
        if (shown) {
          this.#drawThreads(shown);
        }
      }),
    );
  }

  /** Shows a document's changes; earlier ones are discarded. */
  async propose(review: FileReview): Promise<void> {
    const { document } = review;
    this.#end(document.uri.toString());
    const drawings = new HunkDrawings(review);
    const threads = new HunkThreads({
      ...{ comments: this.#comments, review, drawings },
      redraw: () => {
        this.#drawThreads(shown);
      },
    });
    const shown: Shown = { review, drawings, threads };
    this.#shown.set(document.uri.toString(), shown);
    review.onDidChange(() => {
      this.#draw(shown);
    });
    // If it is already visible, the first change appears right after the answer.
    const editor = editorsOf(document)[0] ?? (await showDocument(document));
    if (this.#shown.get(document.uri.toString()) !== shown) {
      return;
    }
    const first = review.pending[0];
    if (editor && first) {
      this.#reveal(editor, first);
    }
    this.#draw(shown);
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return lensesOf(document, this.#shown.get(document.uri.toString())?.review.pending ?? []);
  }

  /** Accepts a change: the given one, or the one at the cursor. */
  async accept(uri?: vscode.Uri, index?: number): Promise<void> {
    const found = this.#find(uri, index);
    if (found) {
      await found.shown.review.accept([found.pending.index], this.#writes);
      this.#goOn(found.shown.review.document);
    } else {
      tellNone();
    }
  }

  /** Rejects a change: the given one, or the one at the cursor. */
  reject(uri?: vscode.Uri, index?: number): void {
    const found = this.#find(uri, index);
    if (found) {
      found.shown.review.reject([found.pending.index]);
      this.#goOn(found.shown.review.document);
    } else {
      tellNone();
    }
  }

  /**
   * Accepts all changes of a document as one undo step: the given or active one's, or of all documents if it has none.
   */
  async acceptAll(uri?: vscode.Uri): Promise<void> {
    const all = this.#here(uri);
    if (all.length === 0) {
      tellNone();
    }
    for (const { review } of all) {
      const which = review.pending.map(({ index }) => index);
      await review.accept(which, this.#writes);
    }
  }

  /** Rejects all changes of a document: the given or active one's, or of all documents if it has none. */
  rejectAll(uri?: vscode.Uri): void {
    const all = this.#here(uri);
    if (all.length === 0) {
      tellNone();
    }
    for (const { review } of all) {
      review.reject(review.pending.map(({ index }) => index));
    }
  }

  /** Goes to the change after (1) or before (-1) the cursor, wrapping around. */
  async go(step: 1 | -1): Promise<void> {
    const [shown] = this.#here();
    if (!shown) {
      tellNone();
      return;
    }
    const { document, pending } = shown.review;
    const editor = await showDocument(document);
    if (!editor) {
      return;
    }
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

  /** The reviews that a command for all changes applies to. */
  #here(uri?: vscode.Uri): readonly Shown[] {
    const here = uri ?? activeEditor()?.document.uri;
    const active = this.#shown.get(here?.toString() ?? '');
    return active ? [active] : [...this.#shown.values()];
  }

  #find(
    uri?: vscode.Uri,
    index?: number,
  ): { readonly shown: Shown; readonly pending: PendingHunk } | undefined {
    const editor = activeEditor();
    const key = (uri ?? editor?.document.uri)?.toString();
    const shown = this.#shown.get(key ?? '');
    const pending = shown?.review.pending ?? [];
    const cursor = editor?.document.offsetAt(editor.selection.active) ?? 0;
    const found =
      index !== undefined
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
    const { review } = shown;
    this.#drawInEditors(shown);
    if (review.isOver) {
      this.#end(review.document.uri.toString());
      tellStale(review);
    }
    this.#lensesChanged.fire();
    const isReviewing = this.#shown.size > 0;
    if (isReviewing !== this.#isReviewing) {
      this.#isReviewing = isReviewing;
      setContext(contextKeys.reviewing, isReviewing);
    }
  }

  #drawInEditors(shown: Shown): void {
    const { document, pending } = shown.review;
    const ranges = pending.flatMap((each) => shown.drawings.removedRanges(each));
    for (const editor of editorsOf(document)) {
      editor.setDecorations(this.#removed, ranges);
    }
    this.#drawThreads(shown);
  }

  #drawThreads(shown: Shown): void {
    const { document, pending } = shown.review;
    shown.threads.draw(pending, editorsOf(document));
  }

  #end(key: string): void {
    const shown = this.#shown.get(key);
    this.#shown.delete(key);
    shown?.threads.dispose();
    shown?.review.dispose();
    for (const editor of shown ? editorsOf(shown.review.document) : []) {
      editor.setDecorations(this.#removed, []);
    }
  }
}

function editorsOf(document: vscode.TextDocument): readonly vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
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

/** Typing is never overwritten; the command can be run on the current code. */
function tellStale({ stale, again }: FileReview): void {
  if (stale === 0) {
    return;
  }
  const words =
    stale === 1
      ? t('A proposed change was discarded because the code it touches has changed.')
      : t('{0} proposed changes were discarded because the code they touch has changed.', stale);
  const runAgain = t('Run Again');
  void vscode.window
    .showWarningMessage(words, ...(again ? [runAgain] : []))
    .then((choice) => (choice === runAgain ? again?.() : undefined));
}
