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
    const [all, own] = await Promise.allSettled([
      this.#models('/models', key, signal),
      this.#models('/models/user', key, signal),
    ]);
    if (all.status === 'fulfilled') {
      return own.status === 'fulfilled' ? withExcluded(all.value, own.value) : all.value;
    }
    if (own.status === 'fulfilled') {
      return own.value;
    }
    throw all.reason;
  }

  async #models(path: string, key: string | undefined, signal: AbortSignal): Promise<readonly Model[]> {
    const baseUrl = this.#server.baseUrl();
    const body = await getJson(this.#server, path, key, signal);
    const models = readModels(body);
    if (!models) {
      throw new RequestError('protocol', { detail: 'The answer holds no list of models.' });
    }
    this.#server.identity?.sawModels(baseUrl, body);
    return models;
  }
}
