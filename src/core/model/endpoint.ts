import type { Pricing } from './pricing.ts';

/** One provider's endpoint for a model. Sizes are in tokens; what the service omits is absent. */
export interface Endpoint {
  readonly providerName: string;
  /** Its name in routing: the provider's slug, with the variant if there are several. */
  readonly tag: string;
  readonly pricing?: Pricing;
  readonly contextLength?: number;
  readonly quantization?: string;
  /** Median time to first token over 30 minutes. */
  readonly latencyMs?: number;
  /** Median tokens per second over 30 minutes. */
  readonly throughput?: number;
  /** Percent over the last day, or the shortest known period. */
  readonly uptime?: number;
  /** The service lists it as degraded or off. */
  readonly degraded: boolean;
}

/** The provider of an endpoint, as far as the service says. */
export interface Provider {
  readonly slug: string;
  readonly privacyPolicyUrl?: string;
}

/** An endpoint's provider: its tag without the variant. */
export function providerSlug(tag: string): string {
  return tag.split('/', 1)[0] ?? tag;
}

/** A model's endpoints. */
export interface ModelEndpoints {
  readonly endpoints: readonly Endpoint[];
  readonly providers: readonly Provider[];
  /** Endpoints that retain no data; absent if the service doesn't say. */
  readonly zeroRetention?: ReadonlySet<string>;
}

/** Tells who offers a model. Throws a `RequestError`. */
export interface EndpointSource {
  endpointsOf(modelId: string, signal: AbortSignal): Promise<ModelEndpoints>;
}
