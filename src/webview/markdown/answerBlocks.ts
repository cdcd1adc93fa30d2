import { batch, signal, type ReadonlySignal } from '@preact/signals';
import { afterNextFrame, inNextTask } from '../shared/frames.ts';
import { FrameBudget } from '../shared/frameBudget.ts';
import { MarkdownBlocks } from './blocks.ts';
import { toBlockGroups, type BlockGroup } from './blockGroups.ts';

/** How much is read between two looks at the clock. */
const sliceLength = 4_096;

/** The longest time to read in one step, in milliseconds; drawing comes on top of it. */
const readingMs = 10;

/** The longest time the view stands still while more is available, in milliseconds. */
const maxUnseenMs = 250;

/**
 * Reads an answer while it grows: the first piece at once, so that it is seen in the next frame; whatever more has
 * come by then in steps as large as keeps the page free. A step that nobody needs to see waits for no frame.
 */
export class AnswerBlocks {
  readonly #drawn = signal<readonly BlockGroup[]>([]);
  readonly #behind = signal(false);
  /** In characters. */
  readonly #budget = new FrameBudget({ least: 4_096, first: 16_384, most: 65_536 });
  #blocks = new MarkdownBlocks();
  #text = '';
  #read = 0;
  #complete = false;
  #ended = false;
  #seenAt = -Infinity;
  #cancel: (() => void) | undefined;

  /** The blocks to draw. Unchanged blocks and groups are the same objects as before. */
  get drawn(): ReadonlySignal<readonly BlockGroup[]> {
    return this.#drawn;
  }

  /** Whether much more is about to be drawn, so scrolling to the end can wait. */
  get behind(): ReadonlySignal<boolean> {
    return this.#behind;
  }

  /** Takes the text so far. A text that doesn't continue the last one is read from scratch. */
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
    const goOn = isBehind ? inNextTask : afterNextFrame;
    this.#cancel = hasMore
      ? goOn(() => {
          this.#budget.frameTook(performance.now() - startedAt, this.#read - from);
          this.#step();
        })
      : undefined;
  }

  #hasMore(): boolean {
    return this.#read < this.#text.length || (this.#complete && !this.#ended);
  }

  /** Reads as much as fits into a step. */
  #advance(startedAt: number): void {
    // Longer open text costs more per redraw; growing the step keeps that proportional.
    const amount = Math.max(this.#budget.amount, this.#blocks.openLength / 2);
    const until = Math.min(this.#text.length, this.#read + amount);
    while (this.#read < until && performance.now() - startedAt < readingMs) {
      // An open list is read again with each slice; growing the slice keeps the total proportional.
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
