import type { Pricing } from './pricing.ts';

/** What a model can do beyond answering text. */
export type Capability = 'tools' | 'structured output' | 'reasoning' | 'images' | 'files' | 'audio';

/** One row of the catalogue. Sizes are in tokens; what the service leaves open is absent. */
export interface Model {
  /** What a request names, for example `openrouter/auto`. */
  readonly id: string;
  /** The permanent id by which an answer names the model, where that is another one. */
  readonly slug?: string;
  readonly name: string;
  readonly description?: string;
  readonly contextLength?: number;
  readonly maxOutput?: number;
  readonly pricing?: Pricing;
  readonly capabilities: readonly Capability[];
  /** How it thinks; absent for a model that does not, or that offers no control over it. */
  readonly reasoning?: {
    readonly mandatory: boolean;
    /** Absent when it takes every effort. */
    readonly efforts?: readonly string[];
  };
  /** Whether it refuses a temperature. */
  readonly fixedTemperature?: boolean;
  /** Whether it refuses tools, also those that the service runs. */
  readonly toolless?: boolean;
  /** Writing to its prompt cache has a price, so it wants to be told what is worth keeping. */
  readonly explicitCache?: boolean;
}

/** A name for a model that is not in the catalogue: the id without its author. */
export function nameFromId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** `128k`, `1M`: a number of tokens for the eye. */
export function formatTokens(tokens: number): string {
  if (tokens >= 999_500) {
    return `${trimmed(tokens / 1_000_000)}M`;
  }
  return tokens >= 1_000 ? `${trimmed(tokens / 1_000)}k` : String(tokens);
}

function trimmed(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}
