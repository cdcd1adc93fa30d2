/** A piece of a code line with one style. Anything omitted is as the surrounding text. */
export interface CodeToken {
  readonly text: string;
  /** As in CSS. */
  readonly color?: string;
  readonly italic?: true;
  readonly bold?: true;
  readonly underline?: true;
}

/** Requests the colors of a code block's next lines. */
export interface ColorRequest {
  /** Identifies the block and one pass over it. */
  readonly id: string;
  readonly language: string;
  /** Lines without the last line ending. */
  readonly text: string;
  /** The last line may still grow and is then requested again; tokenizing doesn't continue from it. */
  readonly tentative: boolean;
}

/** The colors of the requested lines; empty without a grammar. */
export interface ColorAnswer {
  readonly id: string;
  readonly lines?: readonly (readonly CodeToken[])[];
}
