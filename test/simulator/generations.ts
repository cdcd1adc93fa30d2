import { errorReply } from './errors.ts';
import type { HttpReply } from './exchange.ts';

/** What the service remembers of one run. */
export interface Generation {
  readonly id: string;
  readonly key: string;
  readonly createdAt: number;
  readonly model: string;
  readonly providerName: string;
  readonly apiType: 'completions' | 'embeddings';
  readonly streamed: boolean;
  readonly cancelled: boolean;
  readonly finishReason: string | null;
  readonly nativeFinishReason: string | null;
  readonly promptTokens: number;
  /** Of the prompt's tokens, those that came from the provider's prompt cache. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
  readonly reasoningTokens: number;
  readonly cost: number;
  readonly upstreamCost: number;
  readonly ownProviderKey: boolean;
  readonly elapsedMs: number;
  readonly latencyMs: number;
  readonly referer: string | null;
  readonly userAgent: string | null;
  /** How often it is still unknown when asked for. */
  readonly lag: number;
}

/** The runs by their ids. Like the service, it knows them only a little later. */
export class Generations {
  readonly #known = new Map<string, Generation>();
  readonly #asked = new Map<string, number>();
  #next = 1;

  /** A new id of the service's form, different for each run. */
  newId(now: number): string {
    const serial = String(this.#next).padStart(6, '0');
    this.#next += 1;
    return `gen-${String(Math.floor(now / 1000))}-simulated${serial}`;
  }

  /** Every run so far, oldest first. */
  get all(): readonly Generation[] {
    return [...this.#known.values()];
  }

  /** Remembers a run that has ended. */
  remember(generation: Generation): void {
    this.#known.set(generation.id, generation);
  }

  /** Forgets every run; ids go on counting, so that none comes twice. */
  reset(): void {
    this.#known.clear();
    this.#asked.clear();
  }

  /** The answer of `GET /generation?id=` to the holder of a key. */
  reply(id: string | null, key: string): HttpReply {
    if (id === null || id === '') return errorReply(400, 'id: required');
    const generation = this.#known.get(id);
    const asked = this.#asked.get(id) ?? 0;
    this.#asked.set(id, asked + 1);
    if (generation?.key !== key || asked < generation.lag) {
      return errorReply(404, `Generation ${id} not found`);
    }
    return { status: 200, body: { data: generationData(generation) } };
  }
}

function generationData(generation: Generation): unknown {
  return {
    id: generation.id,
    upstream_id: null,
    session_id: null,
    preset_id: null,
    workspace_id: null,
    app_id: null,
    api_type: generation.apiType,
    created_at: new Date(generation.createdAt).toISOString(),
    data_region: 'global',
    origin: generation.referer ?? '',
    http_referer: generation.referer,
    user_agent: generation.userAgent,
    external_user: null,
    model: generation.model,
    provider_name: generation.providerName,
    router: null,
    service_tier: null,
    provider_responses: [
      {
        provider_name: generation.providerName,
        status: 200,
        latency: generation.latencyMs,
        is_byok: generation.ownProviderKey,
      },
    ],
    web_search_engine: null,
    streamed: generation.streamed,
    cancelled: generation.cancelled,
    finish_reason: generation.finishReason,
    native_finish_reason: generation.nativeFinishReason,
    latency: generation.latencyMs,
    generation_time: generation.elapsedMs,
    moderation_latency: null,
    tokens_prompt: generation.promptTokens,
    tokens_completion: generation.completionTokens,
    native_tokens_prompt: generation.promptTokens,
    native_tokens_completion: generation.completionTokens,
    native_tokens_reasoning: generation.reasoningTokens,
    native_tokens_cached: generation.cachedTokens,
    native_tokens_completion_images: null,
    num_media_prompt: null,
    num_media_completion: null,
    num_input_audio_prompt: null,
    num_search_results: null,
    num_fetches: null,
    total_cost: generation.cost,
    usage: generation.cost,
    upstream_inference_cost: generation.ownProviderKey ? generation.upstreamCost : null,
    cache_discount: null,
    is_byok: generation.ownProviderKey,
  };
}
