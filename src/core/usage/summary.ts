import type { MicroDollars } from '../model/money.ts';
import { startOfDay } from './days.ts';
import { costOf, type LedgerEntry } from './ledger.ts';

/** What was spent, in days of the calendar that end with today. */
export interface Sums {
  readonly today: MicroDollars;
  readonly week: MicroDollars;
  readonly month: MicroDollars;
  readonly all: MicroDollars;
}

/** What one day cost. */
export interface DayCost {
  /** When it began, in milliseconds since the epoch. */
  readonly day: number;
  readonly cost: MicroDollars;
}

/** What all requests with something in common took. */
export interface Share {
  readonly name: string;
  readonly requests: number;
  readonly failed: number;
  readonly tokens: number;
  readonly cost: MicroDollars;
}

/** What was spent up to now, over four times. */
export function sumsOf(entries: readonly LedgerEntry[], now: number): Sums {
  const since = (time: number): MicroDollars =>
    entries.reduce((sum, entry) => (entry.beganAt >= time ? sum + costOf(entry) : sum), 0);
  return {
    today: since(startOfDay(now)),
    week: since(startOfDay(now, 6)),
    month: since(startOfDay(now, 29)),
    all: since(-Infinity),
  };
}

/** What each of so many days cost, the oldest first, today last. */
export function costPerDay(entries: readonly LedgerEntry[], now: number, days: number): readonly DayCost[] {
  const costs = new Map<number, MicroDollars>();
  for (const entry of entries) {
    const day = startOfDay(entry.beganAt);
    costs.set(day, (costs.get(day) ?? 0) + costOf(entry));
  }
  return Array.from({ length: days }, (_, index) => {
    const day = startOfDay(now, days - 1 - index);
    return { day, cost: costs.get(day) ?? 0 };
  });
}

/** Groups requests by a name of theirs, the dearest group first. */
export function sharesBy(
  entries: readonly LedgerEntry[],
  nameOf: (entry: LedgerEntry) => string,
): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const entry of entries) {
    const name = nameOf(entry);
    const { requests, failed, tokens, cost } = shares.get(name) ?? nothing;
    shares.set(name, {
      name,
      requests: requests + 1,
      failed: failed + (entry.status === 'failed' ? 1 : 0),
      tokens: tokens + (entry.promptTokens ?? 0) + (entry.completionTokens ?? 0),
      cost: cost + costOf(entry),
    });
  }
  return [...shares.values()].sort((one, other) => other.cost - one.cost || other.requests - one.requests);
}

const nothing = { requests: 0, failed: 0, tokens: 0, cost: 0 } as const;
