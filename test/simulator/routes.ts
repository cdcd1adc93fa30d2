import type { Caller } from './chat.ts';
import { chat } from './chat.ts';
import { embeddingModelsReply, modelCountReply, modelsReply, userModelsReply } from './catalogQuery.ts';
import { embed } from './embeddings.ts';
import { endpointsReply, retainNothingReply } from './endpoints.ts';
import { errorReply } from './errors.ts';
import type { Exchange, HttpReply } from './exchange.ts';
import { keyData } from './keys.ts';
import { providersReply } from './providers.ts';
import { refuse } from './refusal.ts';
import { resolveModel } from './routing.ts';
import type { Service } from './service.ts';

/** A request that has found its route. */
export interface Visit {
  readonly exchange: Exchange;
  readonly service: Service;
  readonly url: URL;
  /** What the pattern's groups matched, decoded. */
  readonly parts: readonly string[];
  readonly text: string;
}

/** Who may come: everybody, every key, only management keys, or only the others. */
export type Route = {
  readonly method: 'GET' | 'POST';
  readonly pattern: RegExp;
} & (
  | { readonly access: 'open'; readonly answer: (visit: Visit) => HttpReply }
  | { readonly access: 'key' | 'management'; readonly answer: (visit: Visit, caller: Caller) => HttpReply }
  | { readonly access: 'inference'; readonly answer: (visit: Visit, caller: Caller) => Promise<void> | void }
);

/** What the account keeps under names of its own. */
const presets = [
  {
    slug: 'careful-review',
    name: 'Careful Review',
    description: 'Reviews with high effort',
    status: 'active',
  },
  { slug: 'old', name: 'Old', status: 'disabled' },
];

/** Every address of the service. */
export const routes: readonly Route[] = [
  {
    method: 'GET',
    pattern: /^\/api\/v1\/(?:auth\/)?key$/,
    access: 'key',
    answer: (visit, caller) => ok({ data: keyData(caller.record) }),
  },
  {
    method: 'GET',
    pattern: /^\/api\/v1\/credits$/,
    access: 'management',
    answer: (visit, caller) => {
      const { usage, account_balance: balance } = caller.record;
      return ok({ data: { total_credits: usage + balance, total_usage: usage } });
    },
  },
  {
    method: 'GET',
    pattern: /^\/api\/v1\/models$/,
    access: 'open',
    answer: ({ service, url }) => modelsReply(service.catalog, url),
  },
  {
    method: 'GET',
    pattern: /^\/api\/v1\/models\/user$/,
    access: 'key',
    answer: ({ service, url }, caller) => userModelsReply(service.catalog, url, caller.record),
  },
  {
    method: 'GET',
    pattern: /^\/api\/v1\/models\/count$/,
    access: 'open',
    answer: ({ service, url }) => modelCountReply(service.catalog, url),
  },
  {
    method: 'GET',
    pattern: /^\/api\/v1\/embeddings\/models$/,
    access: 'open',
    answer: ({ service, url }) => embeddingModelsReply(service.catalog, url),
  },
  {
    method: 'GET',
    pattern: /^\/api\/v1\/models\/([^/]+)\/([^/]+)\/endpoints$/,
    access: 'open',
    answer: (visit) => {
      const entry = visit.service.catalog.find(visit.parts.join('/'));
      return entry ? ok(endpointsReply(entry)) : modelNotFound(visit.parts);
    },
  },
  {
    method: 'GET',
    pattern: /^\/api\/v1\/model\/([^/]+)\/([^/]+)$/,
    access: 'open',
    answer: (visit) => {
      const entry = resolveModel(visit.service.catalog, visit.parts.join('/'));
      return entry ? ok({ data: entry.model }) : modelNotFound(visit.parts);
    },
  },
  { method: 'GET', pattern: /^\/api\/v1\/providers$/, access: 'open', answer: () => ok(providersReply()) },
  {
    method: 'GET',
    pattern: /^\/api\/v1\/presets$/,
    access: 'key',
    answer: () => ok({ data: presets, total_count: presets.length }),
  },
  {
    method: 'GET',
    pattern: /^\/api\/v1\/endpoints\/zdr$/,
    access: 'open',
    answer: ({ service }) => ok(retainNothingReply(service.catalog)),
  },
  {
    method: 'GET',
    pattern: /^\/api\/v1\/generation$/,
    access: 'key',
    answer: ({ service, url }, caller) => service.generations.reply(url.searchParams.get('id'), caller.key),
  },
  {
    method: 'POST',
    pattern: /^\/api\/v1\/chat\/completions$/,
    access: 'inference',
    answer: ({ exchange, service }, caller) => chat(exchange, service, caller),
  },
  {
    method: 'POST',
    pattern: /^\/api\/v1\/embeddings$/,
    access: 'inference',
    answer: ({ exchange, service }, caller) => {
      const { scenario } = service;
      const inReach = typeof (scenario.reach ?? 'inference') === 'string';
      const refusal = inReach ? service.dueRefusal(scenario, caller.text) : undefined;
      if (refusal) refuse(exchange, service, refusal);
      else embed(exchange, service, caller.key, caller.text);
    },
  },
  {
    method: 'POST',
    pattern: /^\/api\/v1\/auth\/keys$/,
    access: 'open',
    answer: ({ service, text }) => {
      const exchanged = service.codes.redeem(text);
      if (!exchanged.ok) return exchanged.reply;
      const { key, label, limit } = exchanged;
      service.accounts.set(key, { ...(label === undefined ? {} : { label }), limit: limit ?? null });
      return ok({ key, user_id: 'user_simulated' });
    },
  },
  {
    method: 'GET',
    pattern: /^\/auth$/,
    access: 'open',
    answer: ({ service, url }) => service.codes.page(url),
  },
];

function ok(body: unknown): HttpReply {
  return { status: 200, body };
}

function modelNotFound(parts: readonly string[]): HttpReply {
  return errorReply(404, `Model ${parts.join('/')} not found`);
}
