import { signal, type ReadonlySignal } from '@preact/signals';
import { MarkdownBlocks, type Block } from './blocks.ts';

/** What one step may read: small enough that reading and drawing it never hold the page for long. */
const sliceLength = 1_024;
const stepLength = 6_144;
const stepMs = 6;

/** Without frames, in a hidden page, reading goes on slowly and never piles up. */
const hiddenStepMs = 200;

/**
 * Reads an answer while it grows: the first piece at once, so that it is seen in the next frame; whatever more has
 * come by then in steps of a few milliseconds, one a frame.
 */
export class AnswerBlocks {
  readonly #drawn = signal<readonly Block[]>([]);
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
    if (!text.startsWith(this.#text)) {
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
    const start = performance.now();
    const until = Math.min(this.#text.length, this.#read + stepLength);
    let changed = false;
    while (this.#read < until && performance.now() - start < stepMs) {
      const end = Math.min(until, this.#read + sliceLength);
      this.#blocks.push(this.#text.slice(this.#read, end));
      this.#read = end;
      changed = true;
    }
    if (this.#read === this.#text.length && this.#complete && !this.#ended) {
      this.#blocks.end();
      this.#ended = true;
      changed = true;
    }
    if (changed) {
      this.#drawn.value = [...this.#blocks.settled, ...this.#blocks.open];
      // Text that comes meanwhile waits for the next frame, so that a frame draws once.
      this.#cancel = nextFrame(() => {
        this.#step();
      });
    }
  }
}

function nextFrame(work: () => void): () => void {
  if (document.hidden) {
    const timer = setTimeout(work, hiddenStepMs);
    return () => {
      clearTimeout(timer);
    };
  }
  const frame = requestAnimationFrame(work);
  return () => {
    cancelAnimationFrame(frame);
  };
}
