import type { Disposable } from './emitter.ts';
import { lazy } from './lazy.ts';

/**
 * Owns what is made, and disposes of it, the latest first: whatever was made later may still use what was made before
 * it. What arrives after that is disposed of at once.
 */
export class DisposableStore implements Disposable {
  readonly #owned: Disposable[] = [];
  #isDisposed = false;

  /** Takes ownership, and gives the same thing back. */
  own<Owned extends Disposable>(owned: Owned): Owned {
    if (this.#isDisposed) {
      owned.dispose();
    } else {
      this.#owned.push(owned);
    }
    return owned;
  }

  /** Makes something when it is first asked for, once, and owns it. */
  lazy<Owned extends Disposable>(make: () => Promise<Owned>): () => Promise<Owned> {
    return lazy(async () => this.own(await make()));
  }

  /** Disposes of everything, even when something cannot be disposed of; throws the first such failure. */
  dispose(): void {
    this.#isDisposed = true;
    const failures: unknown[] = [];
    for (const owned of this.#owned.splice(0).toReversed()) {
      try {
        owned.dispose();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) {
      throw failures[0];
    }
  }
}
