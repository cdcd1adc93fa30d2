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
  /** With an answer of one token, and with all that was sent before taken from the provider's prompt cache. */
  readonly least: PicoDollars;
  /** With an answer of one token, and with nothing from the cache. */
  readonly uncached: PicoDollars;
  /** With the longest answer, and with nothing from the cache. */
  readonly most: PicoDollars;
}

/** What a request takes and costs, as far as that can be told before it is sent. */
export interface RequestEstimate {
  /** Of everything that is sent. */
  readonly tokens: number;
  /** How many tokens the model can read and write; absent when that is not known. */
  readonly contextLength?: number;
  /**
   * At the list prices of every model that may answer; `variable` where a router chooses the model, and absent where
   * one of them has no price here.
   */
  readonly cost?: CostRange | 'variable';
  /** What comes on top and cannot be told: its price depends on the model and on what it does. */
  readonly uncounted: readonly ('web search' | 'attachments')[];
}

/** What is known when a request is estimated. */
export interface PriceList {
  /** Looks a model up in the catalog. */
  readonly find: (id: string) => Model | undefined;
  /** Milliseconds since the epoch: some prices hold for some hours of the day. */
  readonly now: number;
}

/** How large a request is. Words that are still being typed make one that is never sent. */
export interface RequestSize {
  /** Of everything that is sent. */
  readonly tokens: number;
  /** What an earlier request of this conversation has sent already. */
  readonly sentBefore: number;
  /** Whether pictures, documents or sounds go along, which count no tokens. */
  readonly hasMedia: boolean;
}

/** Estimates a request of so many tokens. */
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

/** What a request costs at most if the most expensive of these models answers it; nothing where none has a price. */
export function maxCostOf(
  request: ChatRequest,
  tokens: number,
  { models, now }: { readonly models: readonly Model[]; readonly now: number },
): PicoDollars | undefined {
  const sizes = sizesOf(request, sizeOf(request, tokens));
  const costs = models.flatMap((model) => rangeOf(model, sizes, now)?.most ?? []);
  return costs.length === 0 ? undefined : Math.max(...costs);
}

/** What several requests cost together, as far as their prices are known; nothing where none of them is. */
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

/** What a request may cost, where that is known and above a limit; nothing where there is no limit. */
export function costAbove(
  limit: MicroDollars | undefined,
  cost: RequestEstimate['cost'],
): Exclude<RequestEstimate['cost'], 'variable'> {
  const isAbove =
    limit !== undefined && cost !== undefined && cost !== 'variable' && cost.most > toPicoDollars(limit);
  return isAbove ? cost : undefined;
}

/**
 * The budget of a run that begins with these requests: what the user lets one go of work cost unasked, or what was
 * agreed to when that is more. There is none where the user has set no limit, nor for a request whose price is not
 * known: nobody could have agreed to it.
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
 * The budget of a run to which one more request is added, beyond what it was to cost and what it has cost; nothing
 * where nobody knows the price of that request.
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

/** The sizes on which the price of a request depends, in tokens. */
interface Sizes {
  readonly prompt: number;
  readonly sentBefore: number;
  /** Whether the provider is asked to keep the prompt, which has a price of its own. */
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

/** Nothing where one of the models has no fixed price. */
function rangeOverAll(ranges: readonly (CostRange | undefined)[]): CostRange | undefined {
  return ranges.every((range) => range !== undefined)
    ? {
        least: Math.min(...ranges.map(({ least }) => least)),
        uncached: Math.max(...ranges.map(({ uncached }) => uncached)),
        most: Math.max(...ranges.map(({ most }) => most)),
      }
    : undefined;
}
