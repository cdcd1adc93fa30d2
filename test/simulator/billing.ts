import type { Answer } from './answer.ts';
import type { ChatRequest } from './chatRequest.ts';
import type { Pricing, PricingOverride } from './model.ts';
import { estimateTokens } from './tokens.ts';

/** What a run costs, in USD. */
export interface Charge {
  readonly promptTokens: number;
  /** Of them, those that came from the provider's prompt cache. */
  readonly cachedTokens: number;
  readonly promptCost: number;
  readonly completionCost: number;
  readonly total: number;
}

/** Sums of decimal prices, without the digits that binary fractions add. */
export function roundUsd(usd: number): number {
  return Math.round(usd * 1e12) / 1e12;
}

/** Tokens of everything in the request that the model reads. */
export function promptTokens(request: ChatRequest): number {
  const messages = request.messages.reduce((sum, message) => sum + 4 + estimateTokens(message.text), 0);
  const images = request.messages.filter((message) => message.hasImage).length * 800;
  const tools = estimateTokens(JSON.stringify(request.tools));
  return messages + images + (request.tools.length > 0 ? tools : 0);
}

/** The prices in force for a prompt of that length at that time: later overrides win. */
export function pricesFor(pricing: Pricing, tokens: number, now: number): Pricing {
  const holding = (pricing.overrides ?? []).filter((override) => holds(override, tokens, now));
  return holding.reduce<Pricing>((prices, override) => ({ ...prices, ...override }), pricing);
}

function holds(override: PricingOverride, tokens: number, now: number): boolean {
  if (override.min_prompt_tokens !== undefined && tokens <= override.min_prompt_tokens) return false;
  const { utc_start: start, utc_end: end } = override;
  if (start === undefined || end === undefined) return true;
  const date = new Date(now);
  const clock = date.getUTCHours() * 100 + date.getUTCMinutes();
  return start <= end ? clock >= start && clock < end : clock >= start || clock < end;
}

/** What comes to a run besides its tokens. */
export interface Extras {
  readonly searches?: number;
  /** Tokens of the prompt that come from the provider's prompt cache. */
  readonly cached?: number;
}

/** What the run costs with these prices and so many tokens of answer. */
export function chargeFor(
  prices: Pricing,
  prompt: number,
  completion: number,
  { searches = 0, cached = 0 }: Extras = {},
): Charge {
  const cachedPrice = Number(prices.input_cache_read ?? prices.prompt);
  const promptCost = (prompt - cached) * Number(prices.prompt) + cached * cachedPrice;
  const completionCost = completion * Number(prices.completion);
  const extra = Number(prices.request ?? 0) + searches * Number(prices.web_search ?? 0.005);
  return {
    promptTokens: prompt,
    cachedTokens: cached,
    promptCost: roundUsd(promptCost),
    completionCost: roundUsd(completionCost),
    total: roundUsd(promptCost + completionCost + extra),
  };
}

/** The longest answer that a budget in USD allows after the prompt is paid. */
export function affordableTokens(prices: Pricing, prompt: number, budget: number): number {
  const left = budget - prompt * Number(prices.prompt);
  const price = Number(prices.completion);
  return price <= 0 ? Infinity : Math.max(0, Math.floor(left / price));
}

/** The `usage` of an answer as the wire has it. */
export function usageOf(
  charge: Charge,
  answer: Answer,
  /** What of it the account pays; the rest is billed to an own provider key. */
  account: { readonly cost: number; readonly ownProviderKey: boolean },
): Readonly<Record<string, unknown>> {
  const searches = answer.annotations.length > 0 ? 1 : 0;
  return {
    prompt_tokens: charge.promptTokens,
    completion_tokens: answer.completionTokens,
    total_tokens: charge.promptTokens + answer.completionTokens,
    cost: account.cost,
    is_byok: account.ownProviderKey,
    prompt_tokens_details: {
      cached_tokens: charge.cachedTokens,
      cache_write_tokens: 0,
      audio_tokens: 0,
      video_tokens: 0,
    },
    cost_details: {
      upstream_inference_cost: charge.total,
      upstream_inference_prompt_cost: charge.promptCost,
      upstream_inference_completions_cost: charge.completionCost,
    },
    completion_tokens_details: {
      reasoning_tokens: answer.reasoningTokens,
      image_tokens: 0,
      audio_tokens: 0,
    },
    ...(searches > 0 ? { server_tool_use_details: { web_search_requests: searches } } : {}),
  };
}
