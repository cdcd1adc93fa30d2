import { Emitter, type Disposable } from '../util/emitter.ts';
import { nameFromId, type Model } from './model.ts';
import { modelIdParts } from './modelId.ts';
import { nearestTo } from './nearest.ts';
import { isFree } from './pricing.ts';
import type { ServerKind } from './server.ts';

/** A longer list is never useful. */
const maxNearest = 3;

/** How long a question waits for prices, in milliseconds. */
const patienceMs = 5_000;

/** Reads the model list from the service. Throws a `RequestError`. */
export interface ModelSource {
  listModels(signal: AbortSignal): Promise<readonly Model[]>;
}

/** Keeps the last list between sessions; it never fails: what can't be read or written is simply missing. */
export interface CatalogCache {
  read(): Promise<readonly Model[] | undefined>;
  write(models: readonly Model[]): Promise<void>;
  /** When the kept list was written, in milliseconds since the epoch. */
  writtenAt(): Promise<number | undefined>;
}

/** The available models: instantly from the cache, then fresh from the service. */
export class ModelCatalog implements Disposable {
  readonly #source: ModelSource;
  readonly #cache: CatalogCache;
  readonly #kind: () => ServerKind | undefined;
  readonly #changed = new Emitter<readonly Model[]>();
  #all: readonly Model[] = [];
  #models: readonly Model[] = [];
  #byId: ReadonlyMap<string, Model> = new Map();
  #bySlug: ReadonlyMap<string, Model> = new Map();
  #loaded: Promise<void> | undefined;
  #fresh = false;
  #updatedAt: number | undefined;
  /** The ids that aren't listed and were looked for. */
  readonly #sought = new Set<string>();
  #reading: Promise<void> | undefined;
  /** Counts servers, so that a list from an earlier one is dropped. */
  #servers = 0;

  readonly onDidChange = this.#changed.event;

  /** `kind` tells what is known of the server. */
  constructor(
    source: ModelSource,
    cache: CatalogCache,
    kind: () => ServerKind | undefined = () => undefined,
  ) {
    this.#source = source;
    this.#cache = cache;
    this.#kind = kind;
  }

  /** The kind of server, as far as known. */
  get serverKind(): ServerKind | undefined {
    return this.#kind();
  }

  /** Models that the account may use. */
  get models(): readonly Model[] {
    return this.#models;
  }

  /** Including those that the account's settings exclude. */
  get all(): readonly Model[] {
    return this.#all;
  }

  /** Whether the list is current rather than cached. */
  get fresh(): boolean {
    return this.#fresh;
  }

  /** When the list was loaded from the service, in milliseconds since the epoch; absent if it never was. */
  get updatedAt(): number | undefined {
    return this.#updatedAt;
  }

  /** Refreshes the list once for an id that isn't in it: the model may be newer than the list. Throws a `RequestError`. */
  async seek(id: string, signal: AbortSignal): Promise<void> {
    if (this.#all.length > 0 && this.find(id) === undefined && !this.#sought.has(id)) {
      this.#sought.add(id);
      await this.refresh(signal);
    }
  }

  /** A model by its id or the permanent id that answers carry; for an unlisted variant or preset, its base model. */
  find(id: string): Model | undefined {
    return this.#row(id) ?? this.#row(modelIdParts(id).base);
  }

  /** A free model: preferably a router over all of them, because individual ones are often busy. */
  freeModel(): string | undefined {
    const free = this.#models.filter(({ pricing }) => isFree(pricing));
    return (free.find(({ id }) => id.endsWith('/free')) ?? free[0])?.id;
  }

  /** The models most similar to this id, best first; empty if none is. */
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
    this.#loaded ??= Promise.all([this.#cache.read(), this.#cache.writtenAt()]).then(([models, at]) => {
      if (models && !this.#fresh && servers === this.#servers) {
        this.#updatedAt = at;
        this.#set(models);
      }
    });
    return this.#loaded;
  }

  /** Refreshes the list from the service; on failure the old one stays. Throws a `RequestError`. */
  async refresh(signal: AbortSignal): Promise<void> {
    const servers = this.#servers;
    const models = await this.#source.listModels(signal);
    if (servers !== this.#servers) {
      return;
    }
    this.#fresh = true;
    this.#updatedAt = Date.now();
    this.#set(models);
    await this.#cache.write(models);
  }

  /** Reads the list where there is none yet, for as long as somebody can wait for it. */
  async ready(): Promise<void> {
    if (this.#models.length === 0) {
      await this.load();
    }
    if (this.#models.length === 0 && this.#kind() !== 'other') {
      this.#reading ??= this.refresh(AbortSignal.timeout(patienceMs)).catch(() => undefined);
      await this.#reading;
      this.#reading = undefined;
    }
  }

  /** Forgets everything: another server has other models. */
  clear(): void {
    this.#servers += 1;
    this.#fresh = false;
    this.#loaded = undefined;
    this.#updatedAt = undefined;
    this.#sought.clear();
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

/** If several models share a slug, as variants do, the first one is meant. */
function firstBy(
  models: readonly Model[],
  name: (model: Model) => string | undefined,
): ReadonlyMap<string, Model> {
  // A map keeps the last of several equal keys.
  return new Map(
    models.toReversed().flatMap((model): [string, Model][] => {
      const key = name(model);
      return key === undefined ? [] : [[key, model]];
    }),
  );
}
