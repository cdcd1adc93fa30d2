import { t } from '@vscode/l10n';
import type { Endpoint } from '../../core/model/endpoint.ts';
import { formatPrice } from '../../core/money/money.ts';
import { formatNumber, formatPercent, formatTokens } from '../platform/formats.ts';

/** An endpoint in one line: price, speed, uptime, and how the model runs there. */
export function describeEndpoint(endpoint: Endpoint): string {
  const { pricing, contextLength, quantization, latencyMs, throughput, uptime, degraded } = endpoint;
  const facts: readonly (string | undefined)[] = [
    degraded ? t('degraded') : undefined,
    pricing?.kind === 'fixed'
      ? t('{0} input, {1} output', formatPrice(pricing.prompt), formatPrice(pricing.completion))
      : undefined,
    latencyMs === undefined ? undefined : t('{0} s to first token', formatNumber(latencyMs / 1_000, 2)),
    throughput === undefined ? undefined : t('{0} tokens/s', formatNumber(throughput)),
    uptime === undefined ? undefined : t('{0} uptime', formatPercent(uptime / 100, { decimals: 1 })),
    quantization,
    contextLength === undefined ? undefined : t('{0} context', formatTokens(contextLength)),
  ];
  return facts.filter((each) => each !== undefined).join(' · ');
}
