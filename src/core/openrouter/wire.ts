import { microDollarsFrom, type MicroDollars } from '../model/money.ts';
import type { KeyInfo } from '../model/credit.ts';
import type { Source, Usage } from '../conversation/message.ts';
import { numberIn, objectIn, objectsIn, textIn, type JsonObject } from '../util/json.ts';

/**
 * Tolerant readers for what the service sends. It adds fields, enum values and nulls without notice, so nothing
 * here refuses an answer because of something it does not know.
 */

/** `GET /key`: absent when the body is no key record at all. */
export function readKeyInfo(body: unknown): KeyInfo | undefined {
  const data = objectIn(objectIn(body)?.['data']);
  if (!data || (!('label' in data) && !('usage' in data))) {
    return undefined;
  }
  const limit = moneyIn(data['limit']);
  const remaining = moneyIn(data['limit_remaining']);
  const reset = textIn(data['limit_reset']);
  const expiresAt = textIn(data['expires_at']);
  const freeRequests = readFreeRequests(data['free_model_daily_requests']);
  return {
    label: textIn(data['label']) ?? '',
    ...(limit === undefined ? {} : { limit }),
    ...(limit === undefined || remaining === undefined ? {} : { remaining }),
    ...(reset === undefined ? {} : { reset }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(freeRequests === undefined ? {} : { freeRequests }),
    spentToday: spentIn(data, 'usage_daily'),
    spentThisWeek: spentIn(data, 'usage_weekly'),
    spentThisMonth: spentIn(data, 'usage_monthly'),
    spent: spentIn(data, 'usage'),
    freeTier: data['is_free_tier'] === true,
    management: data['is_management_key'] === true || data['is_provisioning_key'] === true,
  };
}

function readFreeRequests(value: unknown): KeyInfo['freeRequests'] {
  const limit = numberIn(objectIn(value)?.['limit']);
  const remaining = numberIn(objectIn(value)?.['remaining']);
  return limit === undefined || remaining === undefined ? undefined : { limit, remaining };
}

function moneyIn(value: unknown): MicroDollars | undefined {
  return typeof value === 'number' || typeof value === 'string' ? microDollarsFrom(value) : undefined;
}

/** What a key spent of the account's credit. Own provider keys are billed elsewhere and do not count. */
function spentIn(data: JsonObject, field: string): MicroDollars {
  return moneyIn(data[field]) ?? 0;
}

/** `GET /generation`: what one answer took and cost; absent when the body is no such record. */
export function readGeneration(body: unknown): Usage | undefined {
  const data = objectIn(objectIn(body)?.['data']);
  const cost = moneyIn(data?.['total_cost']);
  if (!data || cost === undefined) {
    return undefined;
  }
  const tokens = (field: string): number => numberIn(data[`native_${field}`]) ?? numberIn(data[field]) ?? 0;
  return {
    promptTokens: tokens('tokens_prompt'),
    completionTokens: tokens('tokens_completion'),
    cost: cost + (data['is_byok'] === true ? (moneyIn(data['upstream_inference_cost']) ?? 0) : 0),
  };
}

/** `usage` of an answer: the cost is what the account pays plus what an own provider key is billed. */
export function readUsage(value: unknown): Usage | undefined {
  const usage = objectIn(value);
  if (!usage) {
    return undefined;
  }
  const cost = moneyIn(usage['cost']);
  const upstream =
    usage['is_byok'] === true
      ? moneyIn(objectIn(usage['cost_details'])?.['upstream_inference_cost'])
      : undefined;
  return {
    promptTokens: numberIn(usage['prompt_tokens']) ?? 0,
    completionTokens: numberIn(usage['completion_tokens']) ?? 0,
    ...(cost === undefined ? {} : { cost: cost + (upstream ?? 0) }),
  };
}

/** The pages that `annotations` cite; those that no browser may open are left out. */
export function sourcesIn(value: unknown): readonly Source[] {
  return objectsIn(value).flatMap((annotation) => {
    const citation = objectIn(annotation['url_citation']);
    const url = textIn(citation?.['url']);
    return url !== undefined && /^https?:\/\//i.test(url)
      ? [{ url, title: textIn(citation?.['title']) ?? url }]
      : [];
  });
}

/** The pictures of an answer, as far as they come with it: an address elsewhere is never followed. */
export function imagesIn(value: unknown): readonly string[] {
  return objectsIn(value).flatMap((image) => {
    const url = textIn(objectIn(image['image_url'])?.['url']);
    return url !== undefined && /^data:image\/(png|jpeg|gif|webp);base64,/i.test(url) ? [url] : [];
  });
}
