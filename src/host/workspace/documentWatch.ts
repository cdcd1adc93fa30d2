import type * as vscode from 'vscode';
import type { Placement } from '../../core/edits/placement.ts';
import { LiveDocument } from './liveDocument.ts';

/** A document at one moment, and every change since, in order. */
export class DocumentWatch implements vscode.Disposable {
  readonly text: string;
  readonly #changes: (readonly Placement[])[] = [];
  readonly #live: LiveDocument;

  constructor(document: vscode.TextDocument) {
    this.text = document.getText();
    this.#live = new LiveDocument(document, (changes) => {
      this.#changes.push(changes);
    });
  }

  /** Each entry is one event: its offsets are into the text before it. */
  get changes(): readonly (readonly Placement[])[] {
    return this.#changes;
  }

  /** The document, reopened if it was closed. */
  open(): Promise<vscode.TextDocument> {
    return this.#live.open();
  }

  dispose(): void {
    this.#live.dispose();
  }
}
