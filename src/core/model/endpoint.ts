import type { Pricing } from './pricing.ts';

/** One provider's offer of one model. Sizes are in tokens; what the service leaves open is absent. */
export interface Endpoint {
  readonly providerName: string;
  /** What routing names it by: the provider's slug, with the variant where it has several. */
  readonly tag: string;
  readonly pricing?: Pricing;
  readonly contextLength?: number;
  readonly quantization?: string;
  /** Time to the first token, the median of the last 30 minutes. */
  readonly latencyMs?: number;
  /** Tokens per second, the median of the last 30 minutes. */
  readonly throughput?: number;
  /** Percent of the last day, or of the shortest time that is known. */
  readonly uptime?: number;
  /** The service counts it as degraded or off. */
  readonly degraded: boolean;
}

/** Who stands behind an endpoint, as far as the service says. */
export interface Provider {
  readonly slug: string;
  readonly privacyPolicyUrl?: string;
}

/** The provider of an endpoint: what is before the variant in its tag. */
export function providerSlug(tag: string): string {
  return tag.split('/', 1)[0] ?? tag;
}

/** Who offers a model, and on what terms. */
export interface ModelEndpoints {
  readonly endpoints: readonly Endpoint[];
  readonly providers: readonly Provider[];
  /** The tags of the endpoints that retain nothing; absent where the service does not say. */
  readonly zeroRetention?: ReadonlySet<string>;
}

/** Tells who offers a model. Throws a `RequestError`. */
export interface EndpointSource {
  endpointsOf(modelId: string, signal: AbortSignal): Promise<ModelEndpoints>;
}
