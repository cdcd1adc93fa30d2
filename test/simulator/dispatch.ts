import type { Caller } from './chat.ts';
import {
  bodyTooLarge,
  inferenceOnly,
  managementOnly,
  missingKey,
  noSuchRoute,
  unknownKey,
  wrongMethod,
} from './errors.ts';
import type { Exchange, HttpReply } from './exchange.ts';
import { refuse } from './refusal.ts';
import type { Route, Visit } from './routes.ts';
import { routes } from './routes.ts';
import type { Service } from './service.ts';

const apiPrefix = '/api/v1';

/** Answers one request: the scenario first where it reaches, then the route, the key and the handler. */
export async function dispatch(exchange: Exchange, service: Service): Promise<void> {
  const { url } = exchange;
  const { scenario } = service;
  exchange.note({ scenario: scenario.name });
  const text = await exchange.readBody();
  await service.untilReleased(url.pathname.replace(apiPrefix, ''));
  if (isWithin(url.pathname, scenario.reach)) {
    const refusal = service.dueRefusal(scenario, text ?? '');
    if (refusal) {
      refuse(exchange, service, refusal);
      return;
    }
  }
  const method = exchange.request.method ?? 'GET';
  const there = routes.filter((route) => route.pattern.test(url.pathname));
  const found = there.find((route) => route.method === method);
  if (!found) {
    exchange.reply(there.length > 0 ? wrongMethod : noSuchRoute);
    return;
  }
  if (text === undefined) {
    exchange.reply(bodyTooLarge);
    return;
  }
  const groups = found.pattern.exec(url.pathname)?.slice(1) ?? [];
  const parts = groups.map((part) => decodeURIComponent(part));
  await answer(found, { exchange, service, url, parts, text });
}

async function answer(route: Route, visit: Visit): Promise<void> {
  const { exchange } = visit;
  if (route.access === 'open') {
    exchange.reply(route.answer(visit));
    return;
  }
  const caller = callerOf(visit);
  if (!isCaller(caller)) {
    exchange.reply(caller);
    return;
  }
  const { is_management_key: manages } = caller.record;
  switch (route.access) {
    case 'key':
      exchange.reply(route.answer(visit, caller));
      return;
    case 'management':
      exchange.reply(manages ? route.answer(visit, caller) : managementOnly);
      return;
    case 'inference':
      if (manages) exchange.reply(inferenceOnly);
      else await route.answer(visit, caller);
      return;
    default:
      route satisfies never;
  }
}

function callerOf({ exchange, service, text }: Visit): Caller | HttpReply {
  const header = exchange.request.headers.authorization ?? '';
  const key = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
  if (key === undefined) return missingKey;
  const record = service.accounts.find(key);
  return record ? { key, record, text } : unknownKey;
}

function isCaller(value: Caller | HttpReply): value is Caller {
  return 'record' in value;
}

/** Refusals of the model endpoints alone wait until the request is known to be one of theirs. */
function isWithin(path: string, reach: Service['scenario']['reach']): boolean {
  if (reach === 'everything') return true;
  return typeof reach === 'object' && reach.some((each) => path === each || path === apiPrefix + each);
}
