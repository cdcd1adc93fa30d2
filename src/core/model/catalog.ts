import { Emitter, type Disposable } from '../util/emitter.ts';
import { nameFromId, type Model } from './model.ts';
import { modelIdParts } from './modelId.ts';
import { nearestTo } from './nearest.ts';
import { isFree } from './pricing.ts';

/** More than this nobody reads. */
const maxNearest = 3;

/** Reads the list of models from the service. Throws a `RequestError`. */
export interface ModelSource {
  listModels(signal: AbortSignal): Promise<readonly Model[]>;
}

/** Keeps the last list between sessions; neither side ever fails: what cannot be read or written is simply not there. */
export interface CatalogCache {
  read(): Promise<readonly Model[] | undefined>;
  write(models: readonly Model[]): Promise<void>;
}

/** The models one can choose from: at once from the cache, then fresh from the service. */
export class ModelCatalog implements Disposable {
  readonly #source: ModelSource;
  readonly #cache: CatalogCache;
  readonly #changed = new Emitter<readonly Model[]>();
  #all: readonly Model[] = [];
  #models: readonly Model[] = [];
  #byId: ReadonlyMap<string, Model> = new Map();
  #bySlug: ReadonlyMap<string, Model> = new Map();
  #loaded: Promise<void> | undefined;
  #fresh = false;
  /** Counts the servers so far: a list that an earlier one sends is not taken over. */
  #servers = 0;

  readonly onDidChange = this.#changed.event;

  constructor(source: ModelSource, cache: CatalogCache) {
    this.#source = source;
    this.#cache = cache;
  }

  /** Those that the account may ask. */
  get models(): readonly Model[] {
    return this.#models;
  }

  /** Also those that the account's settings exclude. */
  get all(): readonly Model[] {
    return this.#all;
  }

  /** Whether the list is that of the service at present, and not one that was kept. */
  get fresh(): boolean {
    return this.#fresh;
  }

  /**
   * A model by its id, or by the permanent one that answers carry; for a variant or a preset without a row of its own,
   * the model that it is made from.
   */
  find(id: string): Model | undefined {
    return this.#row(id) ?? this.#row(modelIdParts(id).base);
  }

  /** A model that costs nothing: a router over all of them, where there is one, because single ones are often busy. */
  freeModel(): string | undefined {
    const free = this.#models.filter(({ pricing }) => isFree(pricing));
    return (free.find(({ id }) => id.endsWith('/free')) ?? free[0])?.id;
  }

  /** The models whose ids are most like this one, the likest first; none where none is like it. */
  nearest(id: string): readonly string[] {
    return nearestTo(
      id,
      this.#models.map((model) => model.id),
    ).slice(0, maxNearest);
  }

  nameOf(id: string): string {
    const { base, extra } = modelIdParts(id);
    const own = this.#row(id)?.name;
    const made = this.#row(base)?.name;
    return own ?? (extra === undefined || made === undefined ? nameFromId(id) : `${made} (${extra})`);
  }

  /** Fills an empty catalog from the cache, once. */
  load(): Promise<void> {
    const servers = this.#servers;
    this.#loaded ??= this.#cache.read().then((models) => {
      if (models && !this.#fresh && servers === this.#servers) {
        this.#set(models);
      }
    });
    return this.#loaded;
  }

  /** Takes the list from the service; what was known stays when that fails. Throws a `RequestError`. */
  async refresh(signal: AbortSignal): Promise<void> {
    const servers = this.#servers;
    const models = await this.#source.listModels(signal);
    if (servers !== this.#servers) {
      return;
    }
    this.#fresh = true;
    this.#set(models);
    await this.#cache.write(models);
  }

  /** Forgets everything: another server has other models. */
  clear(): void {
    this.#servers += 1;
    this.#fresh = false;
    this.#loaded = undefined;
    this.#set([]);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #row(id: string): Model | undefined {
    return this.#byId.get(id) ?? this.#bySlug.get(id);
  }

  #set(models: readonly Model[]): void {
    this.#all = models;
    this.#models = models.filter(({ excluded }) => excluded !== true);
    this.#byId = firstBy(models, ({ id }) => id);
    this.#bySlug = firstBy(models, ({ slug }) => slug);
    this.#changed.fire(this.#models);
  }
}

/** Of several models with the same name, as variants have their slug, the first one is meant. */
function firstBy(
  models: readonly Model[],
  name: (model: Model) => string | undefined,
): ReadonlyMap<string, Model> {
  // Of pairs with the same key a map keeps the last one.
  return new Map(
    models.toReversed().flatMap((model): [string, Model][] => {
      const key = name(model);
      return key === undefined ? [] : [[key, model]];
    }),
  );
}
