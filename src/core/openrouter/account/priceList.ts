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
const priceFields: ReadonlySet<string> = new Set([...Object.values(fieldOf), 'discount']);

/** `pricing` of a model or endpoint. Prices are per unit; micro-dollars per million keep them whole numbers. */
export function readPricing(pricing: JsonObject | undefined): Pricing | undefined {
  const [prompt, completion] = [pricing?.['prompt'], pricing?.['completion']].map(pricePerMillion);
  if (pricing === undefined || prompt === undefined || completion === undefined) {
    return undefined;
  }
  if (prompt < 0 || completion < 0) {
    return { kind: 'variable' };
  }
  const overrides = objectsIn(pricing['overrides']).flatMap(readOverride);
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

/** An override that holds under a condition that can't be read is left out: the usual prices are at least right at times. */
function readOverride(override: JsonObject): readonly PriceOverride[] {
  const { min_prompt_tokens: least, utc_start: from, utc_end: to, ...others } = override;
  const minPromptTokens = countIn(least);
  const [start, end] = [clockIn(from), clockIn(to)];
  const isReadable = [minPromptTokens, start, end].every((each) => each !== 'unreadable');
  const hasOther = Object.entries(others).some(([name, value]) => isCondition(name, value));
  if (!isReadable || hasOther || (start === undefined) !== (end === undefined)) {
    return [];
  }
  return [
    {
      ...(typeof minPromptTokens === 'number' && { minPromptTokens }),
      ...(typeof start === 'number' && typeof end === 'number' && { hours: { start, end } }),
      prices: readPrices(override),
    },
  ];
}

/** Whatever is neither a price nor says nothing. */
function isCondition(name: string, value: unknown): boolean {
  const isPrice =
    pricePerMillion(value) !== undefined && !/^(min|max|utc|if|when|from|until)(_|$)/.test(name);
  return value !== undefined && value !== null && !priceFields.has(name) && !isPrice;
}

function countIn(value: unknown): number | 'unreadable' | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : numberIn(value);
  return count === undefined || count < 0 ? 'unreadable' : count;
}

/** A time of day, such as 1630. */
function clockIn(value: unknown): number | 'unreadable' | undefined {
  const clock = countIn(value);
  const isTime = typeof clock === 'number' && Number.isInteger(clock) && clock <= 2400 && clock % 100 < 60;
  return clock === undefined || isTime ? clock : 'unreadable';
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
