/** A piece of a line of code in one look. What it leaves out is as the text around it. */
export interface CodeToken {
  readonly text: string;
  /** As in CSS. */
  readonly color?: string;
  readonly italic?: true;
  readonly bold?: true;
  readonly underline?: true;
}

/** Asks for the colors of the next lines of a block of code. */
export interface ColorRequest {
  /** Names the block, and one reading of it from its beginning. */
  readonly id: string;
  readonly language: string;
  /** Lines without the end of the last one. */
  readonly text: string;
  /** The last line may still grow, and is asked for again when it has; the reading does not go on from it. */
  readonly tentative: boolean;
}

/** The colors of the lines that were asked for; none where the language has no grammar here. */
export interface ColorAnswer {
  readonly id: string;
  readonly lines?: readonly (readonly CodeToken[])[];
}
