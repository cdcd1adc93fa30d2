import type { Answer } from './answer.ts';
import { chargeFor, usageOf } from './billing.ts';
import { answerChunks, finishChunk, usageChunk } from './chunks.ts';
import { completionBody } from './completion.ts';
import type { Exchange } from './exchange.ts';
import type { CachedAnswer } from './responseCache.ts';
import type { Run } from './run.ts';
import type { Service } from './service.ts';
import { EventStream } from './stream.ts';
import { deliverStream } from './streamDelivery.ts';
import { deliverWhole } from './wholeDelivery.ts';

/** Sends a planned answer in the form that was asked for. */
export async function deliver(exchange: Exchange, service: Service, run: Run): Promise<void> {
  const cacheHeaders: Readonly<Record<string, string>> =
    run.cacheName === undefined
      ? {}
      : { 'X-OpenRouter-Cache-Status': 'MISS', 'X-OpenRouter-Cache-TTL': String(run.cacheSeconds) };
  const headers = { 'X-Generation-Id': run.head.id, ...cacheHeaders };
  if (run.request.stream) await deliverStream(exchange, service, run, headers);
  else await deliverWhole(exchange, service, run, headers);
}

/** Sends a kept answer again: a new id, no tokens, no charge. */
export async function deliverCached(
  exchange: Exchange,
  service: Service,
  run: Run,
  cached: CachedAnswer,
): Promise<void> {
  const headers = {
    'X-Generation-Id': run.head.id,
    'X-OpenRouter-Cache-Status': 'HIT',
    'X-OpenRouter-Cache-Age': String(service.cache.ageOf(cached)),
    'X-OpenRouter-Cache-TTL': String(run.cacheSeconds),
    'X-OpenRouter-Cache-Source-Id': cached.head.id,
  };
  const free: Answer = { ...run.answer, completionTokens: 0, reasoningTokens: 0 };
  const usage = usageOf(chargeFor({ prompt: '0', completion: '0' }, 0, 0), free, {
    cost: 0,
    ownProviderKey: false,
  });
  if (!run.request.stream) {
    exchange.reply({ status: 200, body: completionBody(run.head, run.answer, usage), headers });
    return;
  }
  const stream = new EventStream(exchange, service.clock, { framing: run.scenario.framing ?? {}, pace: {} });
  await stream.open(headers);
  for (const json of answerChunks(run.head, run.answer)) await stream.piece(json);
  await stream.event(finishChunk(run.head, run.answer));
  await stream.event(usageChunk(run.head, run.answer, usage, run.scenario.framing?.usage ?? 'with-choice'));
  await stream.done();
}
