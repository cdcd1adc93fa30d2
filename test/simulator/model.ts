/** Prices as the wire has them: decimal strings in USD per unit, `-1` when a router decides. */
export interface Pricing {
  readonly prompt: string;
  readonly completion: string;
  readonly request?: string;
  readonly image_token?: string;
  readonly web_search?: string;
  readonly internal_reasoning?: string;
  readonly input_cache_read?: string;
  readonly input_cache_write?: string;
  readonly discount?: number;
  readonly overrides?: readonly PricingOverride[];
}

/** Prices that replace others while all its conditions hold. */
export interface PricingOverride {
  readonly min_prompt_tokens?: number;
  readonly utc_start?: number;
  readonly utc_end?: number;
  readonly prompt?: string;
  readonly completion?: string;
}

/** What a model lets its caller say about reasoning. */
export interface ReasoningSupport {
  readonly mandatory: boolean;
  readonly default_enabled?: boolean;
  readonly default_effort?: string | null;
  readonly supported_efforts?: readonly string[] | null;
  readonly supports_max_tokens?: true;
}

/** One row of `GET /models`. */
export interface Model {
  readonly id: string;
  readonly canonical_slug: string;
  readonly alias_target?: { readonly slug: string; readonly name: string };
  readonly name: string;
  readonly created: number;
  readonly description: string;
  readonly context_length: number | null;
  readonly architecture: {
    readonly modality: string | null;
    readonly input_modalities: readonly string[];
    readonly output_modalities: readonly string[];
    readonly tokenizer: string;
    readonly instruct_type: string | null;
  };
  readonly pricing: Pricing;
  readonly top_provider: {
    readonly context_length: number | null;
    readonly max_completion_tokens: number | null;
    readonly is_moderated: boolean;
  };
  readonly per_request_limits: null;
  readonly supported_parameters: readonly string[];
  readonly default_parameters: Readonly<Record<string, number | null>> | null;
  readonly reasoning?: ReasoningSupport;
  readonly supported_voices: null;
  readonly knowledge_cutoff: string | null;
  readonly expiration_date: string | null;
  readonly hugging_face_id: string | null;
  readonly benchmarks?: unknown;
  readonly links: { readonly details: string };
}

/** A row of the catalog with what only the service knows of it. */
export interface CatalogEntry {
  readonly model: Model;
  readonly author: string;
  /** Slugs of the providers that serve it, the cheapest first. */
  readonly providers: readonly string[];
  /** The id that really answers, for aliases and routers. */
  readonly target?: string;
}

/** USD per million tokens as the decimal string of USD per token, never in exponent form. */
export function priceString(usdPerMillion: number): string {
  const digits = (usdPerMillion / 1e6).toFixed(12);
  return digits.replace(/\.?0+$/, '') || '0';
}
