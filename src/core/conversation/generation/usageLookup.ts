import type { Usage } from '../message.ts';

/** The service's own books: what an answer was that told nothing of its cost. */
export interface GenerationSource {
  /** What the generation took and cost; nothing while the service does not know it yet. */
  usageOf(generationId: string, signal: AbortSignal): Promise<Usage | undefined>;
}

/** The books are written some time after an answer ends, later still where a provider does not stop on request. */
const patienceMs = [1_000, 2_000, 4_000, 8_000, 30_000] as const;

/** The service is asked this long about the cost of an answer, in milliseconds; what is older stays an estimate. */
export const booksLastMs = 24 * 60 * 60_000;

/** Resolves after some milliseconds, or as soon as the signal is aborted. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Asks for the usage of a generation until it is known, with growing pauses; gives nothing when that never happens. */
export async function lookUpUsage(
  source: GenerationSource,
  generationId: string,
  { sleep, signal }: { readonly sleep: Sleep; readonly signal: AbortSignal },
): Promise<Usage | undefined> {
  for (const pause of patienceMs) {
    await sleep(pause, signal);
    if (signal.aborted) {
      return undefined;
    }
    try {
      const usage = await source.usageOf(generationId, signal);
      if (usage) {
        return usage;
      }
    } catch {
      // Offline, say: the next time may be better, and the cost stays marked as an estimate.
    }
  }
  return undefined;
}
