const blankLine = /\n[ \t]*(?=\n|$)/;

/**
 * Where the paragraphs of one text are interrupted, for a lexer that asks again at each line and gives the rest of the
 * text: what was found holds until there, or until the blank line that ends the paragraph. Both are kept as distances
 * from the end of the text.
 */
export class Interruption {
  readonly #next: (source: string) => number | undefined;
  #found: number | undefined;
  #holdsUntil = Infinity;

  constructor(next: (source: string) => number | undefined) {
    this.#next = next;
  }

  /** The place in the rest of the text, if there is one. */
  in(source: string): number | undefined {
    const { length } = source;
    if (length <= this.#holdsUntil) {
      const at = this.#next(source);
      this.#found = at === undefined ? undefined : length - at;
      this.#holdsUntil = this.#found ?? length - (blankLine.exec(source)?.index ?? length);
    }
    return this.#found === undefined ? undefined : length - this.#found;
  }
}
