import type * as vscode from 'vscode';
import { SerialQueue } from '../../core/util/serialQueue.ts';
import type { FileQuestion } from '../../protocol/fileLookup.ts';
import { findMentionedFile } from '../workspace/mentionedFile.ts';

/** How a panel learns about a file. */
type FoundFile = (id: string, path: string) => void;

/** Looks up the files that answers name, one at a time: each may search the whole workspace. */
export class FileLookup implements vscode.Disposable {
  readonly #found: FoundFile;
  readonly #onError: (error: unknown) => void;
  #asked = new AbortController();
  readonly #queue = new SerialQueue();

  constructor(found: FoundFile, onError: (error: unknown) => void) {
    this.#found = found;
    this.#onError = onError;
  }

  /** Reports each path that leads to a file, as soon as it is known. */
  ask(question: FileQuestion): Promise<void> {
    const { signal } = this.#asked;
    return this.#queue.take(() => this.#answer(question, signal)).catch(this.#onError);
  }

  /** The panel is gone; nothing it asked for is needed. */
  clear(): void {
    this.#asked.abort();
    this.#asked = new AbortController();
  }

  dispose(): void {
    this.#asked.abort();
  }

  async #answer({ id, paths }: FileQuestion, signal: AbortSignal): Promise<void> {
    for (const path of paths) {
      if (signal.aborted) {
        return;
      }
      if (await findMentionedFile(path)) {
        this.#found(id, path);
      }
    }
  }
}
