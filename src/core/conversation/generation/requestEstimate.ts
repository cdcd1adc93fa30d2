import type { Model } from '../../model/model.ts';
import { toPicoDollars, type MicroDollars, type PicoDollars } from '../../money/money.ts';
import { routable, routersIn } from '../../model/autoRouter.ts';
import { isFreeId } from '../../model/modelId.ts';
import { costAt, pricesAt, type Prices } from '../../model/pricing.ts';
import { tierFactor } from '../../model/requestFields.ts';
import type { ChatRequest } from './chatModel.ts';
import type { RequestSettings } from '../../model/requestSettings.ts';
import { hasMedia, maxExtraCost, mediaIn, noMedia, type Extras, type MediaSize } from './extraCost.ts';
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
  /** What the cost leaves out. */
  readonly uncounted: readonly ('web search' | 'attachments')[];
  /** The most that this may add. */
  readonly extra?: PicoDollars;
  /** Without a cost: the most with a model of the catalog, with all extras; absent if none has a price. */
  readonly bound?: PicoDollars;
  /** The server has prices, but none of them is known. */
  readonly isUnlisted?: true;
}

/** The inputs of an estimate. */
export interface PriceList {
  /** Looks up a model in the catalog. */
  readonly find: (id: string) => Model | undefined;
  /** The models that a router may choose. */
  readonly models?: readonly Model[];
  /** Whether the server asks for money; not all do. */
  readonly isPriced?: boolean;
  /** Milliseconds since the epoch: some prices depend on the time of day. */
  readonly now: number;
}

/** How large a request is. Words still being typed make one that is never sent. */
export interface RequestSize {
  /** Of everything that is sent. */
  readonly tokens: number;
  /** What an earlier request of this conversation has already sent. */
  readonly sentBefore: number;
  /** Attached images, documents, and audio, which `tokens` doesn't count. */
  readonly media?: MediaSize;
}

/** Estimates a request with this many tokens. */
export function estimateRequest(request: ChatRequest, tokens: number, list: PriceList): RequestEstimate {
  // A structured answer is based only on the request.
  const { webSearch, ...others } = request;
  const settings = request.schema || webSearch !== true ? others : { ...others, webSearch };
  const size = sizeOf(request, tokens);
  const estimate = estimateSize(settings, size, list);
  return isPriced(estimate.cost) ? estimate : { ...estimate, ...boundsOf(settings, size, list) };
}

/** What stands in for the cost of a request without a price of its own. */
function boundsOf(
  request: RequestSettings,
  size: RequestSize,
  list: PriceList,
): Pick<RequestEstimate, 'bound' | 'isUnlisted'> {
  const [sizes, extras] = [sizesOf(request, size), extrasOf(request, size)];
  const bound = boundOf(
    answering(request, list).flatMap((model) => mostWith(model, sizes, extras, list.now) ?? []),
  );
  return bound === undefined ? { ...(mayCost(request, list) && { isUnlisted: true }) } : { bound };
}

/** Estimates a request of this size; nothing stands in for a missing price, for which all models are looked at. */
export function estimateSize(request: RequestSettings, size: RequestSize, list: PriceList): RequestEstimate {
  const { tokens } = size;
  const contextLength = list.find(request.model)?.contextLength;
  const models = [request.model, ...(request.fallbackModels ?? [])].map(list.find);
  const isRouted = models.some((model) => model?.pricing?.kind === 'variable');
  const sizes = sizesOf(request, size);
  const cost = isRouted ? 'variable' : rangeOverAll(models.map((model) => rangeOf(model, sizes, list.now)));
  const extras = extrasOf(request, size);
  const extra = isPriced(cost) ? maxOf(models, (model) => maxExtraCost(model, tokens, extras, list.now)) : 0;
  return {
    tokens,
    ...(contextLength !== undefined && { contextLength }),
    ...(cost && { cost }),
    uncounted: [
      ...(hasMedia(extras.media) ? (['attachments'] as const) : []),
      ...(extras.searches ? (['web search'] as const) : []),
    ],
    ...(extra !== undefined && extra > 0 && { extra }),
  };
}

/** The models that may answer where a router chooses, or nothing is known of the model. */
function answering(
  { autoRouter, model, fallbackModels = [] }: RequestSettings,
  { models = [], find }: PriceList,
): readonly Model[] {
  const ids = [model, ...fallbackModels];
  return autoRouter && routersIn(ids).length > 0
    ? [...routable(models, autoRouter), ...ids.flatMap((id) => find(id) ?? [])]
    : models;
}

function mayCost({ model, fallbackModels = [] }: RequestSettings, list: PriceList): boolean {
  return list.isPriced === true && ![model, ...fallbackModels].every(isFreeId);
}

/** The most that a request may cost, with all that comes on top; absent if unknown. */
export function mostOf({ cost, extra = 0, bound }: RequestEstimate): PicoDollars | undefined {
  return isPriced(cost) ? cost.most + extra : bound;
}

function isPriced(cost: RequestEstimate['cost']): cost is CostRange {
  return cost !== undefined && cost !== 'variable';
}

function extrasOf({ webSearch, fields }: RequestSettings, { media = noMedia }: RequestSize): Extras {
  return { media, searches: webSearch === true, tier: tierFactor(fields) };
}

function mostWith(model: Model, sizes: Sizes, extras: Extras, now: number): PicoDollars | undefined {
  const at = pricedAt(model, sizes, now);
  return at && mostAt(at, sizes) + (maxExtraCost(model, sizes.prompt, extras, now) ?? 0);
}

/**
 * What a request may cost if any model answers. In a long catalog, the most expensive hundredth isn't counted: it costs many
 * times as much as all others, no router chooses it for a usual question, and everything would be asked about because of it.
 */
function boundOf(costs: readonly PicoDollars[]): PicoDollars | undefined {
  return costs.toSorted((one, other) => other - one)[Math.floor(costs.length * outliers)];
}

const outliers = 0.01;

function maxOf<T>(items: readonly T[], of: (item: T) => number | undefined): number | undefined {
  const known = items.flatMap((item) => of(item) ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** The most a request costs at the prices of these models; absent if none has a price. */
export function maxCostOf(
  request: ChatRequest,
  tokens: number,
  { models, now }: { readonly models: readonly Model[]; readonly now: number },
): PicoDollars | undefined {
  const size = sizeOf(request, tokens);
  return maxOf(models, (model) => mostWith(model, sizesOf(request, size), extrasOf(request, size), now));
}

/** What several requests cost together, as far as prices are known; absent if none is. */
export function sumOfEstimates(estimates: readonly RequestEstimate[]): RequestEstimate | undefined {
  const ranges = estimates.flatMap(({ cost }) => (isPriced(cost) ? [cost] : []));
  if (ranges.length === 0) {
    return undefined;
  }
  const sum = (end: keyof CostRange): PicoDollars => ranges.reduce((total, range) => total + range[end], 0);
  const extra = estimates.reduce((total, each) => total + (each.extra ?? 0), 0);
  return {
    tokens: estimates.reduce((total, { tokens }) => total + tokens, 0),
    cost: { least: sum('least'), uncached: sum('uncached'), most: sum('most') },
    uncounted: [...new Set(estimates.flatMap(({ uncounted }) => uncounted))],
    ...(extra > 0 && { extra }),
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
 * There is none without a limit, or if nothing is known of what a request may cost: nobody could approve it.
 */
export function runBudgetFor(
  estimates: readonly RequestEstimate[],
  unasked: MicroDollars | undefined,
  newId: () => string,
): RunBudget | undefined {
  const most = estimates.flatMap((estimate) => mostOf(estimate) ?? []);
  if (unasked === undefined || most.length === 0 || most.length < estimates.length) {
    return undefined;
  }
  const sum = most.reduce((total, each) => total + each, 0);
  return { id: newId(), limit: Math.max(toPicoDollars(unasked), sum) };
}

/**
 * The budget of a run with one more request, beyond its estimate and its cost so far; absent if that request has no
 * price.
 */
export function runWithOneMore(
  { id, limit }: RunBudget,
  estimate: RequestEstimate,
  spent: PicoDollars,
): RunBudget | undefined {
  const most = mostOf(estimate);
  return most === undefined ? undefined : { id, limit: Math.max(limit, spent) + most };
}

/** The token counts that a request's price depends on. */
interface Sizes {
  readonly prompt: number;
  readonly sentBefore: number;
  /** Whether the provider is asked to cache the prompt, which has its own price. */
  readonly isKept: boolean;
  readonly longest: number;
  /** By how much the service tier may exceed the list prices. */
  readonly tier: number;
}

function sizeOf({ messages }: ChatRequest, tokens: number): RequestSize {
  const lastAnswer = messages.findLastIndex(({ role }) => role === 'assistant');
  const added = tokensOfMessages(messages.slice(lastAnswer + 1));
  return {
    tokens,
    sentBefore: lastAnswer < 0 ? 0 : Math.max(0, tokens - added),
    media: mediaIn(messages),
  };
}

function sizesOf(
  { maxTokens, explicitCache, fields }: RequestSettings,
  { tokens, sentBefore }: RequestSize,
): Sizes {
  return {
    prompt: tokens,
    sentBefore,
    isKept: explicitCache === true,
    longest: maxTokens,
    tier: tierFactor(fields),
  };
}

/** A model's list prices for a prompt of this size; `dear` if all of the answer is reasoning. */
interface PricedAt {
  readonly prices: Prices;
  readonly dear: Prices;
  /** What of the prompt is written to the cache at a price of its own. */
  readonly written: number;
}

function pricedAt(model: Model | undefined, { prompt, isKept }: Sizes, now: number): PricedAt | undefined {
  if (model?.pricing?.kind !== 'fixed') {
    return undefined;
  }
  const prices = pricesAt(model.pricing, prompt, now);
  return {
    prices,
    dear: { ...prices, completion: Math.max(prices.completion, prices.reasoning ?? 0) },
    written: isKept && (prices.cacheWrite ?? 0) > prices.prompt ? prompt : 0,
  };
}

function mostAt({ dear, written }: PricedAt, { prompt, longest, tier }: Sizes): PicoDollars {
  return costAt(dear, { prompt, completion: longest, written }) * tier;
}

function rangeOf(model: Model | undefined, sizes: Sizes, now: number): CostRange | undefined {
  const at = pricedAt(model, sizes, now);
  const { prompt, sentBefore } = sizes;
  return (
    at && {
      least: costAt(at.prices, { prompt, completion: 1, cached: sentBefore }),
      uncached: costAt(at.dear, { prompt, completion: 1, written: at.written }),
      most: mostAt(at, sizes),
    }
  );
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
