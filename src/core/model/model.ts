import type { Pricing } from './pricing.ts';

/** What a model can do beyond answering text. */
export type Capability = 'tools' | 'structured output' | 'reasoning' | 'images' | 'files' | 'audio';

/** One row of the catalog. Sizes are in tokens; what the service leaves open is absent. */
export interface Model {
  /** What a request names, for example `openrouter/auto`. */
  readonly id: string;
  /** The permanent id by which an answer names the model, where that is another one. */
  readonly slug?: string;
  readonly name: string;
  /** What it stands for at present, where it is only another name. */
  readonly aliasOf?: { readonly slug: string; readonly name: string };
  readonly description?: string;
  /** When the service began to offer it, in milliseconds since the epoch. */
  readonly createdAt?: number;
  /** The days, as `2026-01-31`, up to which it knows the world, and after which it may be gone. */
  readonly knowledgeCutoff?: string;
  readonly expiresOn?: string;
  /** What it reads and what it writes: `text`, `image`, and so on. */
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  readonly contextLength?: number;
  readonly maxOutput?: number;
  readonly pricing?: Pricing;
  readonly capabilities: readonly Capability[];
  /** What a request may set, by the names of the service. */
  readonly parameters?: readonly string[];
  /** The provider that the service likes best: how much it reads, and whether it looks at what is sent. */
  readonly topContextLength?: number;
  readonly moderated?: boolean;
  readonly benchmarks?: Benchmarks;
  /** The account's own settings keep it from being asked. */
  readonly excluded?: boolean;
  /** How it thinks; absent for a model that does not, or that offers no control over it. */
  readonly reasoning?: {
    readonly mandatory: boolean;
    /** Absent when it takes every effort. */
    readonly efforts?: readonly string[];
    /** Whether it thinks when nobody says how much, and how much then. */
    readonly byDefault?: boolean;
    readonly defaultEffort?: string;
  };
  /** Whether it refuses a temperature. */
  readonly fixedTemperature?: boolean;
  /** Whether it refuses tools, also those that the service runs. */
  readonly toolless?: boolean;
  /** Writing to its prompt cache has a price, so it wants to be told what is worth keeping. */
  readonly explicitCache?: boolean;
}

/** How well it did, by those whom the service asks; higher is better. */
export interface Benchmarks {
  readonly intelligence?: number;
  readonly coding?: number;
  readonly agentic?: number;
  /** Where people chose the better of two answers. */
  readonly arenas?: readonly ArenaScore[];
}

/** The place of a model in one such contest. */
export interface ArenaScore {
  readonly arena: string;
  readonly category: string;
  readonly elo: number;
  readonly rank?: number;
}

/** A name for a model that is not in the catalog: the id without its author. */
export function nameFromId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
