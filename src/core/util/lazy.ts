/** Creates a value once, on first use; a failed attempt is forgotten, so the next may succeed. */
export function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** Creates a value once, on first use. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/**
 * Runs only the latest work: a new run aborts the previous one and starts when that has ended. A run aborted before it
 * started returns nothing.
 */
export function latest<T>(work: (signal: AbortSignal) => Promise<T>): () => Promise<T | undefined> {
  let running: { readonly closing: AbortController; readonly ended: Promise<T | undefined> } | undefined;
  return () => {
    const before = running;
    before?.closing.abort();
    const closing = new AbortController();
    // The previous run's caller already knows how it ended.
    const begun = (before?.ended ?? Promise.resolve()).catch(() => undefined);
    const ended = begun.then(() => (closing.signal.aborted ? undefined : work(closing.signal)));
    running = { closing, ended };
    return ended;
  };
}
