import type { PicoDollars } from '../money/money.ts';
import type { LedgerEntry, RequestStatus } from './ledger.ts';

/** A word that a row is to have somewhere, and what of the ledger's own words stands for it on the screen. */
export interface SearchedWord {
  readonly text: string;
  readonly models: readonly string[];
  readonly features: readonly string[];
  readonly statuses: readonly RequestStatus[];
}

/** Which requests of the ledger are looked at. */
export interface RecordQuery {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** A row has all of them. */
  readonly words?: readonly SearchedWord[];
  readonly failedOnly?: boolean;
}

/** A part of the rows, in an order. */
export interface RecordPage {
  readonly order: 'newest' | 'mostExpensive';
  readonly offset: number;
  readonly limit: number;
}

/** What the requests of one model, feature and provider took together. */
export interface RecordGroup {
  /** The model that answered, or else the one that was asked. */
  readonly model: string;
  readonly feature: string;
  readonly provider?: string;
  readonly requests: number;
  readonly failed: number;
  readonly tokens: number;
  readonly cost: PicoDollars;
  /** How many had an estimate and told what they cost, and how many of them cost what was estimated. */
  readonly estimated: number;
  readonly within: number;
}

/** How fast a request was answered, and how its cost compares with the upper end of its estimate. */
export interface RecordSpeed {
  readonly model: string;
  readonly firstTokenMs?: number;
  readonly tokensPerSecond?: number;
  readonly shareOfEstimate?: number;
}

/**
 * Looks things up in the ledger, however long it is: sums are made where the rows are, and rows come in pages or one
 * after the other.
 */
export interface UsageRecords {
  /** What was spent since each of these times. */
  spentSinceEach(times: readonly number[]): readonly PicoDollars[];
  /** What was spent between each of these times and the next; one less than there are times. */
  spentBetween(times: readonly number[]): readonly PicoDollars[];
  /** When the first request began; nothing while there was none. */
  firstTime(): number | undefined;
  groups(since: number): readonly RecordGroup[];
  /** Of the last requests that were answered, so many. */
  speeds(since: number, most: number): readonly RecordSpeed[];
  count(query: RecordQuery): number;
  page(query: RecordQuery, page: RecordPage): readonly LedgerEntry[];
  /** All of them, the newest first, without having all of them in memory. */
  each(query: RecordQuery): Iterable<LedgerEntry>;
}
