import { signal, type ReadonlySignal } from '@preact/signals';
import { onNextFrame, onNextTurn } from './frames.ts';
import { Pace } from './pace.ts';

/** How many messages are drawn at once: more than one sees. */
const firstBatch = 10;

/** Draws a long conversation from its end: the last messages at once, older ones above them, a few in each frame. */
export class Reveal {
  readonly #pace = new Pace({ least: 1, first: 4, most: 128 });
  readonly #hidden;
  #cancel: (() => void) | undefined;

  constructor(count: number) {
    this.#hidden = signal(Math.max(0, count - firstBatch));
  }

  /** How many of the first messages are not drawn yet. */
  get hidden(): ReadonlySignal<number> {
    return this.#hidden;
  }

  start(): void {
    if (this.#hidden.peek() > 0) {
      this.#cancel = onNextFrame(() => {
        this.#step();
      });
    }
  }

  stop(): void {
    this.#cancel?.();
  }

  #step(): void {
    const startedAt = performance.now();
    const { amount } = this.#pace;
    this.#hidden.value = Math.max(0, this.#hidden.peek() - amount);
    onNextTurn(() => {
      this.#pace.frameTook(performance.now() - startedAt, amount);
    });
    this.start();
  }
}
