import type { GenerationSource } from '../../conversation/generation/usageLookup.ts';
import type { Usage } from '../../conversation/message.ts';
import type { KeyInfo } from '../../account/credit.ts';
import type { ModelEndpoints } from '../../model/endpoint.ts';
import type { Model } from '../../model/model.ts';
import { modelIdParts } from '../../model/modelId.ts';
import { RequestError } from '../../model/requestError.ts';
import { withoutKeys } from '../../util/apiKeyFormat.ts';
import { parseJson } from '../../util/json.ts';
import { errorFromResponse, errorObject } from '../transport/errors.ts';
import { connectionFailure } from '../transport/connectionFailure.ts';
import {
  readEndpoints,
  readProviders,
  readZeroRetentionModels,
  readZeroRetentionTags,
} from './endpointList.ts';
import { readKeyInfo } from './keyRecord.ts';
import { attribution, type Server } from '../transport/server.ts';
import { readModelIds, readModels, withExcluded } from './modelList.ts';
import { readGeneration } from '../transport/wire.ts';
import { type BaseUrl, type ServerKind, isOpenRouterHost } from '../../model/server.ts';

const timeoutMs = 20_000;

/** How servers answer that do not know an address at all. */
const noSuchAddress = [404, 405, 501];

/**
 * Reads what belongs to the account: the key's record and the catalog. It uses plain `fetch`, so that the
 * status bar does not load the chat client.
 */
export class OpenRouterAccount implements GenerationSource {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /**
   * The record of the stored key, or of one that is about to be stored. Throws `RequestError`, of kind `noKeyRecord`
   * when the server is not OpenRouter.
   */
  async keyInfo(signal: AbortSignal, candidate?: string): Promise<KeyInfo> {
    const key = candidate ?? (await this.#server.apiKey());
    // A server on one's own machine often wants no key, so it is asked before the user is.
    if (key === undefined && this.#kind() === 'openrouter') {
      throw new RequestError('noKey');
    }
    if (this.#kind() === 'other') {
      throw new RequestError('noKeyRecord');
    }
    const baseUrl = this.#server.baseUrl();
    try {
      const info = readKeyInfo(await this.#get('/key', key, signal));
      if (!info) {
        throw new RequestError('protocol', { detail: 'The answer holds no key record.' });
      }
      this.#server.identity?.sawKeyRecord(baseUrl, true);
      return info;
    } catch (error) {
      throw this.#withoutRecord(error, baseUrl, key);
    }
  }

  /**
   * Checks a key that is about to be stored. Gives its record, or nothing where the server has none: there the list of
   * models must be readable with it. Throws `RequestError`.
   */
  async checkKey(signal: AbortSignal, candidate: string): Promise<KeyInfo | undefined> {
    try {
      return await this.keyInfo(signal, candidate);
    } catch (error) {
      if (!(error instanceof RequestError) || error.kind !== 'noKeyRecord') {
        throw error;
      }
    }
    await this.#models('/models', candidate, signal);
    return undefined;
  }

  /**
   * What kind of server this is; asks it where that is not known yet. One that does not tell is taken for OpenRouter,
   * and whatever is wrong shows with the request itself.
   */
  async serverKind(signal: AbortSignal): Promise<ServerKind> {
    const known = this.#kind();
    if (known !== undefined) {
      return known;
    }
    try {
      await this.keyInfo(signal);
    } catch {
      // One that has no records of keys may still stand in front of OpenRouter: its models show it.
      await this.listModels(signal).catch(() => undefined);
    }
    return this.#kind() ?? 'openrouter';
  }

  /**
   * All models, of which those that the account's settings exclude are marked. Where the server does not know accounts,
   * or no key is set, none is. Throws `RequestError`.
   */
  async listModels(signal: AbortSignal): Promise<readonly Model[]> {
    const key = await this.#server.apiKey();
    if (key === undefined || this.#kind() === 'other') {
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

  /** The ids of all models, those first whose answers come fastest. Throws `RequestError`. */
  async fastestModels(signal: AbortSignal): Promise<readonly string[]> {
    const key = await this.#server.apiKey();
    return readModelIds(await this.#get('/models?sort=throughput-high-to-low', key, signal));
  }

  /** The ids of the models that somebody offers who retains nothing. Throws `RequestError`. */
  async zeroRetentionModels(signal: AbortSignal): Promise<ReadonlySet<string>> {
    return readZeroRetentionModels(await this.#get('/endpoints/zdr', await this.#server.apiKey(), signal));
  }

  async #models(path: string, key: string | undefined, signal: AbortSignal): Promise<readonly Model[]> {
    const baseUrl = this.#server.baseUrl();
    const body = await this.#get(path, key, signal);
    const models = readModels(body);
    if (!models) {
      throw new RequestError('protocol', { detail: 'The answer holds no list of models.' });
    }
    this.#server.identity?.sawModels(baseUrl, body);
    return models;
  }

  #kind(): ServerKind | undefined {
    const { identity } = this.#server;
    return identity ? identity.kindOf(this.#server.baseUrl()) : 'openrouter';
  }

  /** Tells apart what is wrong with a key, and a server that does not know of records of keys at all. */
  #withoutRecord(error: unknown, baseUrl: BaseUrl, key: string | undefined): unknown {
    const { identity } = this.#server;
    if (!identity || !(error instanceof RequestError)) {
      return error;
    }
    if (noSuchAddress.includes(error.facts.status ?? 0) && !isOpenRouterHost(baseUrl)) {
      identity.sawKeyRecord(baseUrl, false);
      return new RequestError('noKeyRecord', { cause: error });
    }
    return key === undefined ? new RequestError('noKey', { cause: error }) : error;
  }

  /**
   * The providers' offers of a model, each with whether it retains nothing; of a variant without offers of its own,
   * those of the model it is made from. Throws `RequestError`.
   */
  async endpointsOf(modelId: string, signal: AbortSignal): Promise<ModelEndpoints> {
    const key = await this.#server.apiKey();
    const read = async (id: string): Promise<ModelEndpoints> => {
      const endpoints = readEndpoints(await this.#get(`/models/${encodeURI(id)}/endpoints`, key, signal));
      if (!endpoints) {
        throw new RequestError('protocol', { detail: 'The answer holds no list of endpoints.' });
      }
      // What only adds to the picture must not hide it when it cannot be read.
      const [zeroRetention, providers] = await Promise.all([
        this.#get('/endpoints/zdr', key, signal).then(
          (body) => readZeroRetentionTags(body, id),
          () => undefined,
        ),
        this.#get('/providers', key, signal).then(readProviders, () => []),
      ]);
      return { endpoints, providers, ...(zeroRetention && { zeroRetention }) };
    };
    const { base, extra } = modelIdParts(modelId);
    try {
      return await read(modelId);
    } catch (error) {
      if (extra === undefined || !(error instanceof RequestError) || error.facts.status !== 404) {
        throw error;
      }
      return read(base);
    }
  }

  /** What an answer took and cost, by the service's books; nothing while they do not hold it. Throws `RequestError`. */
  async usageOf(generationId: string, signal: AbortSignal): Promise<Usage | undefined> {
    const key = await this.#server.apiKey();
    try {
      return readGeneration(
        await this.#get(`/generation?id=${encodeURIComponent(generationId)}`, key, signal),
      );
    } catch (error) {
      if (error instanceof RequestError && error.facts.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  async #get(path: string, key: string | undefined, signal: AbortSignal): Promise<unknown> {
    const url = this.#server.baseUrl() + path;
    const headers = {
      Accept: 'application/json',
      ...(this.#kind() !== 'other' && attribution),
      ...this.#server.extraHeaders?.(),
      ...(key && { Authorization: `Bearer ${key}` }),
    };
    let response: Response;
    let body: string;
    try {
      response = await fetch(url, {
        headers,
        // A redirect could lead the key and the code to another server.
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      body = await response.text();
    } catch (cause) {
      const failure = connectionFailure(cause, isTimeout(cause) ? 'timeout' : 'network');
      const detail = withoutKeys(failure.facts.detail ?? '', key);
      throw new RequestError(failure.kind, { ...failure.facts, detail, cause });
    }
    const parsed = parseJson(body);
    // Some failures come with status 200.
    if (!response.ok || parsed === undefined || errorObject(parsed)) {
      const retryAfter = response.headers.get('Retry-After');
      throw errorFromResponse(response.status, withoutKeys(body, key), retryAfter);
    }
    return parsed;
  }
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'TimeoutError';
}
