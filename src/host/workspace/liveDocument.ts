import * as vscode from 'vscode';
import { changesBetween, changesOfEnds } from '../../core/edits/changesBetween.ts';
import type { Placement } from '../../core/edits/placement.ts';

/**
 * A document whose changes are followed. VS Code creates a new object when a document is reopened; changes in between
 * are reported as one event.
 */
export class LiveDocument implements vscode.Disposable {
  readonly #changed: (changes: readonly Placement[]) => void;
  readonly #subscriptions: vscode.Disposable;
  #current: vscode.TextDocument;
  #eol: vscode.EndOfLine;

  /** `changed` is called for each event: its offsets are into the text before it. */
  constructor(document: vscode.TextDocument, changed: (changes: readonly Placement[]) => void) {
    this.#current = document;
    this.#eol = document.eol;
    this.#changed = changed;
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === this.#current) {
          this.#follow(event);
        }
      }),
      vscode.workspace.onDidOpenTextDocument((opened) => {
        this.#takeUp(opened);
      }),
    );
  }

  /** The document as it is, or was when closed. */
  get current(): vscode.TextDocument {
    return this.#current;
  }

  /** Opens the document if it is closed. */
  async open(): Promise<vscode.TextDocument> {
    if (this.#current.isClosed) {
      this.#takeUp(await vscode.workspace.openTextDocument(this.#current.uri));
    }
    return this.#current;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #follow(event: vscode.TextDocumentChangeEvent): void {
    const { eol } = event.document;
    const ends = eol === this.#eol ? undefined : endsIn(event);
    this.#eol = eol;
    if (ends) {
      this.#changed(ends);
    } else if (event.contentChanges.length > 0) {
      this.#changed(placementsOf(event));
    }
  }

  #takeUp(opened: vscode.TextDocument): void {
    const before = this.#current;
    if (before.isClosed && opened !== before && opened.uri.toString() === before.uri.toString()) {
      this.#current = opened;
      this.#eol = opened.eol;
      this.#changed(changesBetween(before.getText(), opened.getText()));
    }
  }
}

/** If only line endings changed: VS Code reports that as a full replacement. */
function endsIn({
  document,
  contentChanges,
}: vscode.TextDocumentChangeEvent): readonly Placement[] | undefined {
  const isNowShort = document.eol === vscode.EndOfLine.LF;
  const [before, now] = isNowShort ? (['\r\n', '\n'] as const) : (['\n', '\r\n'] as const);
  const text = document.getText().replaceAll(now, before);
  const isAll = contentChanges.every(({ rangeLength }) => rangeLength === text.length);
  return isAll && contentChanges.length <= 1 ? changesOfEnds(text, now) : undefined;
}

/** One event's changes, in offsets into the text before it. */
export function placementsOf({ contentChanges }: vscode.TextDocumentChangeEvent): readonly Placement[] {
  return contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
    start: rangeOffset,
    end: rangeOffset + rangeLength,
    text,
  }));
}
