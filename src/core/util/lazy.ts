/** Makes something when it is first asked for, and once; a failed try is forgotten, so that the next may succeed. */
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

/** Makes something when it is first asked for, and once. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/**
 * Makes work of which only the latest run is wanted: a new one ends the one before, and begins when that has ended. One
 * that was ended before it began gives nothing.
 */
export function latest<T>(work: (signal: AbortSignal) => Promise<T>): () => Promise<T | undefined> {
  let running: { readonly closing: AbortController; readonly ended: Promise<T | undefined> } | undefined;
  return () => {
    const before = running;
    before?.closing.abort();
    const closing = new AbortController();
    // How the run before ended was told to whoever had asked for it.
    const begun = (before?.ended ?? Promise.resolve()).catch(() => undefined);
    const ended = begun.then(() => (closing.signal.aborted ? undefined : work(closing.signal)));
    running = { closing, ended };
    return ended;
  };
}
