import type { Endpoint, Provider } from '../../model/endpoint.ts';
import type { Preset } from '../../model/preset.ts';
import { numberIn, objectIn, objectsIn, textIn, type JsonObject } from '../../util/json.ts';
import { readPricing } from './priceList.ts';

/** `GET /models/{author}/{slug}/endpoints`: absent if the body isn't such a record; a model may have none. */
export function readEndpoints(body: unknown): readonly Endpoint[] | undefined {
  const list = objectIn(objectIn(body)?.['data'])?.['endpoints'];
  return Array.isArray(list) ? objectsIn(list).flatMap((row) => readEndpoint(row) ?? []) : undefined;
}

/** `GET /endpoints/zdr`: the tags of a model's zero-retention endpoints. */
export function readZeroRetentionTags(body: unknown, modelId: string): ReadonlySet<string> {
  const rows = objectsIn(objectIn(body)?.['data']).filter((row) => row['model_id'] === modelId);
  return new Set(rows.flatMap((row) => textIn(row['tag']) ?? []));
}

/** The same list: the models that have such an endpoint. */
export function readZeroRetentionModels(body: unknown): ReadonlySet<string> {
  return new Set(objectsIn(objectIn(body)?.['data']).flatMap((row) => textIn(row['model_id']) ?? []));
}

/** `GET /presets`: those that can be asked. */
export function readPresets(body: unknown): readonly Preset[] {
  return objectsIn(objectIn(body)?.['data']).flatMap((row) => {
    const slug = textIn(row['slug']);
    const description = textIn(row['description']);
    // An id has no spaces.
    return slug === undefined ||
      /[\s/]/.test(slug) ||
      ['disabled', 'archived'].includes(String(row['status']))
      ? []
      : [{ slug, name: textIn(row['name']) ?? slug, ...(description !== undefined && { description }) }];
  });
}

/** `GET /providers`. */
export function readProviders(body: unknown): readonly Provider[] {
  return objectsIn(objectIn(body)?.['data']).flatMap((row) => {
    const [slug, url] = [textIn(row['slug']), textIn(row['privacy_policy_url'])];
    return slug === undefined ? [] : [{ slug, ...(url !== undefined && { privacyPolicyUrl: url }) }];
  });
}

function readEndpoint(row: JsonObject): Endpoint | undefined {
  const name = textIn(row['provider_name']) ?? textIn(row['name']);
  const tag = textIn(row['tag']) ?? name;
  if (name === undefined || tag === undefined) {
    return undefined;
  }
  const pricing = readPricing(objectIn(row['pricing']));
  const contextLength = numberIn(row['context_length']);
  const quantization = textIn(row['quantization']);
  const latency = medianOf(row['latency_last_30m']);
  const throughput = medianOf(row['throughput_last_30m']);
  const uptime = ['uptime_last_1d', 'uptime_last_30m', 'uptime_last_5m']
    .map((field) => numberIn(row[field]))
    .find((each) => each !== undefined);
  return {
    providerName: name,
    tag,
    degraded: (numberIn(row['status']) ?? 0) < 0,
    ...(pricing && { pricing }),
    ...(contextLength !== undefined && { contextLength }),
    ...(quantization !== undefined && quantization !== 'unknown' && { quantization }),
    ...(latency !== undefined && { latencyMs: inMilliseconds(latency) }),
    ...(throughput !== undefined && { throughput }),
    ...(uptime !== undefined && { uptime }),
  };
}

function medianOf(percentiles: unknown): number | undefined {
  return numberIn(percentiles) ?? numberIn(objectIn(percentiles)?.['p50']);
}

/** OpenRouter uses milliseconds, other servers seconds: no model starts within 30 ms, and none takes 30 s. */
function inMilliseconds(latency: number): number {
  return latency < 30 ? latency * 1_000 : latency;
}
