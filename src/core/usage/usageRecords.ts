import type { PicoDollars } from '../money/money.ts';
import type { LedgerEntry, RequestStatus } from './ledger.ts';

/** A search word, and the ledger values whose display text contains it. */
export interface SearchedWord {
  readonly text: string;
  readonly models: readonly string[];
  readonly features: readonly string[];
  readonly statuses: readonly RequestStatus[];
}

/** Which requests to list. */
export interface RecordQuery {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** All must occur in a row. */
  readonly words?: readonly SearchedWord[];
  readonly failedOnly?: boolean;
}

/** One page of rows, in an order. */
export interface RecordPage {
  readonly order: 'newest' | 'mostExpensive';
  readonly offset: number;
  readonly limit: number;
}

/** The totals of one model, feature, provider, and workspace. */
export interface RecordGroup {
  /** The model that answered, or else the requested one. */
  readonly model: string;
  readonly feature: string;
  readonly provider?: string;
  readonly workspace?: string;
  readonly requests: number;
  readonly failed: number;
  readonly tokens: number;
  readonly cost: PicoDollars;
  /** How many had an estimate and a reported cost, and how many stayed within it. */
  readonly estimated: number;
  readonly within: number;
}

/** A request's speed, and its cost relative to the upper estimate. */
export interface RecordSpeed {
  readonly model: string;
  readonly firstTokenMs?: number;
  readonly tokensPerSecond?: number;
  readonly shareOfEstimate?: number;
}

/** Queries the ledger efficiently: sums are computed in the database, and rows come in pages or one at a time. */
export interface UsageRecords {
  /** Spending since each of these times. */
  spentSinceEach(times: readonly number[]): readonly PicoDollars[];
  /** Spending between each time and the next: one fewer than the times. */
  spentBetween(times: readonly number[]): readonly PicoDollars[];
  /** When the first request started; absent if none. */
  firstTime(): number | undefined;
  groups(since: number): readonly RecordGroup[];
  /** The most recent answered requests, up to this many. */
  speeds(since: number, most: number): readonly RecordSpeed[];
  count(query: RecordQuery): number;
  page(query: RecordQuery, page: RecordPage): readonly LedgerEntry[];
  /** All of them, newest first, without loading all into memory. */
  each(query: RecordQuery): Iterable<LedgerEntry>;
}
