/** A range of a document as a model quotes it, and its replacement. */
export interface Quote {
  readonly search: string;
  readonly replace: string;
  /** The line where the quote starts, from 1, as far as the model knows. */
  readonly startLine?: number | undefined;
  /** The document's path, which tells its language. */
  readonly file?: string;
}
