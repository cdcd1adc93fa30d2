import { objectIn, type JsonObject } from '../util/json.ts';
import { isFlag, isListOf, isNumber, isObjectOf, isText, type Test } from '../util/shape.ts';

const isPrice: Test = (value) => isNumber(value) || isText(value);
const isSlugs = isListOf(isText);

const isPrices = isObjectOf({
  prompt: isPrice,
  completion: isPrice,
  request: isPrice,
  image: isPrice,
  audio: isPrice,
});
const isPercentiles = isObjectOf({ p50: isNumber, p75: isNumber, p90: isNumber, p99: isNumber });
const isSorting: Test = (value) =>
  isText(objectIn(value)?.['by']) &&
  isObjectOf({ partition: (partition) => partition === 'model' || partition === 'none' })(value);

/** The fields of OpenRouter's `provider` object and their types, for error messages. */
const fields: Readonly<Record<string, readonly [test: Test, takes: string]>> = {
  order: [isSlugs, 'a list of provider slugs'],
  only: [isSlugs, 'a list of provider slugs'],
  ignore: [isSlugs, 'a list of provider slugs'],
  allow_fallbacks: [isFlag, 'true or false'],
  require_parameters: [isFlag, 'true or false'],
  data_collection: [(value) => value === 'allow' || value === 'deny', '"allow" or "deny"'],
  zdr: [isFlag, 'true or false'],
  enforce_distillable_text: [isFlag, 'true or false'],
  quantizations: [isSlugs, 'a list such as ["fp8", "bf16"]'],
  sort: [(value) => isText(value) || isSorting(value), '"price", "throughput", "latency", or "exacto"'],
  max_price: [isPrices, 'an object of prices in USD, such as {"prompt": 1, "completion": 2}'],
  preferred_min_throughput: [
    (value) => isNumber(value) || isPercentiles(value),
    'a number of tokens per second',
  ],
  preferred_max_latency: [(value) => isNumber(value) || isPercentiles(value), 'a number of seconds'],
};

/** OpenRouter's `provider` object: how it chooses among providers. It is sent as the user wrote it. */
export type Routing = JsonObject;

/** A parsed routing setting and its problems. */
export interface ParsedRouting {
  readonly routing: Routing;
  /** Fields with unusable values. Nothing may be sent while there are any: it might go to the wrong provider. */
  readonly faults: readonly string[];
  /** Unknown fields, which the service ignores. They are sent anyway. */
  readonly unknown: readonly string[];
}

/** Parses a routing setting. */
export function parseRouting(value: unknown): ParsedRouting {
  const routing = objectIn(value);
  if (!routing) {
    return { routing: {}, faults: value === undefined ? [] : ['It must be an object.'], unknown: [] };
  }
  const faults = Object.entries(routing).flatMap(([name, each]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return !field || each === null || field[0](each) ? [] : [`"${name}" must be ${field[1]}.`];
  });
  return { routing, faults, unknown: Object.keys(routing).filter((name) => !Object.hasOwn(fields, name)) };
}

/** The user's routing, tightened by the workspace; a workspace can't loosen anything. */
export function tightened(routing: Routing, workspace: unknown): Routing {
  const asked = objectIn(workspace);
  return {
    ...routing,
    ...(asked?.['data_collection'] === 'deny' && { data_collection: 'deny' }),
    ...(asked?.['zdr'] === true && { zdr: true }),
  };
}

/** What of a workspace's routing would make the user's stricter, but can't be read. */
export function tighteningFaults(workspace: unknown): readonly string[] {
  const asked = objectIn(workspace);
  const tightens = Object.entries(asked ?? {}).filter(
    ([name]) => name === 'data_collection' || name === 'zdr',
  );
  return parseRouting(asked ? Object.fromEntries(tightens) : workspace).faults;
}

/** The routing fields behind each of the service's reasons for excluding providers. */
const fieldsBehind: Readonly<Record<string, readonly string[]>> = {
  'data_policy:zdr': ['zdr'],
  'data_policy:training': ['data_collection'],
  max_price: ['max_price'],
  require_parameters: ['require_parameters'],
  quantization: ['quantizations'],
  allowed_providers: ['only', 'ignore', 'order', 'allow_fallbacks'],
};

/** A rule of a routing: one of its fields that excludes providers. */
export interface RoutingRule {
  readonly field: string;
  readonly value: unknown;
  /** It keeps code from providers that the user doesn't want to have it. */
  readonly isPrivate: boolean;
}

const privacyFields = new Set(['zdr', 'data_collection', 'only', 'ignore']);
const orderFields = new Set(['order', 'allow_fallbacks']);

/** The rules of a routing that excluded every provider, by the reasons in `excluded_by`. */
export function excludingRules(routing: Routing, excludedBy: readonly string[]): readonly RoutingRule[] {
  const behind = new Set(excludedBy.flatMap((reason) => fieldsBehind[reason] ?? []));
  // Without fallbacks, code goes to no other providers than those of the order.
  const isOnlyOrder = routing['allow_fallbacks'] === false && isExcluding('order', routing['order']);
  const isPrivate = (field: string): boolean =>
    privacyFields.has(field) || (isOnlyOrder && orderFields.has(field));
  return Object.entries(routing)
    .filter(([field, value]) => behind.has(field) && isExcluding(field, value))
    .map(([field, value]) => ({ field, value, isPrivate: isPrivate(field) }));
}

/** The routing without some of its rules. */
export function withoutRules(routing: Routing, rules: readonly RoutingRule[]): Routing {
  return Object.fromEntries(
    Object.entries(routing).filter(([name]) => !rules.some(({ field }) => field === name)),
  );
}

/** Why a request's own privacy rules may have excluded every provider, if it has some that the service doesn't rule out. */
export function ownPrivacyReasons(routing: Routing, excludedBy: readonly string[]): readonly string[] {
  const own = [
    ...(routing['zdr'] === true ? ['data_policy:zdr'] : []),
    ...(routing['data_collection'] === 'deny' ? ['data_policy:training'] : []),
  ];
  return excludedBy.length === 0 ? own : own.filter((reason) => excludedBy.includes(reason));
}

/** Whether a field's value excludes anybody: `zdr: false` and an empty list don't. */
function isExcluding(field: string, value: unknown): boolean {
  if (typeof value === 'boolean') {
    return value !== (field === 'allow_fallbacks');
  }
  const isEmpty = Array.isArray(value) && value.length === 0;
  return value !== undefined && value !== null && value !== 'allow' && !isEmpty;
}
