import type { MicroDollars } from './money.ts';

/**
 * What a million of each costs, in micro-dollars: of tokens, but also of requests, pictures and searches, because that
 * keeps every price a whole number.
 */
export interface Prices {
  readonly prompt: MicroDollars;
  readonly completion: MicroDollars;
  /** Tokens of thinking, where they have a price of their own. */
  readonly reasoning?: MicroDollars;
  readonly cacheRead?: MicroDollars;
  readonly cacheWrite?: MicroDollars;
  /** Writing to the prompt cache what it is to keep for an hour. */
  readonly cacheWriteHour?: MicroDollars;
  readonly imageToken?: MicroDollars;
  readonly imageOutput?: MicroDollars;
  readonly audio?: MicroDollars;
  readonly audioOutput?: MicroDollars;
  readonly audioCache?: MicroDollars;
  /** Each request, whatever its length. */
  readonly request?: MicroDollars;
  /** Each picture that is sent. */
  readonly image?: MicroDollars;
  /** Each search on the web. */
  readonly webSearch?: MicroDollars;
}

/** Prices that replace others while all conditions hold; of several that hold, the later one wins for each price. */
export interface PriceOverride {
  /** Holds for prompts of more tokens than this. */
  readonly minPromptTokens?: number;
  /** Holds from one time of the day to before the other, perhaps over midnight; clock numbers in UTC: 1630 is 16:30. */
  readonly hours?: { readonly start: number; readonly end: number };
  readonly prices: Partial<Prices>;
}

/** The list prices of a model; `variable` where a router decides. */
export type Pricing =
  | ({
      readonly kind: 'fixed';
      readonly overrides?: readonly PriceOverride[];
      /** The share that is taken off for now; the prices are already without it. */
      readonly discount?: number;
    } & Prices)
  | { readonly kind: 'variable' };

/** Whether nothing is paid for a request of text. */
export function isFree(pricing: Pricing | undefined): boolean {
  return (
    pricing?.kind === 'fixed' &&
    pricing.prompt === 0 &&
    pricing.completion === 0 &&
    (pricing.request ?? 0) === 0
  );
}
