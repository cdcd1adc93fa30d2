import type { Model } from '../../model/model.ts';
import { toPicoDollars, type MicroDollars, type PicoDollars } from '../../money/money.ts';
import { costAt, pricesAt, type Prices } from '../../model/pricing.ts';
import type { ChatRequest } from './chatModel.ts';
import type { RequestSettings } from '../../model/requestSettings.ts';
import { mediaOf } from '../message.ts';
import type { RunBudget } from './runBudget.ts';
import { tokensOfMessages } from './tokenCounter.ts';

/** What a request may cost. */
export interface CostRange {
  /** With an answer of one token, and earlier messages read from the prompt cache. */
  readonly least: PicoDollars;
  /** With an answer of one token, and nothing from the cache. */
  readonly uncached: PicoDollars;
  /** With the longest answer, and nothing from the cache. */
  readonly most: PicoDollars;
}

/** The size and cost of a request, as far as known before it is sent. */
export interface RequestEstimate {
  /** Of everything that is sent. */
  readonly tokens: number;
  /** The model's context length in tokens; absent if unknown. */
  readonly contextLength?: number;
  /**
   * At the list prices of every model that may answer; `variable` if a router chooses, absent if a price is missing.
   */
  readonly cost?: CostRange | 'variable';
  /** Extra costs that can't be estimated. */
  readonly uncounted: readonly ('web search' | 'attachments')[];
}

/** The inputs of an estimate. */
export interface PriceList {
  /** Looks up a model in the catalog. */
  readonly find: (id: string) => Model | undefined;
  /** Milliseconds since the epoch: some prices depend on the time of day. */
  readonly now: number;
}

/** How large a request is. Words still being typed make one that is never sent. */
export interface RequestSize {
  /** Of everything that is sent. */
  readonly tokens: number;
  /** What an earlier request of this conversation has already sent. */
  readonly sentBefore: number;
  /** Whether images, documents, or audio are attached; they count no tokens. */
  readonly hasMedia: boolean;
}

/** Estimates a request with this many tokens. */
export function estimateRequest(request: ChatRequest, tokens: number, list: PriceList): RequestEstimate {
  return estimateSize(request, sizeOf(request, tokens), list);
}

/** Estimates a request of this size. */
export function estimateSize(request: RequestSettings, size: RequestSize, list: PriceList): RequestEstimate {
  const { tokens, hasMedia } = size;
  const contextLength = list.find(request.model)?.contextLength;
  const models = [request.model, ...(request.fallbackModels ?? [])].map(list.find);
  const isRouted = models.some((model) => model?.pricing?.kind === 'variable');
  const sizes = sizesOf(request, size);
  const cost = isRouted ? 'variable' : rangeOverAll(models.map((model) => rangeOf(model, sizes, list.now)));
  return {
    tokens,
    ...(contextLength !== undefined && { contextLength }),
    ...(cost && { cost }),
    uncounted: [
      ...(hasMedia ? (['attachments'] as const) : []),
      ...(request.webSearch === true ? (['web search'] as const) : []),
    ],
  };
}

/** The most a request costs at the prices of these models; absent if none has a price. */
export function maxCostOf(
  request: ChatRequest,
  tokens: number,
  { models, now }: { readonly models: readonly Model[]; readonly now: number },
): PicoDollars | undefined {
  const sizes = sizesOf(request, sizeOf(request, tokens));
  const costs = models.flatMap((model) => rangeOf(model, sizes, now)?.most ?? []);
  return costs.length === 0 ? undefined : Math.max(...costs);
}

/** What several requests cost together, as far as prices are known; absent if none is. */
export function sumOfEstimates(estimates: readonly RequestEstimate[]): RequestEstimate | undefined {
  const ranges = estimates.flatMap(({ cost }) => (cost === undefined || cost === 'variable' ? [] : [cost]));
  if (ranges.length === 0) {
    return undefined;
  }
  const sum = (end: keyof CostRange): PicoDollars => ranges.reduce((total, range) => total + range[end], 0);
  return {
    tokens: estimates.reduce((total, { tokens }) => total + tokens, 0),
    cost: { least: sum('least'), uncached: sum('uncached'), most: sum('most') },
    uncounted: [...new Set(estimates.flatMap(({ uncounted }) => uncounted))],
  };
}

/** What a request may cost, if that exceeds the limit; absent without a limit. */
export function costAbove(
  limit: MicroDollars | undefined,
  cost: RequestEstimate['cost'],
): Exclude<RequestEstimate['cost'], 'variable'> {
  const isAbove =
    limit !== undefined && cost !== undefined && cost !== 'variable' && cost.most > toPicoDollars(limit);
  return isAbove ? cost : undefined;
}

/**
 * The budget of a run that starts with these requests: the limit per request, or the approved amount if that is more.
 * There is none without a limit, or if a price is unknown: nobody could approve it.
 */
export function runBudgetFor(
  estimates: readonly RequestEstimate[],
  unasked: MicroDollars | undefined,
  newId: () => string,
): RunBudget | undefined {
  const isPriced = estimates.every(({ cost }) => cost !== undefined && cost !== 'variable');
  const cost = sumOfEstimates(estimates)?.cost;
  if (unasked === undefined || !isPriced || cost === undefined || cost === 'variable') {
    return undefined;
  }
  return { id: newId(), limit: Math.max(toPicoDollars(unasked), cost.most) };
}

/**
 * The budget of a run with one more request, beyond its estimate and its cost so far; absent if that request has no
 * price.
 */
export function runWithOneMore(
  { id, limit }: RunBudget,
  { cost }: RequestEstimate,
  spent: PicoDollars,
): RunBudget | undefined {
  return cost === undefined || cost === 'variable'
    ? undefined
    : { id, limit: Math.max(limit, spent) + cost.most };
}

/** The token counts that a request's price depends on. */
interface Sizes {
  readonly prompt: number;
  readonly sentBefore: number;
  /** Whether the provider is asked to cache the prompt, which has its own price. */
  readonly isKept: boolean;
  readonly longest: number;
}

function sizeOf({ messages }: ChatRequest, tokens: number): RequestSize {
  const lastAnswer = messages.findLastIndex(({ role }) => role === 'assistant');
  const added = tokensOfMessages(messages.slice(lastAnswer + 1));
  return {
    tokens,
    sentBefore: lastAnswer < 0 ? 0 : Math.max(0, tokens - added),
    hasMedia: messages.some((message) => mediaOf(message).length > 0),
  };
}

function sizesOf({ maxTokens, explicitCache }: RequestSettings, { tokens, sentBefore }: RequestSize): Sizes {
  return {
    prompt: tokens,
    sentBefore,
    isKept: explicitCache === true,
    longest: maxTokens,
  };
}

function rangeOf(model: Model | undefined, sizes: Sizes, now: number): CostRange | undefined {
  if (model?.pricing?.kind !== 'fixed') {
    return undefined;
  }
  const { prompt, sentBefore, isKept, longest } = sizes;
  const prices = pricesAt(model.pricing, prompt, now);
  const written = isKept && (prices.cacheWrite ?? 0) > prices.prompt ? prompt : 0;
  const dear: Prices = { ...prices, completion: Math.max(prices.completion, prices.reasoning ?? 0) };
  return {
    least: costAt(prices, { prompt, completion: 1, cached: sentBefore }),
    uncached: costAt(dear, { prompt, completion: 1, written }),
    most: costAt(dear, { prompt, completion: longest, written }),
  };
}

/** Absent if one of the models has no fixed price. */
function rangeOverAll(ranges: readonly (CostRange | undefined)[]): CostRange | undefined {
  return ranges.every((range) => range !== undefined)
    ? {
        least: Math.min(...ranges.map(({ least }) => least)),
        uncached: Math.max(...ranges.map(({ uncached }) => uncached)),
        most: Math.max(...ranges.map(({ most }) => most)),
      }
    : undefined;
}
