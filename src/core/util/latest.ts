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
