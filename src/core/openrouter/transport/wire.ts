import { picoDollarsFrom, type PicoDollars } from '../../money/money.ts';
import type { FailedAttempt, Usage } from '../../conversation/message.ts';
import type { Source } from '../../conversation/part.ts';
import { numberIn, objectIn, objectsIn, textIn, type JsonObject } from '../../util/json.ts';

/**
 * Lenient readers for the service's data. It adds fields, enum values, and nulls without notice, so nothing here
 * rejects an answer because of something unknown.
 */

function costIn(value: unknown): PicoDollars | undefined {
  return typeof value === 'number' || typeof value === 'string' ? picoDollarsFrom(value) : undefined;
}

/** `GET /generation`: an answer's usage and cost; absent if the body isn't such a record. */
export function readGeneration(body: unknown): Usage | undefined {
  const data = objectIn(objectIn(body)?.['data']);
  const fee = costIn(data?.['total_cost']);
  if (!data || fee === undefined) {
    return undefined;
  }
  const tokens = (field: string): number => numberIn(data[`native_${field}`]) ?? numberIn(data[field]) ?? 0;
  return {
    promptTokens: tokens('tokens_prompt'),
    completionTokens: tokens('tokens_completion'),
    ...someTokens(data['native_tokens_cached'], data['native_tokens_reasoning']),
    ...paid(fee, data['is_byok'], data['upstream_inference_cost']),
  };
}

/** An answer's `usage`: the cost is what the account pays plus what the user's own provider key is charged. */
export function readUsage(value: unknown): Usage | undefined {
  const usage = objectIn(value);
  if (!usage) {
    return undefined;
  }
  const details = (field: string): JsonObject | undefined => objectIn(usage[field]);
  return {
    promptTokens: numberIn(usage['prompt_tokens']) ?? 0,
    completionTokens: numberIn(usage['completion_tokens']) ?? 0,
    ...someTokens(
      details('prompt_tokens_details')?.['cached_tokens'],
      details('completion_tokens_details')?.['reasoning_tokens'],
    ),
    ...paid(costIn(usage['cost']), usage['is_byok'], details('cost_details')?.['upstream_inference_cost']),
  };
}

/** Token details worth showing. */
function someTokens(cached: unknown, reasoning: unknown): Pick<Usage, 'cachedTokens' | 'reasoningTokens'> {
  const [cachedTokens, reasoningTokens] = [numberIn(cached) ?? 0, numberIn(reasoning) ?? 0];
  return { ...(cachedTokens > 0 && { cachedTokens }), ...(reasoningTokens > 0 && { reasoningTokens }) };
}

/** What the account pays plus, with the user's own provider key, what the provider charges. */
function paid(
  fee: PicoDollars | undefined,
  isOwnKey: unknown,
  upstream: unknown,
): Pick<Usage, 'cost' | 'ownKeyCost'> {
  if (isOwnKey !== true) {
    return fee === undefined ? {} : { cost: fee };
  }
  const ownKeyCost = costIn(upstream) ?? 0;
  return { ...(fee !== undefined && { cost: fee + ownKeyCost }), ownKeyCost };
}

/** Which models or providers failed first, as the service reports on request. */
export function failedAttemptsIn(metadata: unknown): readonly FailedAttempt[] {
  return objectsIn(objectIn(metadata)?.['attempts']).flatMap((attempt) => {
    const model = textIn(attempt['model']);
    const provider = textIn(attempt['provider']);
    const status = numberIn(attempt['status']);
    const isServed = status !== undefined && status >= 200 && status < 300;
    return model === undefined || isServed
      ? []
      : [{ model, ...(provider !== undefined && { provider }), ...(status !== undefined && { status }) }];
  });
}

/** The pages that `annotations` cite, without those a browser may not open. */
export function sourcesIn(value: unknown): readonly Source[] {
  return objectsIn(value).flatMap((annotation) => {
    const citation = objectIn(annotation['url_citation']);
    const url = textIn(citation?.['url']);
    return url !== undefined && /^https?:\/\//i.test(url)
      ? [{ url, title: textIn(citation?.['title']) ?? url }]
      : [];
  });
}

/** An answer's embedded images: remote addresses are never followed. */
export function imagesIn(value: unknown): readonly string[] {
  return objectsIn(value).flatMap((image) => {
    const url = textIn(objectIn(image['image_url'])?.['url']);
    return url !== undefined && /^data:image\/(png|jpeg|gif|webp);base64,/i.test(url) ? [url] : [];
  });
}
