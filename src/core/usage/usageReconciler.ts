import { settlementMs } from '../conversation/generations.ts';
import type { Usage } from '../conversation/message.ts';
import type { Ledger } from './ledger.ts';

/** The service's own records of what it answered. */
export interface GenerationSource {
  /** A generation's usage and cost; absent while the service doesn't know it. */
  usageOf(generationId: string, signal: AbortSignal): Promise<Usage | undefined>;
}

/** What the true costs are found out with. */
export interface UsageReconcilerParts {
  readonly ledger: Pick<Ledger, 'settle' | 'unsettled'>;
  /** Absent where the server keeps no records. */
  readonly generations: () => GenerationSource | undefined;
  /** Resolves after a delay, or as soon as the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Aborted when the window closes. */
  readonly signal: AbortSignal;
  /** Is told when the ledger cannot be read or written. */
  readonly failed: (error: unknown) => void;
}

/** A record is written some time after an answer ends, later still where a provider does not stop on request. */
const pausesMs = [1_000, 2_000, 4_000, 8_000, 30_000] as const;

/**
 * Finds out what the generations cost whose answers did not say, for all who want to know, and enters it in the ledger.
 * The conversations put it into their answers themselves.
 */
export class UsageReconciler {
  readonly #parts: UsageReconcilerParts;
  readonly #asked = new Map<string, Promise<Usage | undefined>>();

  constructor(parts: UsageReconcilerParts) {
    this.#parts = parts;
  }

  /**
   * Waits for the record of a generation; nothing where there never is one. Whoever asks about the same generation
   * meanwhile waits for the same answer.
   */
  lookUp(generationId: string): Promise<Usage | undefined> {
    const asked = this.#asked.get(generationId) ?? this.#lookUp(generationId);
    this.#asked.set(generationId, asked);
    return asked;
  }

  /**
   * Goes on with what earlier windows could not settle, because they were closed or died: one after the other, so that
   * nobody notices. The time is in milliseconds since the epoch.
   */
  async reconcileLost(now: number): Promise<void> {
    const lost = this.#guarded(() => this.#parts.ledger.unsettled(now - settlementMs));
    for (const generationId of lost ?? []) {
      await this.lookUp(generationId);
    }
  }

  async #lookUp(generationId: string): Promise<Usage | undefined> {
    try {
      const usage = await this.#ask(generationId);
      if (usage) {
        this.#guarded(() => {
          this.#parts.ledger.settle(generationId, usage);
        });
      }
      return usage;
    } finally {
      this.#asked.delete(generationId);
    }
  }

  /** Asks until the record is there, with growing pauses. */
  async #ask(generationId: string): Promise<Usage | undefined> {
    const { sleep, signal } = this.#parts;
    const source = this.#parts.generations();
    for (const pause of source ? pausesMs : []) {
      await sleep(pause, signal);
      if (signal.aborted) {
        return undefined;
      }
      try {
        const usage = await source?.usageOf(generationId, signal);
        if (usage) {
          return usage;
        }
      } catch {
        // For example offline: the cost stays an estimate, and the next time may work.
      }
    }
    return undefined;
  }

  #guarded<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#parts.failed(error);
      return undefined;
    }
  }
}
