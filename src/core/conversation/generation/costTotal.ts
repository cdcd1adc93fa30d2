import type { PicoDollars } from '../../money/money.ts';
import { sumOfEstimates, type CostRange, type RequestEstimate } from './requestEstimate.ts';

/** What requests may cost together, with all that comes on top. */
export interface CostTotal extends CostRange {
  readonly tokens: number;
  /** What attachments and the web may add. */
  readonly extra: PicoDollars;
  /** The part of those whose price isn't known. */
  readonly bound: PicoDollars;
  /** The price of one of them may be anything. */
  readonly isUnlisted: boolean;
}

const free: CostRange = { least: 0, uncached: 0, most: 0 };

/** Adds estimates up; one of which nothing is known counts for nothing. */
export function totalOf(estimates: readonly RequestEstimate[]): CostTotal {
  const priced = sumOfEstimates(estimates);
  const { least, uncached, most } = typeof priced?.cost === 'object' ? priced.cost : free;
  const extra = priced?.extra ?? 0;
  const bound = estimates.reduce((sum, each) => sum + (each.bound ?? 0), 0);
  const tokens = estimates.reduce((sum, each) => sum + each.tokens, 0);
  const isUnlisted = estimates.some((each) => each.isUnlisted === true);
  return { isUnlisted, tokens, least, uncached, most: most + extra + bound, extra, bound };
}
