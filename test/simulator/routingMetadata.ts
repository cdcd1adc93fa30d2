import type { Run } from './run.ts';
import { endpointsOf } from './endpoints.ts';
import type { Exchange } from './exchange.ts';

const strategies: Readonly<Record<string, string>> = {
  'openrouter/auto': 'auto',
  'openrouter/auto-beta': 'auto',
  'openrouter/free': 'free',
  'openrouter/pareto-code': 'pareto',
  'openrouter/fusion': 'fusion',
  'openrouter/bodybuilder': 'bodybuilder',
};

/** The member `openrouter_metadata`, for requests that ask for it in a header. */
export function routingMetadata(exchange: Exchange, run: Run): Readonly<Record<string, unknown>> {
  const { headers } = exchange.request;
  const wish = headers['x-openrouter-metadata'] ?? headers['x-openrouter-experimental-metadata'];
  if (wish !== 'enabled') return {};
  const { requested, entry, served } = run.found;
  const available = endpointsOf(entry).map(({ endpoint, provider }) => ({
    provider: provider.name,
    model: endpoint.model_id,
    selected: provider.slug === served.provider.slug,
  }));
  const tried = run.request.models.slice(0, run.request.models.indexOf(requested));
  return {
    openrouter_metadata: {
      requested: run.request.models[0],
      strategy: strategyOf(requested, tried.length),
      region: null,
      summary: `Simulated: ${requested} was answered by ${served.provider.name}`,
      attempt: tried.length + 1,
      is_byok: run.scenario.ownProviderKey ?? false,
      endpoints: { total: available.length, available },
      attempts: [
        ...tried.map((model) => ({ provider: null, model, status: 503 })),
        { provider: served.provider.name, model: entry.model.id, status: 200 },
      ],
    },
  };
}

function strategyOf(requested: string, failures: number): string {
  if (failures > 0) return 'fallback';
  return requested.startsWith('~') ? 'latest' : (strategies[requested] ?? 'direct');
}
