/** What is needed of a quick pick. */
interface Pick<Row> {
  items: readonly Row[];
}

/**
 * The rows of a list that changes while it is shown. VS Code names a row by its place, and reads that place in the rows
 * that were set last, even if the window hadn't drawn them when the user pressed Enter.
 */
export class PickRows<Row> {
  readonly #pick: Pick<Row>;
  readonly #windowCaughtUp: () => Promise<void>;
  /** The rows that the window may still show, oldest first. The last ones are set, but may not be drawn yet. */
  #shown: readonly (readonly Row[])[] = [];

  constructor(pick: Pick<Row>, windowCaughtUp: () => Promise<void>) {
    this.#pick = pick;
    this.#windowCaughtUp = windowCaughtUp;
  }

  /** Shows other rows. */
  set(rows: readonly Row[]): void {
    this.#pick.items = rows;
    this.#shown = [...this.#shown, rows];
    // What was set leaves at the end of this turn.
    setTimeout(() => {
      void this.#windowCaughtUp().then(() => {
        this.#shown = this.#shown.slice(this.#shown.indexOf(rows));
      });
    }, 0);
  }

  /** The row that the user saw at the place of this one; absent if that isn't certain. */
  meant(row: Row | undefined): Row | undefined {
    const place = row === undefined ? -1 : this.#pick.items.indexOf(row);
    const [first, , third] = this.#shown;
    return third === undefined ? first?.[place] : undefined;
  }
}
