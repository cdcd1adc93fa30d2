import type { Message } from '../conversation/message.ts';
import type { Model } from '../model/model.ts';
import { costAt, isFree, pricesAt } from '../model/pricing.ts';
import type { PicoDollars } from '../money/money.ts';

/** A model, and what the same tokens would have cost there. */
export interface CostElsewhere {
  readonly model: Model;
  readonly cost: PicoDollars;
}

/**
 * What a conversation's answers would have cost on other models, cheapest first: the same tokens at list prices. Models
 * without fixed prices, for other things than text, or with too short a context are left out. Other models count tokens
 * a little differently.
 */
export function costElsewhere(
  messages: readonly Message[],
  models: readonly Model[],
  now: number,
): readonly CostElsewhere[] {
  const used = messages.flatMap((message) =>
    message.role === 'assistant' ? message.answer.generations.flatMap(({ usage }) => usage ?? []) : [],
  );
  if (used.length === 0) {
    return [];
  }
  const longest = Math.max(
    ...used.map(({ promptTokens, completionTokens }) => promptTokens + completionTokens),
  );
  return models
    .flatMap((model): CostElsewhere[] => {
      const { pricing, contextLength = Infinity } = model;
      if (pricing?.kind !== 'fixed' || contextLength < longest || !writesText(model)) {
        return [];
      }
      const cost = used.reduce(
        (sum, { promptTokens: prompt, completionTokens: completion, cachedTokens }) => {
          const prices = pricesAt(pricing, prompt, now);
          const cached = prices.cacheRead === undefined ? 0 : (cachedTokens ?? 0);
          return sum + costAt(prices, { prompt, completion, cached });
        },
        0,
      );
      return [{ model, cost: isFree(pricing) ? 0 : cost }];
    })
    .sort((one, other) => one.cost - other.cost);
}

/** Batch rows don't answer in a chat. */
function writesText({ id, outputs }: Model): boolean {
  return !id.endsWith(':batch') && (outputs === undefined || outputs.includes('text'));
}
