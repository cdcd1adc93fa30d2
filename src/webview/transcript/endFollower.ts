import { signal, type ReadonlySignal } from '@preact/signals';

/** This close to the end counts as at the end, in pixels. */
const endZone = 16;

/** User actions that scroll. */
const moves = ['wheel', 'keydown', 'pointerdown', 'touchstart', 'focusin'] as const;

/**
 * Keeps a scroll box at its end while it grows, as long as the user leaves it there. Only an upward move leaves the
 * end; the end moving away doesn't. Until the user scrolls, it can also be held at another place, whose position is
 * final only after layout.
 */
export class EndFollower {
  readonly #following = signal(true);
  #box: HTMLElement | undefined;
  #content: HTMLElement | undefined;
  #top = 0;
  #held: (() => number | undefined) | undefined;

  get following(): ReadonlySignal<boolean> {
    return this.#following;
  }

  /** Starts observing a box and its content; returns how to stop. */
  attach(box: HTMLElement, content: HTMLElement): () => void {
    this.#box = box;
    this.#content = content;
    const observer = new ResizeObserver(() => {
      this.#stay();
    });
    observer.observe(content);
    observer.observe(box);
    const ending = new AbortController();
    const options = { passive: true, signal: ending.signal };
    box.addEventListener('scroll', () => this.#scrolled(box), options);
    for (const move of moves) {
      box.addEventListener(move, () => (this.#held = undefined), options);
    }
    return () => {
      observer.disconnect();
      ending.abort();
    };
  }

  goToEnd(): void {
    this.#held = undefined;
    this.#following.value = true;
    this.#move(this.#box?.scrollHeight ?? 0);
  }

  /** Stays at a place as soon as its position is known. */
  hold(place: () => number | undefined): void {
    this.#held = place;
    this.#stay();
  }

  #stay(): void {
    const top = this.#held?.();
    if (top !== undefined) {
      this.#following.value = false;
      this.#move(top);
    } else if (this.#following.peek() && !this.#isBehind()) {
      this.#move(this.#box?.scrollHeight ?? 0);
    }
  }

  /** Skips what would be laid out for only one frame: layout costs more than creation. */
  #isBehind(): boolean {
    return Boolean(this.#content?.querySelector('.behind'));
  }

  #move(top: number): void {
    if (this.#box) {
      this.#box.scrollTop = top;
      this.#top = this.#box.scrollTop;
    }
  }

  #scrolled(box: HTMLElement): void {
    if (this.#held) {
      return;
    }
    if (isAtEnd(box)) {
      this.#following.value = true;
    } else if (box.scrollTop < this.#top) {
      this.#following.value = false;
    }
    this.#top = box.scrollTop;
  }
}

function isAtEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight <= endZone;
}
