/** How far beyond the viewport counts as near: one viewport height. */
const margin = '100% 0px';

/** Reports when elements come near the viewport. One observer serves all, because a chat may have thousands. */
export class NearViewport {
  readonly #waiting = new Map<Element, () => void>();
  readonly #observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) {
          const work = this.#waiting.get(target);
          this.#forget(target);
          work?.();
        }
      }
    },
    // The conversation scrolls in its own box, which would clip a window margin.
    { rootMargin: margin, scrollMargin: margin },
  );

  /** Runs work once when an element is near; returns how to cancel. */
  watch(element: Element, work: () => void): () => void {
    this.#waiting.set(element, work);
    this.#observer.observe(element);
    return () => {
      this.#forget(element);
    };
  }

  #forget(element: Element): void {
    this.#waiting.delete(element);
    this.#observer.unobserve(element);
  }
}
