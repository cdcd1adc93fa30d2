/** A place in a file of the workspace, as an answer names it; lines and columns begin at 1. */
export interface FilePlace {
  /** A path below the workspace, or the end of one. */
  readonly path: string;
  readonly line?: number | undefined;
  /** The last line, where several are meant. */
  readonly endLine?: number | undefined;
  readonly column?: number | undefined;
}

/** Asks which of some paths lead to a file. */
export interface FileQuestion {
  /** Comes back with each answer. */
  readonly id: string;
  readonly paths: readonly string[];
}

/** How much one message may ask for. */
export const fileLimits = { paths: 50, pathLength: 300, line: 9_999_999 } as const;
