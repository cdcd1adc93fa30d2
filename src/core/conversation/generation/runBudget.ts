import type { PicoDollars } from '../../money/money.ts';

/**
 * What several requests that belong together may cost together, set by whoever makes them. Each of them carries it; the
 * ledger lets none pass that could go beyond it, with those that are on their way counted as dear as they can become.
 */
export interface RunBudget {
  readonly id: string;
  readonly limit: PicoDollars;
}
