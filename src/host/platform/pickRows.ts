/** What is needed of a quick pick. */
interface Pick<Row> {
  items: readonly Row[];
  activeItems: readonly Row[];
}

/** Whether two rows stand for the same thing, though one may be drawn anew. */
type Same<Row> = (one: Row, other: Row) => boolean;

/**
 * The rows of a list that changes while it is shown. VS Code names a row by its place, and reads that place in the rows
 * that were set last, even if the window hadn't drawn them when the user pressed Enter.
 */
export class PickRows<Row> {
  readonly #pick: Pick<Row>;
  readonly #same: Same<Row>;
  readonly #windowCaughtUp: () => Promise<void>;
  /** The rows that the window may still show, oldest first. The last ones are set, but may not be drawn yet. */
  #shown: readonly (readonly Row[])[] = [];
  /** The rows that were set in this turn, and are never shown if others are set in it, too. */
  #setNow: readonly Row[] | undefined;

  constructor(pick: Pick<Row>, same: Same<Row>, windowCaughtUp: () => Promise<void>) {
    this.#pick = pick;
    this.#same = same;
    this.#windowCaughtUp = windowCaughtUp;
  }

  /**
   * Shows other rows, with one of them active; else with the first that matches what is typed, which VS Code finds by
   * itself.
   */
  set(rows: readonly Row[], active?: Row): void {
    this.#pick.items = rows;
    if (active !== undefined) {
      this.#pick.activeItems = [active];
    }
    this.#shown = [...this.#shown.filter((list) => list !== this.#setNow), rows];
    this.#setNow = rows;
    queueMicrotask(() => {
      this.#setNow = undefined;
    });
    // What was set leaves at the end of this turn.
    setTimeout(() => {
      void this.#windowCaughtUp().then(() => {
        this.#shown = this.#shown.slice(Math.max(0, this.#shown.indexOf(rows)));
        // What was typed meanwhile has hidden the one that was to be active; then VS Code leaves none.
        if (active !== undefined && this.#shown.at(-1) === rows && this.#pick.activeItems.length === 0) {
          this.#pick.items = rows;
        }
      });
    }, 0);
  }

  /** The row that the user saw at the place of this one; absent if that isn't certain. */
  meant(row: Row | undefined): Row | undefined {
    const possible = this.#possible(row);
    return possible.length === 1 ? possible[0] : undefined;
  }

  /** The row that the user accepted; where its place alone doesn't tell, the row that is active in the end. */
  async accepted(row: Row | undefined): Promise<Row | undefined> {
    const possible = this.#possible(row);
    if (possible.length < 2) {
      return possible[0];
    }
    await this.#windowCaughtUp();
    const [active] = this.#pick.activeItems;
    return active === undefined ? undefined : possible.find((each) => this.#same(each, active));
  }

  /** What stood at the place of this row in any of the lists that the window may have shown, as it was set last. */
  #possible(row: Row | undefined): readonly Row[] {
    const place = row === undefined ? -1 : this.#pick.items.indexOf(row);
    const rows = this.#shown.flatMap((list) => list[place] ?? []).reverse();
    return rows.filter((each, at) => rows.findIndex((other) => this.#same(each, other)) === at);
  }
}
