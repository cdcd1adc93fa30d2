const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls back when this process is asked to end: by Ctrl-C, by `kill`, or by closing the terminal. Once. */
export function whenAskedToEnd(end: () => void): void {
  const once = (): void => {
    for (const signal of signals) {
      process.off(signal, once);
      // A second Ctrl-C, or one that the shell and npm both pass on, must not cut the ending short.
      process.on(signal, () => undefined);
    }
    end();
  };
  for (const signal of signals) {
    process.on(signal, once);
  }
}
