import { answerChunks, debugChunk, errorChunk, finishChunk, usageChunk } from './chunks.ts';
import type { Exchange } from './exchange.ts';
import { objectOf } from './json.ts';
import { settleCancelled, settleCompleted, settleFailed } from './ledger.ts';
import { routingMetadata } from './routingMetadata.ts';
import type { Run } from './run.ts';
import type { Ending } from './scenario.ts';
import type { Service } from './service.ts';
import { EventStream } from './stream.ts';

/** Sends an answer as a stream, and ends it as the scenario says. */
export async function deliverStream(
  exchange: Exchange,
  service: Service,
  run: Run,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { scenario, head, answer, request } = run;
  const framing = scenario.framing ?? {};
  const stream = new EventStream(exchange, service.clock, { framing, pace: scenario.pace ?? service.pace });
  await stream.open(headers);
  if (objectOf(request.body.debug).echo_upstream_body === true)
    await stream.event(debugChunk(head, request.body));
  const chunks = answerChunks(head, answer);
  const { ending, pause } = scenario;
  const last = ending ? Math.min(ending.after, chunks.length) : chunks.length;
  for (const json of chunks.slice(0, last)) {
    if (exchange.closed.aborted) break;
    if (pause && stream.pieces === pause.after) await untilSettled(pause.until, exchange.closed);
    await stream.piece(json);
  }
  if (exchange.closed.aborted) {
    settleCancelled(exchange, service, run, stream.pieces);
    return;
  }
  if (ending) {
    await endBadly(exchange, service, run, { stream, ending });
    return;
  }
  const usage = settleCompleted(exchange, service, run);
  await stream.event(finishChunk(head, answer));
  const metadata = routingMetadata(exchange, run);
  await stream.event({ ...usageChunk(head, answer, usage, framing.usage ?? 'with-choice'), ...metadata });
  await stream.done();
}

interface BadEnd {
  readonly stream: EventStream;
  readonly ending: Ending;
}

async function endBadly(
  exchange: Exchange,
  service: Service,
  run: Run,
  { stream, ending }: BadEnd,
): Promise<void> {
  switch (ending.kind) {
    case 'error':
      settleFailed(exchange, service, run);
      await stream.event(errorChunk(run.head, ending.shape));
      await stream.done();
      return;
    case 'truncate':
      settleFailed(exchange, service, run);
      exchange.end();
      return;
    case 'reset':
      settleFailed(exchange, service, run);
      exchange.cut();
      return;
    case 'stall':
      await stall(exchange, service, { stream, ending });
      settleCancelled(exchange, service, run, stream.pieces);
      return;
    default:
      ending satisfies never;
  }
}

async function stall(exchange: Exchange, service: Service, { stream, ending }: BadEnd): Promise<void> {
  const every = ending.kind === 'stall' ? ending.commentsEveryMs : undefined;
  while (!exchange.closed.aborted) {
    await service.clock.wait(every ?? 60_000, exchange.closed);
    if (every !== undefined) await stream.comment();
  }
}

/** Waits for a test's own brake, and no longer than the client does. */
export async function untilSettled(promise: Promise<unknown>, closed: AbortSignal): Promise<void> {
  const left = new Promise((resolve) => {
    closed.addEventListener('abort', resolve, { once: true });
  });
  await Promise.race([promise.catch(() => undefined), left]);
}
