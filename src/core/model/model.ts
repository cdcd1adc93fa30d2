import type { Pricing } from './pricing.ts';

/** What a model can do besides text. */
export type Capability = 'tools' | 'structured output' | 'reasoning' | 'images' | 'files' | 'audio';

/** One model in the catalog. Sizes are in tokens; what the service omits is absent. */
export interface Model {
  /** The id used in requests, for example `openrouter/auto`. */
  readonly id: string;
  /** The permanent id in answers, if it differs. */
  readonly slug?: string;
  readonly name: string;
  /** The model it currently points to, if it is an alias. */
  readonly aliasOf?: { readonly slug: string; readonly name: string };
  readonly description?: string;
  /** When the service added it, in milliseconds since the epoch. */
  readonly createdAt?: number;
  /** Days such as `2026-01-31`: its knowledge cutoff, and when it may be removed. */
  readonly knowledgeCutoff?: string;
  readonly expiresOn?: string;
  /** Input and output modalities: `text`, `image`, and so on. */
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  readonly contextLength?: number;
  readonly maxOutput?: number;
  readonly pricing?: Pricing;
  readonly capabilities: readonly Capability[];
  /** Parameters a request may set, by the service's names. */
  readonly parameters?: readonly string[];
  /** The top provider: its context length, and whether it moderates. */
  readonly topContextLength?: number;
  readonly moderated?: boolean;
  readonly benchmarks?: Benchmarks;
  /** The account's settings exclude it. */
  readonly excluded?: boolean;
  /** How it reasons; absent if it doesn't or offers no control. */
  readonly reasoning?: {
    readonly mandatory: boolean;
    /** Absent if it takes every effort. */
    readonly efforts?: readonly string[];
    /** Whether it reasons by default, and with which effort. */
    readonly byDefault?: boolean;
    readonly defaultEffort?: string;
  };
  /** Whether it rejects a temperature. */
  readonly fixedTemperature?: boolean;
  /** Whether it rejects tools, including the service's own. */
  readonly toolless?: boolean;
  /** Cache writes have a price, so it must be told what to cache. */
  readonly explicitCache?: boolean;
}

/** Benchmark scores; higher is better. */
export interface Benchmarks {
  readonly intelligence?: number;
  readonly coding?: number;
  readonly agentic?: number;
  /** Arenas in which people compare answers. */
  readonly arenas?: readonly ArenaScore[];
}

/** A model's rank in one arena. */
export interface ArenaScore {
  readonly arena: string;
  readonly category: string;
  readonly elo: number;
  readonly rank?: number;
}

/** A display name for an unlisted model: the id without its author. */
export function nameFromId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
