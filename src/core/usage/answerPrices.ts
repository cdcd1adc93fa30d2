import type { ChatRequest } from '../conversation/generation/chatModel.ts';
import type { CostRange, RequestEstimate } from '../conversation/generation/requestEstimate.ts';
import { minMaxTokens } from '../model/requestValues.ts';
import type { PicoDollars } from '../money/money.ts';

/** The shortest length an answer is reduced to for a budget, in tokens. */
const minAnswerTokens = 256;

/** The cost of answers of different lengths. */
export interface AnswerPrices extends CostRange {
  /** With the shortest useful answer. */
  readonly enough: PicoDollars;
  readonly maxTokens: number;
}

/** What a request's answer costs, by its length; absent if unknown. */
export function pricesOf(
  { cost, extra = 0 }: RequestEstimate,
  { maxTokens, schema }: ChatRequest,
): AnswerPrices | undefined {
  if (cost === undefined || cost === 'variable') {
    return undefined;
  }
  const { least, uncached, most } = cost;
  const prices = { least, uncached: uncached + extra, most: most + extra, maxTokens };
  // Half a structured answer is useless.
  return { ...prices, enough: schema ? prices.most : costAt(prices, Math.min(minAnswerTokens, maxTokens)) };
}

/** What it costs with an answer of so many tokens. */
export function costAt(
  { uncached, most, maxTokens }: Omit<AnswerPrices, 'enough'>,
  tokens: number,
): PicoDollars {
  const share = maxTokens <= 1 ? 1 : Math.min(1, Math.max(0, (tokens - 1) / (maxTokens - 1)));
  return Math.round(uncached + (most - uncached) * share);
}

/** The request with an answer length that its reservation covers. */
export function fitted(
  request: ChatRequest,
  { uncached, most, maxTokens }: AnswerPrices,
  reserved: PicoDollars,
): ChatRequest {
  if (reserved >= most) {
    return request;
  }
  const tokens = Math.floor(1 + ((reserved - uncached) * (maxTokens - 1)) / (most - uncached));
  return { ...request, maxTokens: Math.max(minMaxTokens, tokens) };
}
