import { microDollarsFrom, type MicroDollars } from '../model/money.ts';
import type { Capability, Model, Pricing } from '../model/model.ts';
import type { Source, Usage } from '../conversation/message.ts';
import { arrayIn, numberIn, objectIn, objectsIn, textIn, type JsonObject } from '../util/json.ts';

/**
 * Tolerant readers for what the service sends. It adds fields, enum values and nulls without notice, so nothing
 * here refuses an answer because of something it does not know.
 */

/** An amount in US dollars, as a number or as text. */
export function moneyIn(value: unknown): MicroDollars | undefined {
  return typeof value === 'number' || typeof value === 'string' ? microDollarsFrom(value) : undefined;
}

/** `GET /generation`: what one answer took and cost; absent when the body is no such record. */
export function readGeneration(body: unknown): Usage | undefined {
  const data = objectIn(objectIn(body)?.['data']);
  const cost = moneyIn(data?.['total_cost']);
  if (!data || cost === undefined) {
    return undefined;
  }
  const tokens = (field: string): number => numberIn(data[`native_${field}`]) ?? numberIn(data[field]) ?? 0;
  const upstream = data['is_byok'] === true ? moneyIn(data['upstream_inference_cost']) : undefined;
  return {
    promptTokens: tokens('tokens_prompt'),
    completionTokens: tokens('tokens_completion'),
    cost: cost + (upstream ?? 0),
    ...(upstream === undefined ? {} : { ownKeyCost: upstream }),
  };
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
  const slug = textIn(row['canonical_slug']);
  const description = textIn(row['description']);
  const contextLength = numberIn(row['context_length']);
  const maxOutput = numberIn(objectIn(row['top_provider'])?.['max_completion_tokens']);
  const pricing = readPricing(objectIn(row['pricing']));
  return {
    id,
    name: textIn(row['name']) ?? id,
    capabilities: readCapabilities(row),
    ...(slug === undefined || slug === id ? {} : { slug }),
    ...(description === undefined ? {} : { description }),
    ...(contextLength === undefined || contextLength <= 0 ? {} : { contextLength }),
    ...(maxOutput === undefined || maxOutput <= 0 ? {} : { maxOutput }),
    ...(pricing === undefined ? {} : { pricing }),
    ...readControls(row),
  };
}

type Control = 'reasoning' | 'fixedTemperature' | 'toolless' | 'explicitCache';

/** What of a request this model takes or refuses. */
function readControls(row: JsonObject): Pick<Model, Control> {
  const parameters = arrayIn(row['supported_parameters']);
  const reasoning = objectIn(row['reasoning']);
  const cacheWrite = pricePerMillion(objectIn(row['pricing'])?.['input_cache_write']);
  const efforts = arrayIn(reasoning?.['supported_efforts']).filter((each) => typeof each === 'string');
  return {
    ...(reasoning && {
      reasoning: { mandatory: reasoning['mandatory'] === true, ...(efforts.length > 0 && { efforts }) },
    }),
    // A list that is empty says nothing; routers have none.
    ...(parameters.length > 0 && !parameters.includes('temperature') && { fixedTemperature: true }),
    ...(parameters.length > 0 && !parameters.includes('tools') && { toolless: true }),
    ...(cacheWrite !== undefined && cacheWrite > 0 && { explicitCache: true }),
  };
}

/** `pricing` of a model or an endpoint: prices come per token; micro-dollars per million keep them whole numbers. */
export function readPricing(pricing: JsonObject | undefined): Pricing | undefined {
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
    ...(cost === undefined || upstream === undefined ? {} : { ownKeyCost: upstream }),
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
