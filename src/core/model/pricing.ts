import type { MicroDollars, PicoDollars } from '../money/money.ts';

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

/** What a request takes, as far as its price depends on it. */
export interface PricedTokens {
  readonly prompt: number;
  readonly completion: number;
  /** How many of the prompt's tokens come from the prompt cache, and how many are written to it. */
  readonly cached?: number;
  readonly written?: number;
}

/** The prices in force for a prompt of so many tokens at a time, in milliseconds since the epoch. */
export function pricesAt(pricing: Extract<Pricing, { kind: 'fixed' }>, tokens: number, now: number): Prices {
  const { kind: _kind, overrides = [], discount: _discount, ...prices } = pricing;
  return overrides
    .filter((override) => holds(override, tokens, now))
    .reduce((before, override) => ({ ...before, ...override.prices }), prices);
}

/** What so many tokens cost with these prices. */
export function costAt(
  prices: Prices,
  { prompt, completion, cached = 0, written = 0 }: PricedTokens,
): PicoDollars {
  const { cacheRead = prices.prompt, cacheWrite = prices.prompt, request = 0 } = prices;
  const read = (prompt - cached - written) * prices.prompt + cached * cacheRead + written * cacheWrite;
  return Math.round(read + completion * prices.completion + request);
}

/** What so many tokens cost at the list price; nothing where there is none. */
export function estimateCost(
  { pricing }: { readonly pricing?: Pricing },
  tokens: PricedTokens,
  now: number,
): PicoDollars | undefined {
  return pricing?.kind === 'fixed' ? costAt(pricesAt(pricing, tokens.prompt, now), tokens) : undefined;
}

function holds({ minPromptTokens, hours }: PriceOverride, tokens: number, now: number): boolean {
  if (minPromptTokens !== undefined && tokens <= minPromptTokens) {
    return false;
  }
  if (!hours) {
    return true;
  }
  const date = new Date(now);
  const clock = date.getUTCHours() * 100 + date.getUTCMinutes();
  const { start, end } = hours;
  return start <= end ? clock >= start && clock < end : clock >= start || clock < end;
}
