import type { Model } from '../../model/model.ts';
import type { ModelSource } from '../../model/catalog.ts';
import { RequestError } from '../../model/requestError.ts';
import { getJson } from '../transport/answer.ts';
import type { Server } from '../transport/server.ts';
import { readModels, withExcluded } from './modelList.ts';

/** Reads the service's list of models. */
export class CatalogClient implements ModelSource {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /**
   * All models, with those the account excludes marked. None is marked if the server has no accounts or no key is set.
   * Throws `RequestError`.
   */
  async listModels(signal: AbortSignal): Promise<readonly Model[]> {
    const key = await this.#server.apiKey();
    if (key === undefined || this.#server.identity?.kindOf(this.#server.baseUrl()) === 'other') {
      return this.#models('/models', key, signal);
    }
    // One after the other: each answer is large, and both at once would stay in the memory of the extension host.
    const own = await this.#models('/models/user', key, signal).catch(() => undefined);
    try {
      const all = await this.#models('/models', key, signal, own);
      return own ? withExcluded(all, own) : all;
    } catch (error) {
      if (own) {
        return own;
      }
      throw error;
    }
  }

  async #models(
    path: string,
    key: string | undefined,
    signal: AbortSignal,
    before?: readonly Model[],
  ): Promise<readonly Model[]> {
    const baseUrl = this.#server.baseUrl();
    const body = await getJson(this.#server, path, key, signal);
    const models = readModels(body, before);
    if (!models) {
      throw new RequestError('protocol', { detail: "The response doesn't contain a list of models." });
    }
    this.#server.identity?.sawModels(baseUrl, body);
    return models;
  }
}
