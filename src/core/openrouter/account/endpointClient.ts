import type { EndpointSource, ModelEndpoints } from '../../model/endpoint.ts';
import { modelIdParts } from '../../model/modelId.ts';
import type { Preset } from '../../model/preset.ts';
import { RequestError } from '../../model/requestError.ts';
import { getJson } from '../transport/answer.ts';
import type { Server } from '../transport/server.ts';
import {
  readEndpoints,
  readPresets,
  readProviders,
  readZeroRetentionModels,
  readZeroRetentionTags,
} from './endpointList.ts';
import { readModelIds } from './modelList.ts';

/** Reads who offers models, on what terms and how fast. */
export class EndpointClient implements EndpointSource {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /**
   * A model's endpoints with their data retention; for a variant without endpoints, those of its base model. Throws
   * `RequestError`.
   */
  async endpointsOf(modelId: string, signal: AbortSignal): Promise<ModelEndpoints> {
    const key = await this.#server.apiKey();
    const { base, extra } = modelIdParts(modelId);
    try {
      return await this.#read(modelId, key, signal);
    } catch (error) {
      if (extra === undefined || !(error instanceof RequestError) || error.facts.status !== 404) {
        throw error;
      }
      return this.#read(base, key, signal);
    }
  }

  /** The ids of all models, fastest first. Throws `RequestError`. */
  async fastestModels(signal: AbortSignal): Promise<readonly string[]> {
    const key = await this.#server.apiKey();
    return readModelIds(await getJson(this.#server, '/models?sort=throughput-high-to-low', key, signal));
  }

  /** The ids of models with a zero-retention endpoint. Throws `RequestError`. */
  async zeroRetentionModels(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const key = await this.#server.apiKey();
    return readZeroRetentionModels(await getJson(this.#server, '/endpoints/zdr', key, signal));
  }

  /** The account's presets; none without a key, and on servers that aren't OpenRouter. Throws `RequestError`. */
  async presets(signal: AbortSignal): Promise<readonly Preset[]> {
    const key = await this.#server.apiKey();
    const isOther = this.#server.identity?.kindOf(this.#server.baseUrl()) === 'other';
    return key === undefined || isOther
      ? []
      : readPresets(await getJson(this.#server, '/presets', key, signal));
  }

  async #read(id: string, key: string | undefined, signal: AbortSignal): Promise<ModelEndpoints> {
    const get = (path: string): Promise<unknown> => getJson(this.#server, path, key, signal);
    const endpoints = readEndpoints(await get(`/models/${encodeURI(id)}/endpoints`));
    if (!endpoints) {
      throw new RequestError('protocol', { detail: "The response doesn't contain a list of endpoints." });
    }
    // Optional details must not hide the rest when they can't be read.
    const [zeroRetention, providers] = await Promise.all([
      get('/endpoints/zdr').then(
        (body) => readZeroRetentionTags(body, id),
        () => undefined,
      ),
      get('/providers').then(readProviders, () => []),
    ]);
    return { endpoints, providers, ...(zeroRetention && { zeroRetention }) };
  }
}
