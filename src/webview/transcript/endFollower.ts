import { signal, type ReadonlySignal } from '@preact/signals';

/** This close to the end counts as being there, in pixels. */
const endZone = 16;

/** What a user does to go somewhere else. */
const moves = ['wheel', 'keydown', 'pointerdown', 'touchstart', 'focusin'] as const;

/**
 * Keeps a scrolled box at its end while it grows, as long as the user leaves it there. Only a move upwards leaves
 * the end: that the end itself has moved away under the user does not. Until the user moves, it can also be held at
 * another place, whose position is known for good only when what is around it has been laid out.
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

  /** Begins to watch a box and what is in it; returns how to end that. */
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

  /** Stays at a place, as soon as it can be told where that is. */
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

  /** What would be laid out for one frame only is passed over: to lay it out costs more than to make it. */
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
