import { signal, type ReadonlySignal } from '@preact/signals';
import { onNextFrame, onNextTurn } from '../frames.ts';
import { Pace } from '../pace.ts';
import { MarkdownBlocks, type Block } from './blocks.ts';

/** What is read between two looks at the clock. */
const sliceLength = 1_024;

/** The longest time to read in one frame, in milliseconds; drawing comes on top of it. */
const readingMs = 6;

/**
 * Reads an answer while it grows: the first piece at once, so that it is seen in the next frame; whatever more has
 * come by then in steps, one a frame, as large as keeps the page free.
 */
export class AnswerBlocks {
  readonly #drawn = signal<readonly Block[]>([]);
  /** In characters. */
  readonly #pace = new Pace({ least: 2_048, first: 3_072, most: 32_768 });
  #blocks = new MarkdownBlocks();
  #text = '';
  #read = 0;
  #complete = false;
  #ended = false;
  #cancel: (() => void) | undefined;

  /** The blocks to draw. A block that did not change is the same object as before. */
  get drawn(): ReadonlySignal<readonly Block[]> {
    return this.#drawn;
  }

  /** Takes the text as far as it has come. A text that does not go on from the last one is read anew. */
  take(text: string, complete: boolean): void {
    const goesOn = text.length >= this.#text.length && (!this.#ended || text === this.#text);
    if (!goesOn || !text.startsWith(this.#text.slice(0, this.#read))) {
      this.#blocks = new MarkdownBlocks();
      this.#read = 0;
      this.#ended = false;
    }
    this.#text = text;
    this.#complete = complete;
    if (!this.#cancel) {
      this.#step();
    }
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #step(): void {
    this.#cancel = undefined;
    const startedAt = performance.now();
    const from = this.#read;
    if (!this.#advance(startedAt)) {
      return;
    }
    this.#drawn.value = [...this.#blocks.settled, ...this.#blocks.open];
    const characters = this.#read - from;
    onNextTurn(() => {
      this.#pace.frameTook(performance.now() - startedAt, characters);
    });
    // Text that comes meanwhile waits for the next frame, so that a frame draws once.
    this.#cancel = onNextFrame(() => {
      this.#step();
    });
  }

  /** Reads as much as fits into a frame, and whether there was anything to read. */
  #advance(startedAt: number): boolean {
    const until = Math.min(this.#text.length, this.#read + this.#pace.amount);
    const begun = this.#read;
    while (this.#read < until && performance.now() - startedAt < readingMs) {
      // An open list is read again with each slice; a slice that grows with it keeps the sum in proportion.
      const slice = Math.max(sliceLength, this.#blocks.openLength / 2);
      const end = Math.min(until, this.#read + slice);
      this.#blocks.push(this.#text.slice(this.#read, end));
      this.#read = end;
    }
    const ends = this.#complete && !this.#ended && this.#read === this.#text.length;
    if (ends) {
      this.#blocks.end();
      this.#ended = true;
    }
    return ends || this.#read > begun;
  }
}
