/** A place in a workspace file, as an answer names it; lines and columns start at 1. */
export interface FilePlace {
  /** A path below the workspace, or its ending. */
  readonly path: string;
  readonly line?: number | undefined;
  /** The last line of a range. */
  readonly endLine?: number | undefined;
  readonly column?: number | undefined;
}

/** Asks which paths lead to a file. */
export interface FileQuestion {
  /** Returned with each answer. */
  readonly id: string;
  readonly paths: readonly string[];
}

/** How many paths one message may contain. */
export const fileLimits = { paths: 50, pathLength: 300, line: 9_999_999 } as const;
