/** A suggestion for `@` or `/`. */
export interface SuggestionView {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  /** A codicon. */
  readonly icon: string;
}
