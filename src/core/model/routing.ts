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

/** The fields of OpenRouter's `provider` object, and what each of them takes, for people who mistyped one. */
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
  sort: [(value) => isText(value) || isSorting(value), '"price", "throughput", "latency" or "exacto"'],
  max_price: [isPrices, 'an object of prices in USD, such as {"prompt": 1, "completion": 2}'],
  preferred_min_throughput: [
    (value) => isNumber(value) || isPercentiles(value),
    'a number of tokens per second',
  ],
  preferred_max_latency: [(value) => isNumber(value) || isPercentiles(value), 'a number of seconds'],
};

/** OpenRouter's `provider` object: how it chooses among the providers of a model. It is sent as the user wrote it. */
export type Routing = JsonObject;

/** What a setting says about routing, and what is wrong with it. */
export interface ParsedRouting {
  readonly routing: Routing;
  /** Fields whose value cannot be used. Nothing must be sent while there is one: it might go where it must not. */
  readonly faults: readonly string[];
  /** Fields that the service does not know and would drop in silence. They are sent all the same. */
  readonly unknown: readonly string[];
}

/** Reads a setting for routing. */
export function parseRouting(value: unknown): ParsedRouting {
  const routing = objectIn(value);
  if (!routing) {
    return { routing: {}, faults: value === undefined ? [] : ['It must be an object.'], unknown: [] };
  }
  const faults = Object.entries(routing).flatMap(([name, each]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return !field || each === null || field[0](each) ? [] : [`"${name}" takes ${field[1]}.`];
  });
  return { routing, faults, unknown: Object.keys(routing).filter((name) => !Object.hasOwn(fields, name)) };
}

/** The user's routing, made stricter by what a workspace asks for; a workspace can loosen nothing. */
export function tightened(routing: Routing, workspace: unknown): Routing {
  const asked = objectIn(workspace);
  return {
    ...routing,
    ...(asked?.['data_collection'] === 'deny' && { data_collection: 'deny' }),
    ...(asked?.['zdr'] === true && { zdr: true }),
  };
}

/** The fields of routing that can be behind each of the service's reasons for leaving providers out. */
const fieldsBehind: Readonly<Record<string, readonly string[]>> = {
  'data_policy:zdr': ['zdr'],
  'data_policy:training': ['data_collection'],
  max_price: ['max_price'],
  require_parameters: ['require_parameters'],
  quantization: ['quantizations'],
  allowed_providers: ['only', 'ignore', 'order', 'allow_fallbacks'],
};

/** Which fields of a routing left no provider, by the reasons that the service gives in `excluded_by`. */
export function excludingFields(routing: Routing, excludedBy: readonly string[]): readonly string[] {
  const behind = new Set(excludedBy.flatMap((reason) => fieldsBehind[reason] ?? []));
  return Object.keys(routing).filter((name) => behind.has(name));
}

/** The routing without the fields that left no provider. */
export function withoutExcluding(routing: Routing, excludedBy: readonly string[]): Routing {
  const excluding = excludingFields(routing, excludedBy);
  return Object.fromEntries(Object.entries(routing).filter(([name]) => !excluding.includes(name)));
}
