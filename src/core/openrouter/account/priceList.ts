import { microDollarsFrom, type MicroDollars } from '../../money/money.ts';
import type { PriceOverride, Prices, Pricing } from '../../model/pricing.ts';
import { numberIn, objectsIn, type JsonObject } from '../../util/json.ts';

/** The service's name for each price. */
const fieldOf: Readonly<Record<keyof Prices, string>> = {
  prompt: 'prompt',
  completion: 'completion',
  reasoning: 'internal_reasoning',
  cacheRead: 'input_cache_read',
  cacheWrite: 'input_cache_write',
  cacheWriteHour: 'input_cache_write_1h',
  imageToken: 'image_token',
  imageOutput: 'image_output',
  audio: 'audio',
  audioOutput: 'audio_output',
  audioCache: 'input_audio_cache',
  request: 'request',
  image: 'image',
  webSearch: 'web_search',
};

const names = Object.entries(fieldOf);

/** `pricing` of a model or endpoint. Prices are per unit; micro-dollars per million keep them whole numbers. */
export function readPricing(pricing: JsonObject | undefined): Pricing | undefined {
  const [prompt, completion] = [pricing?.['prompt'], pricing?.['completion']].map(pricePerMillion);
  if (pricing === undefined || prompt === undefined || completion === undefined) {
    return undefined;
  }
  if (prompt < 0 || completion < 0) {
    return { kind: 'variable' };
  }
  const overrides = objectsIn(pricing['overrides']).map(readOverride);
  const discount = numberIn(pricing['discount']) ?? 0;
  return {
    kind: 'fixed',
    prompt,
    completion,
    ...readPrices(pricing),
    ...(overrides.length > 0 && { overrides }),
    ...(discount > 0 && discount <= 1 && { discount }),
  };
}

function readOverride(override: JsonObject): PriceOverride {
  const minPromptTokens = numberIn(override['min_prompt_tokens']);
  const [start, end] = [numberIn(override['utc_start']), numberIn(override['utc_end'])];
  return {
    ...(minPromptTokens !== undefined && { minPromptTokens }),
    ...(start !== undefined && end !== undefined && { hours: { start, end } }),
    prices: readPrices(override),
  };
}

/** A negative price means that a router decides: there is nothing to show or compute. */
function readPrices(pricing: JsonObject): Partial<Prices> {
  const prices: Record<string, MicroDollars> = {};
  for (const [name, field] of names) {
    const price = pricePerMillion(pricing[field]);
    if (price !== undefined && price >= 0) {
      prices[name] = price;
    }
  }
  return prices;
}

function pricePerMillion(value: unknown): MicroDollars | undefined {
  const each = typeof value === 'string' && value.trim() !== '' ? Number(value) : numberIn(value);
  return each === undefined ? undefined : microDollarsFrom(each * 1_000_000);
}
