import type { Exchange } from './exchange.ts';
import type { Refusal } from './scenario.ts';
import type { Service } from './service.ts';

/** Turns a request away as the scenario says. */
export function refuse(exchange: Exchange, service: Service, refusal: Refusal): void {
  switch (refusal.kind) {
    case 'reply': {
      const { reply } = refusal;
      exchange.reply(typeof reply === 'function' ? reply(service.clock.now()) : reply);
      return;
    }
    case 'redirect':
      exchange.reply({
        status: 302,
        body: '',
        headers: { Location: service.elsewhere + exchange.url.pathname },
      });
      return;
    case 'disconnect':
      exchange.cut();
      return;
    case 'silence':
      // The connection stays open until the client gives up.
      return;
    default:
      refusal satisfies never;
  }
}
