import { arrayIn, objectIn, type JsonObject } from '../util/json.ts';
import { isNumber, isText, type Test } from '../util/shape.ts';

/** Ready-made sampling; `default` leaves it to the provider. */
export const samplings = ['default', 'precise', 'balanced', 'creative'] as const;

export type Sampling = (typeof samplings)[number];

/** How a model chooses among the next words. */
export interface SamplingValues {
  readonly temperature?: number;
  readonly topP?: number;
}

const presets: Readonly<Record<Sampling, SamplingValues>> = {
  default: {},
  precise: { temperature: 0.2, topP: 0.9 },
  balanced: { temperature: 0.7, topP: 0.95 },
  creative: { temperature: 1.1, topP: 1 },
};

/** The values of a preset, with what the user has set for each of them first. */
export function samplingValues(preset: Sampling, ...set: readonly SamplingValues[]): SamplingValues {
  return Object.assign({}, presets[preset], ...set) as SamplingValues;
}

const within =
  (least: number, most: number): Test =>
  (value) =>
    isNumber(value) && Number(value) >= least && Number(value) <= most;
const isWhole: Test = (value) => Number.isSafeInteger(value);
const isOneOf =
  (...words: readonly string[]): Test =>
  (value) =>
    words.some((word) => word === value);
const isStop: Test = (value) => {
  const texts = Array.isArray(value) ? arrayIn(value) : [value];
  return texts.length > 0 && texts.length <= 4 && texts.every((text) => isText(text) && text !== '');
};
const isBias: Test = (value) =>
  Object.entries(objectIn(value) ?? { none: true }).every(
    ([token, bias]) => /^\d+$/.test(token) && within(-100, 100)(bias),
  );

/** What may be set for a request beside the settings. Whatever decides about content, privacy, or length is missing. */
const fields: Readonly<Record<string, Test>> = {
  temperature: within(0, 2),
  top_p: within(0, 1),
  top_k: (value) => isWhole(value) && Number(value) >= 0,
  min_p: within(0, 1),
  top_a: within(0, 1),
  frequency_penalty: within(-2, 2),
  presence_penalty: within(-2, 2),
  repetition_penalty: within(0, 2),
  logit_bias: isBias,
  seed: isWhole,
  stop: isStop,
  service_tier: isOneOf('auto', 'default', 'flex', 'priority', 'scale', 'fast'),
  verbosity: isOneOf('low', 'medium', 'high', 'xhigh', 'max'),
};

/** Fields that OpenAI's API doesn't have. */
const openRouterOnly: ReadonlySet<string> = new Set(['top_k', 'min_p', 'top_a', 'repetition_penalty']);

/** Fields that no model lists among its parameters. */
const unlisted: ReadonlySet<string> = new Set(['service_tier']);

/** Advanced fields of a request, by the service's names. */
export type RequestFields = JsonObject;

/** Advanced fields that can be sent, and the names of those that can't. */
export interface ParsedFields {
  readonly fields: RequestFields;
  readonly faulty: readonly string[];
}

/** Reads advanced fields; `null` is a field that isn't set. */
export function parseFields(value: unknown): ParsedFields {
  const entries = Object.entries(objectIn(value) ?? {}).filter(([, each]) => each !== null);
  const isGood = ([name, each]: readonly [string, unknown]): boolean =>
    Object.hasOwn(fields, name) && fields[name]?.(each) === true;
  return {
    fields: Object.fromEntries(entries.filter(isGood)),
    faulty: entries.filter((entry) => !isGood(entry)).map(([name]) => name),
  };
}

/** Advanced fields by model id; those of `*` hold for all. */
export type FieldsByModel = Readonly<Record<string, RequestFields>>;

/** Reads the advanced fields of all models; each that can't be sent is named with its model. */
export function parseFieldsByModel(value: unknown): {
  readonly byModel: FieldsByModel;
  readonly faulty: readonly string[];
} {
  const models = Object.entries(objectIn(value) ?? {}).map(([model, written]) => {
    const { fields: own, faulty } = parseFields(written);
    const named = faulty.map((name) => `${model} → ${name}`);
    return { model, own, faulty: objectIn(written) ? named : [model] };
  });
  return {
    byModel: Object.fromEntries(models.map(({ model, own }) => [model, own])),
    faulty: models.flatMap(({ faulty }) => faulty),
  };
}

/** The fields that hold for a model: its own, over those for all. */
export function fieldsFor(all: FieldsByModel, model: string): RequestFields {
  const of = (name: string): RequestFields => (Object.hasOwn(all, name) ? (all[name] ?? {}) : {});
  return { ...of('*'), ...of(model) };
}

/** Sampling and the rest of the fields. */
export function splitFields({ temperature, top_p: topP, ...rest }: RequestFields): {
  readonly sampling: SamplingValues;
  readonly rest: RequestFields;
} {
  return {
    sampling: {
      ...(typeof temperature === 'number' && { temperature }),
      ...(typeof topP === 'number' && { topP }),
    },
    rest,
  };
}

/** The fields that a model takes, by the parameters that it lists; all if it lists none. */
export function takenFields(all: RequestFields, parameters: readonly string[] = []): RequestFields {
  const isTaken = (name: string): boolean =>
    parameters.length === 0 || parameters.includes(name) || unlisted.has(name);
  return Object.fromEntries(Object.entries(all).filter(([name]) => isTaken(name)));
}

/** The fields that go over the wire. A sequence that ends a structured answer early would break it. */
export function wireFields(
  all: RequestFields = {},
  { isOpenRouter, isStructured }: { readonly isOpenRouter: boolean; readonly isStructured: boolean },
): RequestFields {
  const { fields: good } = parseFields(all);
  return Object.fromEntries(
    Object.entries(good).filter(
      ([name]) => (isOpenRouter || !openRouterOnly.has(name)) && !(isStructured && name === 'stop'),
    ),
  );
}

/** The most that the price list is exceeded by: some providers' fast tiers cost six times as much. */
const dearestTier = 6;

/** By how much a request may cost more than the price list says. */
export function tierFactor({ service_tier: tier }: RequestFields = {}): number {
  return tier === undefined || tier === 'default' || tier === 'flex' ? 1 : dearestTier;
}
