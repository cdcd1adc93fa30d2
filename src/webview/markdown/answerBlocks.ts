import { batch, signal, type ReadonlySignal } from '@preact/signals';
import { afterNextFrame } from '../shared/frames.ts';
import { FrameBudget } from '../shared/frameBudget.ts';
import { MarkdownBlocks } from './blocks.ts';
import { toBlockGroups, type BlockGroup } from './blockGroups.ts';

/** What is read between two looks at the clock. */
const sliceLength = 2_048;

/** The longest time to read in one frame, in milliseconds; drawing comes on top of it. */
const readingMs = 10;

/** The longest time for which what one sees stands still while more is there, in milliseconds. */
const maxUnseenMs = 250;

/**
 * Reads an answer while it grows: the first piece at once, so that it is seen in the next frame; whatever more has
 * come by then in steps, one a frame, as large as keeps the page free.
 */
export class AnswerBlocks {
  readonly #drawn = signal<readonly BlockGroup[]>([]);
  readonly #behind = signal(false);
  /** In characters. */
  readonly #budget = new FrameBudget({ least: 4_096, first: 4_096, most: 32_768 });
  #blocks = new MarkdownBlocks();
  #text = '';
  #read = 0;
  #complete = false;
  #ended = false;
  #seenAt = -Infinity;
  #cancel: (() => void) | undefined;

  /** The blocks to draw. A block that did not change, and a stretch of such, is the same object as before. */
  get drawn(): ReadonlySignal<readonly BlockGroup[]> {
    return this.#drawn;
  }

  /** Whether much more is there to draw, so that what has just been drawn need not be scrolled to. */
  get behind(): ReadonlySignal<boolean> {
    return this.#behind;
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
    if (!this.#cancel && this.#hasMore()) {
      this.#step();
    }
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #step(): void {
    const startedAt = performance.now();
    const from = this.#read;
    this.#advance(startedAt);
    const hasMore = this.#hasMore();
    const isBehind = hasMore && startedAt - this.#seenAt < maxUnseenMs;
    if (!isBehind) {
      this.#seenAt = startedAt;
    }
    batch(() => {
      this.#drawn.value = toBlockGroups([...this.#blocks.settled, ...this.#blocks.open], this.#drawn.peek());
      this.#behind.value = isBehind;
    });
    this.#cancel = hasMore
      ? afterNextFrame(() => {
          this.#budget.frameTook(performance.now() - startedAt, this.#read - from);
          this.#step();
        })
      : undefined;
  }

  #hasMore(): boolean {
    return this.#read < this.#text.length || (this.#complete && !this.#ended);
  }

  /** Reads as much as fits into a frame. */
  #advance(startedAt: number): void {
    // What is drawn again with each step is the dearer the longer it is: a step that grows with it keeps that in proportion.
    const amount = Math.max(this.#budget.amount, this.#blocks.openLength / 2);
    const until = Math.min(this.#text.length, this.#read + amount);
    while (this.#read < until && performance.now() - startedAt < readingMs) {
      // An open list is read again with each slice; a slice that grows with it keeps the sum in proportion.
      const slice = Math.max(sliceLength, this.#blocks.openLength / 2);
      const end = Math.min(until, this.#read + slice);
      this.#blocks.push(this.#text.slice(this.#read, end));
      this.#read = end;
    }
    if (this.#complete && this.#read === this.#text.length) {
      this.#blocks.end();
      this.#ended = true;
    }
  }
}
