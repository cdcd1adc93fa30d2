import type { Catalog } from './catalog.ts';
import type { CatalogEntry, Pricing } from './model.ts';
import { priceString } from './model.ts';
import type { Provider } from './providers.ts';
import { providers } from './providers.ts';

/** One provider's offer of one model, as routing and `GET /models/…/endpoints` see it. */
export interface Endpoint {
  readonly name: string;
  readonly model_id: string;
  readonly model_name: string;
  readonly provider_name: string;
  /** The slug to use in routing: the provider's, with the region or variant when it has several. */
  readonly tag: string;
  readonly context_length: number | null;
  readonly max_completion_tokens: number | null;
  readonly max_prompt_tokens: number | null;
  readonly pricing: Pricing;
  readonly quantization: string | null;
  readonly supported_parameters: readonly string[];
  readonly supports_implicit_caching: boolean;
  readonly supports_tool_choice: boolean;
  readonly supports_voice_cloning: boolean;
  readonly status: number;
  readonly uptime_last_5m: number | null;
  readonly uptime_last_30m: number | null;
  readonly uptime_last_1d: number | null;
  readonly latency_last_30m: Percentiles | null;
  readonly throughput_last_30m: Percentiles | null;
}

interface Percentiles {
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p99: number;
}

/** An endpoint with the provider behind it. */
export interface ServedEndpoint {
  readonly endpoint: Endpoint;
  readonly provider: Provider;
}

const quantizations = ['fp8', 'bf16', 'fp4', 'int8', 'unknown'];

/** The endpoints of a model, the cheapest first: later providers are a little dearer and support a little less. */
export function endpointsOf(entry: CatalogEntry): readonly ServedEndpoint[] {
  const isOpen = entry.model.hugging_face_id !== null;
  return entry.providers.flatMap((slug, position) => {
    const provider = providers.get(slug);
    return provider ? [{ provider, endpoint: endpointOf(entry, provider, position, isOpen) }] : [];
  });
}

/** Every endpoint that keeps nothing: the body of `GET /endpoints/zdr`. */
export function retainNothingReply(catalog: Catalog): unknown {
  const offers = catalog.entries.filter((entry) => entry.target === undefined).flatMap(endpointsOf);
  return { data: offers.filter((offer) => offer.provider.retainsNothing).map((offer) => offer.endpoint) };
}

/** The body of `GET /models/{author}/{slug}/endpoints`. */
export function endpointsReply(entry: CatalogEntry): unknown {
  const { id, name, created, description, architecture } = entry.model;
  const endpoints = endpointsOf(entry).map((offer) => offer.endpoint);
  return { data: { id, name, created, description, architecture, endpoints } };
}

function endpointOf(entry: CatalogEntry, provider: Provider, position: number, isOpen: boolean): Endpoint {
  const { model } = entry;
  // A router has no endpoint of its own, so its price stays undecided.
  const factor = Number(model.pricing.prompt) < 0 ? 1 : 1 + position * 0.15;
  const quantization = isOpen ? (quantizations[position % quantizations.length] ?? 'unknown') : null;
  const latency = 0.35 + position * 0.2;
  const throughput = 140 - position * 22;
  return {
    name: `${provider.name} | ${model.canonical_slug}`,
    model_id: model.id,
    model_name: model.name,
    provider_name: provider.name,
    tag:
      quantization === null || quantization === 'unknown'
        ? provider.slug
        : `${provider.slug}/${quantization}`,
    context_length: model.context_length,
    max_completion_tokens: model.top_provider.max_completion_tokens,
    max_prompt_tokens: null,
    pricing: dearer(model.pricing, factor),
    quantization,
    supported_parameters:
      isOpen && position > 0 ? withoutSchema(model.supported_parameters) : model.supported_parameters,
    supports_implicit_caching: model.pricing.input_cache_read !== undefined,
    supports_tool_choice: model.supported_parameters.includes('tool_choice'),
    supports_voice_cloning: false,
    status: 0,
    uptime_last_5m: 100,
    uptime_last_30m: 99.9 - position,
    uptime_last_1d: 99.5 - position,
    latency_last_30m: { p50: latency, p75: latency * 1.4, p90: latency * 2, p99: latency * 5 },
    throughput_last_30m: {
      p50: throughput,
      p75: throughput * 0.8,
      p90: throughput * 0.6,
      p99: throughput * 0.2,
    },
  };
}

function withoutSchema(parameters: readonly string[]): readonly string[] {
  return parameters.filter((parameter) => parameter !== 'structured_outputs');
}

function dearer(pricing: Pricing, factor: number): Pricing {
  if (factor === 1) return pricing;
  return {
    ...pricing,
    prompt: priceString(Number(pricing.prompt) * 1e6 * factor),
    completion: priceString(Number(pricing.completion) * 1e6 * factor),
  };
}
