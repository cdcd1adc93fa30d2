import type { Usage } from '../conversation/message.ts';
import { booksLastMs } from '../conversation/generation/usageLookup.ts';
import type { Ledger } from './ledger.ts';

/** Asks the service's books about generations, for all who want to know, and enters what they say in the ledger. */
export class UsageReconciler {
  readonly #ledger: Ledger;
  readonly #ask: (generationId: string) => Promise<Usage | undefined>;
  readonly #failed: (error: unknown) => void;
  readonly #asked = new Map<string, Promise<Usage | undefined>>();

  /**
   * `ask` waits for what the books say of a generation; it gives nothing when they never do. `failed` is told when the
   * ledger cannot be written.
   */
  constructor(
    ledger: Ledger,
    ask: (generationId: string) => Promise<Usage | undefined>,
    failed: (error: unknown) => void,
  ) {
    this.#ledger = ledger;
    this.#ask = ask;
    this.#failed = failed;
  }

  /** Waits for what the books say; whoever asks about the same generation meanwhile waits for the same answer. */
  lookUp(generationId: string): Promise<Usage | undefined> {
    const asked = this.#asked.get(generationId) ?? this.#lookUp(generationId);
    this.#asked.set(generationId, asked);
    return asked;
  }

  /**
   * Goes on with what earlier windows could not settle, because they were closed or died: one after the other, so that
   * nobody notices.
   */
  async reconcileLost(now: number): Promise<void> {
    for (const generationId of this.#unsettled(now - booksLastMs)) {
      await this.lookUp(generationId);
    }
  }

  #unsettled(since: number): readonly string[] {
    try {
      return this.#ledger.unsettled(since);
    } catch (error) {
      this.#failed(error);
      return [];
    }
  }

  async #lookUp(generationId: string): Promise<Usage | undefined> {
    try {
      const usage = await this.#ask(generationId);
      if (usage) {
        this.#enter(generationId, usage);
      }
      return usage;
    } finally {
      this.#asked.delete(generationId);
    }
  }

  #enter(generationId: string, usage: Usage): void {
    try {
      this.#ledger.settle(generationId, usage);
    } catch (error) {
      this.#failed(error);
    }
  }
}
