import type { MicroDollars, PicoDollars } from '../money/money.ts';

/**
 * Prices per million units in micro-dollars: tokens, but also requests, images, and searches, so that every price is a
 * whole number.
 */
export interface Prices {
  readonly prompt: MicroDollars;
  readonly completion: MicroDollars;
  /** Reasoning tokens, if priced separately. */
  readonly reasoning?: MicroDollars;
  readonly cacheRead?: MicroDollars;
  readonly cacheWrite?: MicroDollars;
  /** Cache write for an hour. */
  readonly cacheWriteHour?: MicroDollars;
  readonly imageToken?: MicroDollars;
  readonly imageOutput?: MicroDollars;
  readonly audio?: MicroDollars;
  readonly audioOutput?: MicroDollars;
  readonly audioCache?: MicroDollars;
  /** Each request. */
  readonly request?: MicroDollars;
  /** Each input image. */
  readonly image?: MicroDollars;
  /** Each web search. */
  readonly webSearch?: MicroDollars;
}

/** Prices that apply while all conditions hold; if several do, the later one wins per price. */
export interface PriceOverride {
  /** Applies to prompts with more tokens than this. */
  readonly minPromptTokens?: number;
  /** Applies between two times of day, possibly over midnight; UTC clock numbers: 1630 is 16:30. */
  readonly hours?: { readonly start: number; readonly end: number };
  readonly prices: Partial<Prices>;
}

/** A model's list prices; `variable` for a router. */
export type Pricing =
  | ({
      readonly kind: 'fixed';
      readonly overrides?: readonly PriceOverride[];
      /** The current discount, already included in the prices. */
      readonly discount?: number;
    } & Prices)
  | { readonly kind: 'variable' };

/** Whether a text request is free. */
export function isFree(pricing: Pricing | undefined): boolean {
  return (
    pricing?.kind === 'fixed' &&
    pricing.prompt === 0 &&
    pricing.completion === 0 &&
    (pricing.request ?? 0) === 0
  );
}

/** What a request's price depends on. */
export interface PricedTokens {
  readonly prompt: number;
  readonly completion: number;
  /** Prompt tokens read from and written to the prompt cache. */
  readonly cached?: number;
  readonly written?: number;
}

/** The prices for a prompt of this size at a time, in milliseconds since the epoch. */
export function pricesAt(pricing: Extract<Pricing, { kind: 'fixed' }>, tokens: number, now: number): Prices {
  const { kind: _kind, overrides = [], discount: _discount, ...prices } = pricing;
  return overrides
    .filter((override) => holds(override, tokens, now))
    .reduce((before, override) => ({ ...before, ...override.prices }), prices);
}

/** The cost of these tokens at these prices. */
export function costAt(
  prices: Prices,
  { prompt, completion, cached = 0, written = 0 }: PricedTokens,
): PicoDollars {
  const { cacheRead = prices.prompt, cacheWrite = prices.prompt, request = 0 } = prices;
  const read = (prompt - cached - written) * prices.prompt + cached * cacheRead + written * cacheWrite;
  return Math.round(read + completion * prices.completion + request);
}

/** The cost of these tokens at list price; absent if there is none. */
export function estimateCost(
  { pricing }: { readonly pricing?: Pricing },
  tokens: PricedTokens,
  now: number,
): PicoDollars | undefined {
  return pricing?.kind === 'fixed' ? costAt(pricesAt(pricing, tokens.prompt, now), tokens) : undefined;
}

/** What reading these tokens from the provider's cache saves at list price; absent if there is none. */
export function cacheSaving(
  model: { readonly pricing?: Pricing } | undefined,
  { prompt, cached }: { readonly prompt: number; readonly cached: number },
  now: number,
): PicoDollars | undefined {
  if (model?.pricing?.kind !== 'fixed') {
    return undefined;
  }
  const prices = pricesAt(model.pricing, prompt, now);
  const all = { prompt, completion: 0 };
  return costAt(prices, all) - costAt(prices, { ...all, cached: Math.min(cached, prompt) });
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
