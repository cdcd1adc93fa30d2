import { chargeFor, pricesFor, roundUsd, usageOf } from './billing.ts';
import type { Run } from './run.ts';
import type { Exchange } from './exchange.ts';
import type { Service } from './service.ts';

/** Charges a complete answer, and keeps it when the cache is wanted. */
export function settleCompleted(exchange: Exchange, service: Service, run: Run): unknown {
  const usage = settle(exchange, service, run, {
    completionTokens: run.answer.completionTokens,
    finishReason: run.answer.finishReason,
  });
  if (run.cacheName !== undefined) {
    service.cache.store(run.cacheName, {
      head: run.head,
      answer: run.answer,
      promptTokens: run.promptTokens,
    });
  }
  return usage;
}

/** A run that fails is not charged. */
export function settleFailed(exchange: Exchange, service: Service, run: Run): unknown {
  return settle(exchange, service, run, { completionTokens: 0, finishReason: 'error' });
}

/** A run that the client left is charged for what was written, or whole when the provider cannot stop. */
export function settleCancelled(exchange: Exchange, service: Service, run: Run, pieces: number): void {
  const stops = run.found.served.provider.cancels;
  const completionTokens = stops
    ? Math.min(pieces, run.answer.completionTokens)
    : run.answer.completionTokens;
  settle(exchange, service, run, { completionTokens, finishReason: null });
}

/** How a run ended. `null` as reason means that the client left; `error` that nothing is charged. */
interface Settlement {
  readonly completionTokens: number;
  readonly finishReason: string | null;
}

/** Charges the key for a run that has ended, remembers the generation and returns its `usage`. */
function settle(exchange: Exchange, service: Service, run: Run, settlement: Settlement): unknown {
  const { key, found, answer, scenario, head } = run;
  const { completionTokens, finishReason } = settlement;
  const own = scenario.ownProviderKey ?? false;
  const fee = scenario.ownProviderKeyFee ?? 0;
  const endedAt = service.clock.now();
  const prices = pricesFor(found.served.endpoint.pricing, run.promptTokens, run.startedAt);
  const searches = answer.annotations.length > 0 ? 1 : 0;
  // What has no answer and no end of its own is not charged either.
  const failed = finishReason === 'error' || (finishReason === null && completionTokens === 0);
  const cached = Math.floor(run.promptTokens * (scenario.promptCache ?? 0));
  const charge = failed
    ? { promptTokens: run.promptTokens, cachedTokens: 0, promptCost: 0, completionCost: 0, total: 0 }
    : chargeFor(prices, run.promptTokens, completionTokens, { searches, cached });
  const cost = own ? roundUsd(charge.total * fee) : charge.total;
  service.accounts.charge(key, cost, own ? charge.total : 0);
  const { headers } = exchange.request;
  service.generations.remember({
    id: head.id,
    key,
    createdAt: run.startedAt,
    model: head.model,
    providerName: head.provider,
    apiType: 'completions',
    streamed: run.request.stream,
    cancelled: finishReason === null,
    finishReason,
    nativeFinishReason: finishReason === null ? null : answer.nativeFinishReason,
    promptTokens: run.promptTokens,
    cachedTokens: charge.cachedTokens,
    completionTokens,
    reasoningTokens: Math.min(answer.reasoningTokens, completionTokens),
    cost,
    upstreamCost: charge.total,
    ownProviderKey: own,
    elapsedMs: Math.round(endedAt - run.startedAt),
    latencyMs: scenario.pace?.firstTokenMs ?? service.pace.firstTokenMs ?? 0,
    referer: headers.referer ?? null,
    userAgent: headers['user-agent'] ?? null,
    lag: scenario.generationLag ?? service.generationLag,
  });
  return usageOf(charge, { ...answer, completionTokens }, { cost, ownProviderKey: own });
}
