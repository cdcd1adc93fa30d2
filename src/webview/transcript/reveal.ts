import { signal, type ReadonlySignal } from '@preact/signals';
import { afterNextFrame } from '../shared/frames.ts';
import { FrameBudget } from '../shared/frameBudget.ts';

/** How many messages are rendered at once: more than one screen. */
const firstBatch = 10;

/** Renders a long conversation from its end: the last messages at once, older ones above them, a few per frame. */
export class Reveal {
  // Not fewer: most of a slow frame is what a frame costs whatever is in it.
  readonly #budget = new FrameBudget({ least: 8, first: 8, most: 128 });
  readonly #hidden;
  #cancel: (() => void) | undefined;

  constructor(count: number) {
    this.#hidden = signal(Math.max(0, count - firstBatch));
  }

  /** How many of the first messages aren't rendered yet. */
  get hidden(): ReadonlySignal<number> {
    return this.#hidden;
  }

  start(): void {
    if (this.#hidden.peek() > 0) {
      this.#cancel = afterNextFrame(() => {
        this.#step();
      });
    }
  }

  stop(): void {
    this.#cancel?.();
  }

  #step(): void {
    const startedAt = performance.now();
    const { amount } = this.#budget;
    this.#hidden.value = Math.max(0, this.#hidden.peek() - amount);
    this.#cancel = afterNextFrame(() => {
      this.#budget.frameTook(performance.now() - startedAt, amount);
      if (this.#hidden.peek() > 0) {
        this.#step();
      }
    });
  }
}
