import { spendable } from './accounts.ts';
import { markedScenario, modelScenario, planAnswer } from './answer.ts';
import { affordableTokens, pricesFor, promptTokens } from './billing.ts';
import type { ChatRequest } from './chatRequest.ts';
import { readChatRequest } from './chatRequest.ts';
import { nextUtcMidnight } from './clock.ts';
import { disconnected } from './completion.ts';
import { deliver, deliverCached } from './delivery.ts';
import { badRequest, creditReply, errorReply, freeDailyReply, providerErrorReply } from './errors.ts';
import type { Exchange, HttpReply } from './exchange.ts';
import { isObject, parseJson } from './json.ts';
import type { KeyRecord } from './keys.ts';
import { refuse } from './refusal.ts';
import { cacheWish } from './responseCache.ts';
import { requestProblem } from './requestProblem.ts';
import type { Route } from './routing.ts';
import { route } from './routing.ts';
import type { Run } from './run.ts';
import type { Scenario } from './scenario.ts';
import { findScenario } from './scenarios.ts';
import type { Service } from './service.ts';
import { invalidSchemaBody, strictSchemaProblem } from './strictSchemaCheck.ts';

type Found = Extract<Route, { found: true }>;

/** Who asks, and with what. */
export interface Caller {
  readonly key: string;
  readonly record: KeyRecord;
  /** The body as it came. */
  readonly text: string;
}

/** Answers `POST /chat/completions`. */
export async function chat(exchange: Exchange, service: Service, caller: Caller): Promise<void> {
  const body = parseJson(caller.text)?.value;
  const problem = isObject(body) ? requestProblem(body) : 'Invalid JSON in request body';
  if (!isObject(body) || problem !== undefined) {
    exchange.reply(badRequest(problem ?? ''));
    return;
  }
  const request = readChatRequest(body);
  const scenario = scenarioFor(request, service);
  if (scenario === undefined) {
    exchange.reply(badRequest('The simulator has no scenario of that name'));
    return;
  }
  exchange.note({ scenario: scenario.name });
  const refusal = meetsInference(scenario) ? service.dueRefusal(scenario, caller.text) : undefined;
  if (refusal) refuse(exchange, service, refusal);
  else if (scenario.errorBody) exchange.reply({ status: 200, body: { error: disconnected } });
  else await answer(exchange, service, { caller, request, scenario });
}

/** A scenario that the request names itself comes before the one in force. */
function scenarioFor(request: ChatRequest, service: Service): Scenario | undefined {
  const named = markedScenario(request) ?? modelScenario(request);
  return named === undefined ? service.scenario : findScenario(named);
}

/** A refusal of some paths was given before this; one that the request names itself is meant for this request. */
function meetsInference(scenario: Scenario): boolean {
  const { reach = 'inference' } = scenario;
  return typeof reach === 'string';
}

interface Ask {
  readonly caller: Caller;
  readonly request: ChatRequest;
  readonly scenario: Scenario;
}

async function answer(exchange: Exchange, service: Service, ask: Ask): Promise<void> {
  const { caller, request, scenario } = ask;
  const found = route(request, {
    catalog: service.catalog,
    now: service.clock.now(),
    excludedAuthors: caller.record.excluded_authors,
    failing: scenario.failing ?? [],
  });
  if (!found.found) {
    exchange.reply(found.reply);
    return;
  }
  const objection =
    reasoningObjection(request, found) ??
    schemaObjection(request, found) ??
    lengthObjection(request, found) ??
    creditObjection(service, ask, found);
  if (objection) {
    exchange.reply(objection);
    return;
  }
  if (isFree(found)) service.accounts.countFree(caller.key);
  await run(exchange, service, ask, found);
}

async function run(exchange: Exchange, service: Service, ask: Ask, found: Found): Promise<void> {
  const { caller, request, scenario } = ask;
  const wish = cacheWish(exchange.request.headers);
  const cacheName = wish.enabled ? service.cache.nameOf(caller.key, request.body) : undefined;
  const cached = cacheName === undefined ? undefined : service.cache.find(cacheName, wish);
  const now = service.clock.now();
  const id = service.generations.newId(now);
  exchange.note({ generation: id });
  const { model } = found.entry;
  const head = {
    id,
    created: Math.floor(now / 1000),
    model: model.canonical_slug,
    provider: found.served.provider.name,
  };
  const planned: Run = {
    key: caller.key,
    request,
    scenario,
    found,
    head,
    answer: cached?.answer ?? planAnswer(request, found.entry, scenario.answer ?? {}),
    promptTokens: promptTokens(request),
    startedAt: now,
    cacheName,
    cacheSeconds: wish.seconds,
  };
  if (cached) await deliverCached(exchange, service, planned, cached);
  else await deliver(exchange, service, planned);
}

/** Aliases remap an effort that the model refuses; concrete models do not. */
function reasoningObjection(request: ChatRequest, found: Found): HttpReply | undefined {
  const { reasoning: support } = found.entry.model;
  const { effort, enabled } = request.reasoning;
  if (!support || found.requested.startsWith('~')) return undefined;
  if (support.mandatory && (effort === 'none' || enabled === false)) {
    return badRequest(`Reasoning is mandatory for ${found.requested} and cannot be disabled`);
  }
  const efforts = support.supported_efforts ?? [];
  if (typeof effort !== 'string' || effort === 'none' || efforts.length === 0 || efforts.includes(effort))
    return undefined;
  return badRequest(`reasoning.effort: ${effort} is not supported; use one of ${efforts.join(', ')}`);
}

function schemaObjection(request: ChatRequest, found: Found): HttpReply | undefined {
  const { format } = request;
  const { name } = found.served.provider;
  if (format.type === 'json_schema' && format.strict) {
    const problem = strictSchemaProblem(format.schema, `response_format '${format.name}'`);
    if (problem !== undefined)
      return providerErrorReply(400, invalidSchemaBody(problem, 'response_format'), name);
  }
  for (const tool of request.tools.filter(({ strict }) => strict)) {
    const problem = strictSchemaProblem(tool.parameters, `function '${tool.name}'`);
    if (problem !== undefined) return providerErrorReply(400, invalidSchemaBody(problem, 'tools'), name);
  }
  return undefined;
}

function lengthObjection(request: ChatRequest, found: Found): HttpReply | undefined {
  const limit = found.entry.model.context_length;
  const prompt = promptTokens(request);
  const requested = prompt + (request.maxTokens ?? 0);
  if (limit === null || requested <= limit) return undefined;
  const message =
    `This endpoint's maximum context length is ${String(limit)} tokens. However, you requested about ${String(requested)} tokens ` +
    `(${String(prompt)} of text input, ${String(request.maxTokens ?? 0)} in the output). Please reduce the length of either one.`;
  return errorReply(400, message, { metadata: { error_type: 'context_length_exceeded' } });
}

/** The service reserves the price of the longest possible answer before it begins. */
function creditObjection(service: Service, ask: Ask, found: Found): HttpReply | undefined {
  const { caller, request, scenario } = ask;
  const now = service.clock.now();
  const record = service.accounts.find(caller.key) ?? caller.record;
  if (isFree(found)) {
    const { limit, remaining } = record.free_model_daily_requests;
    if (remaining <= 0) return freeDailyReply(nextUtcMidnight(now), limit);
  }
  if (scenario.ownProviderKey) return undefined;
  const prompt = promptTokens(request);
  const prices = pricesFor(found.served.endpoint.pricing, prompt, now);
  const budget = spendable(record);
  const requested = request.maxTokens ?? found.entry.model.top_provider.max_completion_tokens ?? 65_536;
  const affordable = budget < 0 ? 0 : affordableTokens(prices, prompt, budget);
  return affordable >= requested ? undefined : creditReply(requested, affordable);
}

function isFree(found: Found): boolean {
  return found.entry.model.id.endsWith(':free');
}
