import * as vscode from 'vscode';
import type { Placement } from '../../core/edits/placement.ts';

/** A document as it was at one moment, and every change of it since, in order. */
export class DocumentWatch implements vscode.Disposable {
  readonly text: string;
  readonly #changes: (readonly Placement[])[] = [];
  readonly #subscription: vscode.Disposable;

  constructor(document: vscode.TextDocument) {
    this.text = document.getText();
    this.#subscription = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === document && event.contentChanges.length > 0) {
        this.#changes.push(placementsOf(event));
      }
    });
  }

  /** Each entry is one event: its offsets are into the text before it. */
  get changes(): readonly (readonly Placement[])[] {
    return this.#changes;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** The changes of one event, in offsets into the text before it. */
export function placementsOf({ contentChanges }: vscode.TextDocumentChangeEvent): readonly Placement[] {
  return contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
    start: rangeOffset,
    end: rangeOffset + rangeLength,
    text,
  }));
}
