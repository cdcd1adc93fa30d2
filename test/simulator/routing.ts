import type { Catalog } from './catalog.ts';
import type { ChatRequest } from './chatRequest.ts';
import { utcDate } from './clock.ts';
import type { ServedEndpoint } from './endpoints.ts';
import { endpointsOf } from './endpoints.ts';
import { availabilityReply, errorReply } from './errors.ts';
import type { HttpReply } from './exchange.ts';
import { listOf, numberOf, objectOf, textsOf } from './json.ts';
import type { CatalogEntry } from './model.ts';

/** Who answers, or why nobody does. */
export type Route =
  | {
      readonly found: true;
      /** The id that was asked for, of those in the chain. */
      readonly requested: string;
      readonly entry: CatalogEntry;
      readonly served: ServedEndpoint;
    }
  | { readonly found: false; readonly reply: HttpReply };

/** What routing knows besides the request. */
export interface RoutingFacts {
  readonly catalog: Catalog;
  readonly now: number;
  readonly excludedAuthors: readonly string[];
  /** The scenario's models that fail. */
  readonly failing: 'first' | readonly string[];
}

/** Tries the models of the request in order; the reply of the last failure is the answer when all fail. */
export function route(request: ChatRequest, facts: RoutingFacts): Route {
  let last: Route = { found: false, reply: errorReply(404, 'No endpoints found') };
  for (const [position, id] of request.models.entries()) {
    const fails = facts.failing === 'first' ? position === 0 : facts.failing.includes(id);
    last = fails ? overloaded(id) : routeOne(id, request, facts);
    if (last.found) return last;
  }
  return last;
}

const suffixes = /:(nitro|floor|exacto|online|extended)$/;

/** The entry that answers for an id: suffixes taken off, aliases and routers followed. */
export function resolveModel(catalog: Catalog, id: string): CatalogEntry | undefined {
  const asked = catalog.find(id) ?? catalog.find(id.replace(suffixes, ''));
  return asked?.target === undefined ? asked : catalog.find(asked.target);
}

function routeOne(id: string, request: ChatRequest, facts: RoutingFacts): Route {
  const entry = resolveModel(facts.catalog, id);
  if (!entry) return refused(errorReply(400, `${id} is not a valid model ID`));
  const { model } = entry;
  if (model.id.endsWith(':batch'))
    return unavailable(400, 'wrong_endpoint', `${id} answers in the batch API only`, id);
  if (model.expiration_date !== null && model.expiration_date < utcDate(facts.now)) {
    return unavailable(404, 'model_deprecated', `No endpoints found for ${id}.`, id);
  }
  if (!model.architecture.output_modalities.includes('text')) {
    return unavailable(400, 'wrong_endpoint', `${id} does not answer chat completions`, id);
  }
  if (facts.excludedAuthors.includes(entry.author)) {
    const text =
      'No endpoints found matching your data policy. Configure: https://openrouter.ai/settings/privacy';
    return unavailable(404, 'privacy_restricted', text, id);
  }
  return abilityProblem(entry, request) ?? withProvider(id, entry, request);
}

function abilityProblem(entry: CatalogEntry, request: ChatRequest): Route | undefined {
  const { supported_parameters: parameters, architecture } = entry.model;
  const firstTool = request.tools[0];
  if (firstTool && !parameters.includes('tools')) {
    const text = `No endpoints found that support tool use. Try disabling "${firstTool.name}".`;
    return refused(errorReply(404, text));
  }
  if (
    request.messages.some((message) => message.hasImage) &&
    !architecture.input_modalities.includes('image')
  ) {
    return refused(errorReply(404, 'No endpoints found that support image input'));
  }
  return undefined;
}

function withProvider(id: string, entry: CatalogEntry, request: ChatRequest): Route {
  const offers = endpointsOf(entry);
  const { provider } = request;
  const permitted = offers.filter((offer) => isPermitted(offer, provider));
  if (permitted.length === 0) {
    const serving = offers.map((offer) => offer.provider.slug).join(', ');
    const only = textsOf(provider.only);
    const text =
      only.length > 0
        ? `No allowed providers are available for the selected model. Providers serving ${id}: ${serving}, but your request's provider.only preference permits only: ${only.join(', ')}`
        : `No allowed providers are available for the selected model. Providers serving ${id}: ${serving}`;
    return unavailable(404, 'constraint_filtered', text, id, ['allowed_providers']);
  }
  const excludedBy: string[] = [];
  const narrowed = narrowings(request).reduce((left, [reason, keeps]) => {
    const kept = left.filter(keeps);
    if (kept.length === 0 && left.length > 0) excludedBy.push(reason);
    return kept;
  }, permitted);
  const served = preferred(narrowed, request)[0];
  if (!served) {
    const text = `No endpoints found for ${id} that satisfy your request: ${excludedBy.join(', ')}`;
    return unavailable(404, 'constraint_filtered', text, id, excludedBy);
  }
  return { found: true, requested: id, entry, served };
}

type Narrowing = readonly [reason: string, keeps: (offer: ServedEndpoint) => boolean];

function narrowings(request: ChatRequest): readonly Narrowing[] {
  const { provider } = request;
  const list: Narrowing[] = [];
  if (provider.zdr === true) list.push(['data_policy:zdr', (offer) => offer.provider.retainsNothing]);
  if (provider.data_collection === 'deny') {
    list.push(['data_policy:training', (offer) => !offer.provider.trains]);
  }
  const quantizations = textsOf(provider.quantizations);
  if (quantizations.length > 0) {
    list.push(['quantization', (offer) => quantizations.includes(offer.endpoint.quantization ?? 'unknown')]);
  }
  const maximum = objectOf(provider.max_price);
  for (const side of ['prompt', 'completion'] as const) {
    const limit = numberOf(Number(maximum[side] ?? Infinity));
    if (limit !== undefined) {
      list.push(['max_price', (offer) => Number(offer.endpoint.pricing[side]) * 1e6 <= limit + 1e-9]);
    }
  }
  if (provider.require_parameters === true) {
    const sent = sentParameters(request);
    list.push([
      'require_parameters',
      (offer) => sent.every((name) => offer.endpoint.supported_parameters.includes(name)),
    ]);
  }
  return list;
}

const requirable = ['temperature', 'top_p', 'top_k', 'seed', 'stop', 'verbosity', 'reasoning', 'max_tokens'];

function sentParameters(request: ChatRequest): readonly string[] {
  const sent = requirable.filter((name) => request.body[name] !== undefined && request.body[name] !== null);
  if (request.tools.length > 0) sent.push('tools');
  if (request.format.type === 'json_schema') sent.push('structured_outputs');
  if (request.format.type === 'json_object') sent.push('response_format');
  return sent;
}

function isPermitted(offer: ServedEndpoint, preferences: ChatRequest['provider']): boolean {
  const named = (slug: string): boolean => {
    const { provider, endpoint } = offer;
    return slug === provider.slug || slug === endpoint.tag || slug === provider.name;
  };
  const only = textsOf(preferences.only);
  if (only.length > 0 && !only.some(named)) return false;
  if (textsOf(preferences.ignore).some(named)) return false;
  const order = textsOf(preferences.order);
  return preferences.allow_fallbacks !== false || order.length === 0 || order.some(named);
}

/** The order asked for first; then those that support what was sent; then the cheapest. */
function preferred(offers: readonly ServedEndpoint[], request: ChatRequest): readonly ServedEndpoint[] {
  const order = listOf(request.provider.order);
  const rank = ({ provider, endpoint }: ServedEndpoint): number => {
    const position = order.findIndex(
      (slug) => slug === provider.slug || slug === endpoint.tag || slug === provider.name,
    );
    return position === -1 ? order.length : position;
  };
  const wantsSchema = request.format.type === 'json_schema';
  const lacks = ({ endpoint }: ServedEndpoint): number => {
    return wantsSchema && !endpoint.supported_parameters.includes('structured_outputs') ? 1 : 0;
  };
  return offers.toSorted((a, b) => rank(a) - rank(b) || lacks(a) - lacks(b));
}

function overloaded(id: string): Route {
  return unavailable(503, 'temporarily_unavailable', `${id} is temporarily unavailable`, id);
}

function refused(reply: HttpReply): Route {
  return { found: false, reply };
}

function unavailable(
  status: number,
  code: string,
  text: string,
  id: string,
  excludedBy: readonly string[] = [],
): Route {
  const reply = availabilityReply(status, text, {
    code,
    requested_models: [id],
    ...(excludedBy.length > 0 ? { excluded_by: excludedBy } : {}),
    fallback_models: code === 'constraint_filtered' ? [] : ['anthropic/claude-sonnet-4.6', 'openai/gpt-5.6'],
  });
  return refused(reply);
}
