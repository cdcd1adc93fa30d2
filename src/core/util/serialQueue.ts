/** Does one piece of work after another, in the order in which they came. */
export class SerialQueue {
  /** Settles when the last of them is done. */
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #ended = false;

  /** Whether something is being done, or waits for its turn. */
  get busy(): boolean {
    return this.#waiting > 0;
  }

  /** Has nothing begin any more; what is being done is done to its end. */
  end(): void {
    this.#ended = true;
  }

  /** Resolves when this work is done, and fails as it does; the next is done all the same. */
  async take(work: () => Promise<void>): Promise<void> {
    this.#waiting += 1;
    const turn = this.#last
      .then(() => (this.#ended ? undefined : work()))
      .finally(() => {
        this.#waiting -= 1;
      });
    this.#last = turn.catch(() => undefined);
    await turn;
  }
}
