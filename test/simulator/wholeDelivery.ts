import { completionBody } from './completion.ts';
import type { Exchange } from './exchange.ts';
import { settleCancelled, settleCompleted, settleFailed } from './ledger.ts';
import { routingMetadata } from './routingMetadata.ts';
import type { Run } from './run.ts';
import type { Service } from './service.ts';
import { untilSettled } from './streamDelivery.ts';
import { countTokens } from './tokens.ts';

/** Sends an answer as one body, or fails on the way as the scenario says. */
export async function deliverWhole(
  exchange: Exchange,
  service: Service,
  run: Run,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { scenario, head, answer } = run;
  await thinkingTime(exchange, service, run);
  const { ending } = scenario;
  switch (ending?.kind) {
    case undefined: {
      const usage = settleCompleted(exchange, service, run);
      const body = { ...completionBody(head, answer, usage), ...routingMetadata(exchange, run) };
      exchange.reply({ status: 200, body, headers });
      return;
    }
    case 'error': {
      const partial = {
        ...answer,
        finishReason: 'error',
        nativeFinishReason: 'error',
        content: answer.content.slice(0, 80),
      };
      const usage = settleFailed(exchange, service, run);
      exchange.reply({ status: 200, body: completionBody(head, partial, usage), headers });
      return;
    }
    case 'truncate':
    case 'reset': {
      settleFailed(exchange, service, run);
      exchange.begin(200, { 'Content-Type': 'application/json', ...headers });
      const text = JSON.stringify(completionBody(head, answer, null));
      await exchange.write(text.slice(0, text.length / 2));
      if (ending.kind === 'reset') exchange.cut();
      else exchange.end();
      return;
    }
    case 'stall':
      await service.clock.wait(24 * 60 * 60 * 1000, exchange.closed);
      settleCancelled(exchange, service, run, 0);
      return;
    default:
      ending satisfies never;
  }
}

/** What the same answer would have taken as a stream. */
async function thinkingTime(exchange: Exchange, service: Service, run: Run): Promise<void> {
  const { firstTokenMs = 0, tokensPerSecond } = run.scenario.pace ?? service.pace;
  const pieces =
    tokensPerSecond === undefined ? 0 : (countTokens(run.answer.content) * 1000) / tokensPerSecond;
  if (firstTokenMs + pieces > 0) await service.clock.wait(firstTokenMs + pieces, exchange.closed);
  const { pause } = run.scenario;
  if (pause) await untilSettled(pause.until, exchange.closed);
}
