import type { MicroDollars } from './money.ts';

/** What a million tokens cost, in micro-dollars; `variable` where a router decides. */
export type Pricing =
  | { readonly kind: 'fixed'; readonly prompt: MicroDollars; readonly completion: MicroDollars }
  | { readonly kind: 'variable' };

/** What a model can do beyond answering text. */
export type Capability = 'tools' | 'structured output' | 'reasoning' | 'images' | 'files' | 'audio';

/** How hard a model thinks; `none` not at all. */
export const reasoningEfforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const;

/** One of the efforts that can be asked for. */
export type ReasoningEffort = (typeof reasoningEfforts)[number];

/** What a model lets one say about its reasoning. */
export interface ModelReasoning {
  /** It always thinks, and refuses to be told not to. */
  readonly mandatory: boolean;
  /** The efforts it knows, in the service's words; absent when it knows all of them. */
  readonly efforts?: readonly string[];
}

/** One row of the catalogue. Sizes are in tokens; what the service leaves open is absent. */
export interface Model {
  /** What a request names, for example `openrouter/auto`. */
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly contextLength?: number;
  /** The longest answer. */
  readonly maxOutput?: number;
  readonly pricing?: Pricing;
  readonly capabilities: readonly Capability[];
  /** The parameters that a request may carry, in the service's words; absent when the server does not say. */
  readonly parameters?: readonly string[];
  /** What may be put into a question, in the service's words: `text`, `image`, `file`, `audio`. */
  readonly inputs?: readonly string[];
  /** Absent when the model does not reason, or the server does not say. */
  readonly reasoning?: ModelReasoning;
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
