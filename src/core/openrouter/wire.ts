import { microDollarsFrom, type MicroDollars } from '../model/money.ts';
import type { KeyInfo } from '../model/credit.ts';
import type { Capability, Model, ModelReasoning, Pricing } from '../model/model.ts';
import type { Usage } from '../conversation/message.ts';
import { arrayIn, numberIn, objectIn, textIn, textsIn, type JsonObject } from '../util/json.ts';

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

/** `GET /models`: absent when the body is no list. Rows without an id, and those for batches only, are left out. */
export function readModels(body: unknown): readonly Model[] | undefined {
  const data = objectIn(body)?.['data'];
  if (!Array.isArray(data)) {
    return undefined;
  }
  return data.flatMap((row: unknown) => {
    const model = readModel(objectIn(row) ?? {});
    return model && !model.id.endsWith(':batch') ? [model] : [];
  });
}

function readModel(row: JsonObject): Model | undefined {
  const id = textIn(row['id']);
  if (id === undefined) {
    return undefined;
  }
  const description = textIn(row['description']);
  const contextLength = numberIn(row['context_length']);
  const maxOutput = numberIn(objectIn(row['top_provider'])?.['max_completion_tokens']);
  const pricing = readPricing(objectIn(row['pricing']));
  const parameters = textsIn(row['supported_parameters']);
  const inputs = textsIn(objectIn(row['architecture'])?.['input_modalities']);
  const reasoning = readReasoning(objectIn(row['reasoning']));
  return {
    id,
    name: textIn(row['name']) ?? id,
    capabilities: readCapabilities(row),
    ...(description === undefined ? {} : { description }),
    ...(contextLength === undefined || contextLength <= 0 ? {} : { contextLength }),
    ...(maxOutput === undefined || maxOutput <= 0 ? {} : { maxOutput }),
    ...(pricing === undefined ? {} : { pricing }),
    ...(parameters && { parameters }),
    ...(inputs && { inputs }),
    ...(reasoning && { reasoning }),
    ...((pricePerMillion(objectIn(row['pricing'])?.['input_cache_write']) ?? 0) > 0 && {
      explicitCache: true,
    }),
  };
}

/** A missing list means that every effort is known. */
function readReasoning(reasoning: JsonObject | undefined): ModelReasoning | undefined {
  const efforts = textsIn(reasoning?.['supported_efforts']);
  return reasoning && { mandatory: reasoning['mandatory'] === true, ...(efforts && { efforts }) };
}

/** Prices come per token; micro-dollars per million tokens keep them whole numbers. */
function readPricing(pricing: JsonObject | undefined): Pricing | undefined {
  const [prompt, completion] = [
    pricePerMillion(pricing?.['prompt']),
    pricePerMillion(pricing?.['completion']),
  ];
  if (prompt === undefined || completion === undefined) {
    return undefined;
  }
  return prompt < 0 || completion < 0 ? { kind: 'variable' } : { kind: 'fixed', prompt, completion };
}

function pricePerMillion(value: unknown): MicroDollars | undefined {
  const perToken = typeof value === 'string' && value.trim() !== '' ? Number(value) : numberIn(value);
  return perToken === undefined ? undefined : microDollarsFrom(perToken * 1_000_000);
}

function readCapabilities(row: JsonObject): readonly Capability[] {
  const parameters = new Set(arrayIn(row['supported_parameters']));
  const inputs = new Set(arrayIn(objectIn(row['architecture'])?.['input_modalities']));
  const found: readonly (readonly [Capability, boolean])[] = [
    ['tools', parameters.has('tools')],
    ['structured output', parameters.has('structured_outputs')],
    ['reasoning', parameters.has('reasoning')],
    ['images', inputs.has('image')],
    ['files', inputs.has('file')],
    ['audio', inputs.has('audio')],
  ];
  return found.flatMap(([capability, present]) => (present ? [capability] : []));
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
