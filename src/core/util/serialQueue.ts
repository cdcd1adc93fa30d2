/** Runs tasks one after another, in order. */
export class SerialQueue {
  /** Settles when the last one is done. */
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #ended = false;

  /** Whether a task is running or queued. */
  get busy(): boolean {
    return this.#waiting > 0;
  }

  /** Starts no more tasks; the running one finishes. */
  end(): void {
    this.#ended = true;
  }

  /** Resolves or rejects with this task; the next runs in any case. */
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
