import type { GenerationSource } from '../conversation/usageLookup.ts';
import type { Usage } from '../conversation/message.ts';
import type { KeyInfo } from '../model/credit.ts';
import type { Model } from '../model/model.ts';
import { RequestError } from '../model/requestError.ts';
import { withoutKeys } from '../model/apiKeyFormat.ts';
import { parseJson } from '../util/json.ts';
import { errorFromResponse, errorObject } from './errors.ts';
import { attribution, type Server } from './server.ts';
import { readGeneration, readKeyInfo, readModels } from './wire.ts';

const timeoutMs = 20_000;

/**
 * Reads what belongs to the account: the key's record and the catalogue. It uses plain `fetch`, so that the
 * status bar does not load the chat client.
 */
export class OpenRouterAccount implements GenerationSource {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /** The record of the stored key, or of one that is about to be stored. Throws `RequestError`. */
  async keyInfo(signal: AbortSignal, candidate?: string): Promise<KeyInfo> {
    const key = candidate ?? (await this.#server.apiKey());
    if (key === undefined) {
      throw new RequestError('noKey');
    }
    const info = readKeyInfo(await this.#get('/key', key, signal));
    if (!info) {
      throw new RequestError('protocol', { detail: 'The answer holds no key record.' });
    }
    return info;
  }

  /**
   * The models this account may use; the whole catalogue where the server does not know accounts, or while no
   * key is set. Throws `RequestError`.
   */
  async listModels(signal: AbortSignal): Promise<readonly Model[]> {
    const key = await this.#server.apiKey();
    if (key !== undefined) {
      try {
        return modelsIn(await this.#get('/models/user', key, signal));
      } catch (error) {
        if (signal.aborted || (error instanceof RequestError && error.kind === 'baseUrl')) {
          throw error;
        }
      }
    }
    return modelsIn(await this.#get('/models', key, signal));
  }

  /** What an answer took and cost, by the service's books; nothing while they do not hold it. Throws `RequestError`. */
  async usageOf(generationId: string, signal: AbortSignal): Promise<Usage | undefined> {
    const key = await this.#server.apiKey();
    try {
      return readGeneration(
        await this.#get(`/generation?id=${encodeURIComponent(generationId)}`, key, signal),
      );
    } catch (error) {
      if (error instanceof RequestError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  async #get(path: string, key: string | undefined, signal: AbortSignal): Promise<unknown> {
    const url = this.#server.baseUrl() + path;
    const headers = {
      Accept: 'application/json',
      ...attribution,
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
      const detail = withoutKeys(reasonOf(cause) ?? '', key);
      throw new RequestError(isTimeout(cause) ? 'timeout' : 'network', { detail, cause });
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

function modelsIn(body: unknown): readonly Model[] {
  const models = readModels(body);
  if (!models) {
    throw new RequestError('protocol', { detail: 'The answer holds no list of models.' });
  }
  return models;
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'TimeoutError';
}

/** The system's word for a broken connection, such as `ECONNREFUSED`. */
export function reasonOf(cause: unknown): string | undefined {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (!(inner instanceof Error)) {
    return undefined;
  }
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.message;
}
