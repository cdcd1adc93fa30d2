/**
 * Writes in their order. What can't be written now, for example on a full disk, is tried again before the next, so that
 * no entry stays as it was.
 */
export class PendingWrites {
  readonly #failed: (error: unknown) => void;
  #waiting: (() => void)[] = [];

  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** Writes after all that is still to be written. */
  write(work: () => void): void {
    this.#waiting.push(work);
    this.catchUp();
  }

  /** Tries what could not be written before. */
  catchUp(): void {
    while (this.#waiting.length > 0) {
      try {
        this.#waiting[0]?.();
      } catch (error) {
        this.#failed(error);
        return;
      }
      this.#waiting.shift();
    }
  }
}
