import type { ArenaScore, Benchmarks, Capability, Model } from '../../model/model.ts';
import { isFreeId } from '../../model/modelId.ts';
import type { Pricing } from '../../model/pricing.ts';
import { arrayIn, numberIn, objectIn, objectsIn, textIn, textsIn, type JsonObject } from '../../util/json.ts';
import { readPricing } from './priceList.ts';

/**
 * `GET /models`: absent if the body isn't a list. Rows without an id and batch-only models are dropped. Models that were
 * read before are taken from there, so that two lists hold each of them once.
 */
export function readModels(body: unknown, before: readonly Model[] = []): readonly Model[] | undefined {
  const known = new Map(before.map((model) => [model.id, model]));
  const data = objectIn(body)?.['data'];
  if (!Array.isArray(data)) {
    return undefined;
  }
  return data.flatMap((row: unknown) => {
    const fields = objectIn(row) ?? {};
    const model = known.get(textIn(fields['id']) ?? '') ?? readModel(fields);
    return model && !model.id.endsWith(':batch') ? [model] : [];
  });
}

function readModel(row: JsonObject): Model | undefined {
  const id = textIn(row['id']);
  if (id === undefined) {
    return undefined;
  }
  const slug = textIn(row['canonical_slug']);
  const contextLength = numberIn(row['context_length']);
  const maxOutput = numberIn(objectIn(row['top_provider'])?.['max_completion_tokens']);
  const pricing = priceOf(id, readPricing(objectIn(row['pricing'])));
  return {
    id,
    name: textIn(row['name']) ?? id,
    capabilities: readCapabilities(row),
    ...(slug === undefined || slug === id ? {} : { slug }),
    ...readOrigin(row),
    ...(contextLength === undefined || contextLength <= 0 ? {} : { contextLength }),
    ...(maxOutput === undefined || maxOutput <= 0 ? {} : { maxOutput }),
    ...(pricing === undefined ? {} : { pricing }),
    ...readReach(row),
    ...readControls(row, pricing),
  };
}

/** A router says that its price varies even if it chooses among free models only; its name says that. */
function priceOf(id: string, pricing: Pricing | undefined): Pricing | undefined {
  const isFreeRouter = pricing?.kind === 'variable' && isFreeId(id);
  return isFreeRouter ? { kind: 'fixed', prompt: 0, completion: 0 } : pricing;
}

/** Identity, age, and lifetime. */
function readOrigin(row: JsonObject): Pick<Model, 'aliasOf' | 'description' | 'createdAt' | Days> {
  const description = textIn(row['description']);
  const created = numberIn(row['created']);
  const knowledgeCutoff = dayIn(row['knowledge_cutoff']);
  const expiresOn = dayIn(row['expiration_date']);
  const alias = objectIn(row['alias_target']);
  const target = textIn(alias?.['slug']);
  return {
    ...(target !== undefined && { aliasOf: { slug: target, name: textIn(alias?.['name']) ?? target } }),
    ...(description !== undefined && { description }),
    ...(created !== undefined && created > 0 && { createdAt: created * 1_000 }),
    ...(knowledgeCutoff !== undefined && { knowledgeCutoff }),
    ...(expiresOn !== undefined && { expiresOn }),
  };
}

type Days = 'knowledgeCutoff' | 'expiresOn';

function dayIn(value: unknown): string | undefined {
  return typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined;
}

type Reach = 'inputs' | 'outputs' | 'parameters' | 'topContextLength' | 'moderated' | 'benchmarks';

/** Modalities, parameters, and quality. */
function readReach(row: JsonObject): Pick<Model, Reach> {
  const architecture = objectIn(row['architecture']);
  const [inputs, outputs] = [architecture?.['input_modalities'], architecture?.['output_modalities']].map(
    textsIn,
  );
  const parameters = textsIn(row['supported_parameters']);
  const top = objectIn(row['top_provider']);
  const topContextLength = numberIn(top?.['context_length']);
  const benchmarks = readBenchmarks(objectIn(row['benchmarks']) ?? {});
  return {
    ...(inputs && inputs.length > 0 && { inputs }),
    ...(outputs && outputs.length > 0 && { outputs }),
    ...(parameters.length > 0 && { parameters }),
    ...(topContextLength !== undefined && topContextLength > 0 && { topContextLength }),
    ...(top?.['is_moderated'] === true && { moderated: true }),
    ...(Object.keys(benchmarks).length > 0 && { benchmarks }),
  };
}

function readBenchmarks(row: JsonObject): Benchmarks {
  const analysis = objectIn(row['artificial_analysis']);
  const [intelligence, coding, agentic] = ['intelligence', 'coding', 'agentic'].map((each) =>
    numberIn(analysis?.[`${each}_index`]),
  );
  const arenas = objectsIn(row['design_arena']).flatMap(readArena);
  return {
    ...(intelligence !== undefined && { intelligence }),
    ...(coding !== undefined && { coding }),
    ...(agentic !== undefined && { agentic }),
    ...(arenas.length > 0 && { arenas }),
  };
}

function readArena(row: JsonObject): readonly ArenaScore[] {
  const [arena, category] = [textIn(row['arena']), textIn(row['category'])];
  const [elo, rank] = [numberIn(row['elo']), numberIn(row['rank'])];
  return arena === undefined || category === undefined || elo === undefined
    ? []
    : [{ arena, category, elo, ...(rank !== undefined && { rank }) }];
}

type Control = 'reasoning' | 'fixedTemperature' | 'toolless' | 'explicitCache';

/** Which request features the model supports or rejects. */
function readControls(row: JsonObject, pricing: Pricing | undefined): Pick<Model, Control> {
  const parameters = arrayIn(row['supported_parameters']);
  const reasoning = objectIn(row['reasoning']);
  const cacheWrite = pricing?.kind === 'fixed' ? pricing.cacheWrite : undefined;
  const efforts = textsIn(reasoning?.['supported_efforts']);
  const defaultEffort = textIn(reasoning?.['default_effort']);
  return {
    ...(reasoning && {
      reasoning: {
        mandatory: reasoning['mandatory'] === true,
        ...(efforts.length > 0 && { efforts }),
        ...(typeof reasoning['default_enabled'] === 'boolean' && { byDefault: reasoning['default_enabled'] }),
        ...(defaultEffort !== undefined && { defaultEffort }),
      },
    }),
    // An empty list says nothing; routers have none.
    ...(parameters.length > 0 && !parameters.includes('temperature') && { fixedTemperature: true }),
    ...(parameters.length > 0 && !parameters.includes('tools') && { toolless: true }),
    ...(cacheWrite !== undefined && cacheWrite > 0 && { explicitCache: true }),
  };
}

function readCapabilities(row: JsonObject): readonly Capability[] {
  const parameters = new Set(arrayIn(row['supported_parameters']));
  const inputs = new Set(arrayIn(objectIn(row['architecture'])?.['input_modalities']));
  const found: readonly (readonly [Capability, boolean])[] = [
    ['tools', parameters.has('tools')],
    ['structured output', parameters.has('structured_outputs')],
    ['reasoning', parameters.has('reasoning')],
    ['images', inputs.has('image')],
    ['files', inputs.has('file')],
    ['audio', inputs.has('audio')],
  ];
  return found.flatMap(([capability, present]) => (present ? [capability] : []));
}

/** The same list as ids, in order. */
export function readModelIds(body: unknown): readonly string[] {
  return objectsIn(objectIn(body)?.['data']).flatMap((row) => textIn(row['id']) ?? []);
}

/**
 * Merges two lists: models missing from the account's own list are marked as excluded, and models only in that list are
 * added.
 */
export function withExcluded(all: readonly Model[], own: readonly Model[]): readonly Model[] {
  const ownById = new Map(own.map((model) => [model.id, model]));
  const known = new Set(all.map(({ id }) => id));
  return [
    ...all.map((model) => ownById.get(model.id) ?? { ...model, excluded: true }),
    ...own.filter(({ id }) => !known.has(id)),
  ];
}
