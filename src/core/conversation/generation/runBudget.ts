import type { PicoDollars } from '../../money/money.ts';

/**
 * What requests that belong together may cost in total. Each carries it; the ledger rejects any that could exceed it,
 * counting running requests at their maximum cost.
 */
export interface RunBudget {
  readonly id: string;
  readonly limit: PicoDollars;
}
