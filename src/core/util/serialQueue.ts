/** Runs tasks one after another, in order. */
export class SerialQueue {
  /** Settles when the last one is done. */
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** Whether a task is running or queued. */
  get busy(): boolean {
    return this.#waiting > 0;
  }

  /** Resolves or rejects with this task; the next runs in any case. */
  take<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting += 1;
    const turn = this.#last
      .then(() => work())
      .finally(() => {
        this.#waiting -= 1;
      });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
