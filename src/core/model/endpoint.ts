import { formatPrice } from './money.ts';
import { formatTokens, type Pricing } from './model.ts';

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

/** One line on an endpoint: what it costs, how fast and how steady it is, and how the model runs there. */
export function describeEndpoint(endpoint: Endpoint): string {
  const { pricing, contextLength, quantization, latencyMs, throughput, uptime, degraded } = endpoint;
  const facts: readonly (string | undefined)[] = [
    degraded ? 'degraded' : undefined,
    pricing?.kind === 'fixed'
      ? `${formatPrice(pricing.prompt)} in, ${formatPrice(pricing.completion)} out`
      : undefined,
    latencyMs === undefined ? undefined : `${(latencyMs / 1_000).toFixed(2)} s to the first token`,
    throughput === undefined ? undefined : `${String(Math.round(throughput))} tokens/s`,
    uptime === undefined ? undefined : `${uptime.toFixed(1)} % up`,
    quantization,
    contextLength === undefined ? undefined : `${formatTokens(contextLength)} context`,
  ];
  return facts.filter((each) => each !== undefined).join(' · ');
}
