/** How far beyond the edge of what one sees something is near: as far as that is high. */
const margin = '100% 0px';

/** Tells when elements come near to what one sees. One observer for all of them, because a chat may have thousands. */
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
    // The conversation scrolls in a box of its own, which would cut a margin of the window off.
    { rootMargin: margin, scrollMargin: margin },
  );

  /** Does some work once, when an element is near; returns how to call it off. */
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
