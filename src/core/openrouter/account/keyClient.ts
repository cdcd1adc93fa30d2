import type { KeyInfo } from '../../account/credit.ts';
import type { KeyInfoSource } from '../../account/creditMonitor.ts';
import { RequestError } from '../../model/requestError.ts';
import { isOpenRouterHost, type BaseUrl, type ServerKind } from '../../model/server.ts';
import { getJson } from '../transport/answer.ts';
import type { Server } from '../transport/server.ts';
import { keepsNoKeyRecords } from '../transport/serverIdentity.ts';
import { serverKind } from '../transport/serverProbe.ts';
import { readKeyInfo } from './keyRecord.ts';

/** Asks the service about API keys. */
export class KeyClient implements KeyInfoSource {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  /**
   * The record of the stored key or of one about to be stored. Throws `RequestError`, of kind `noKeyRecord` if the
   * server isn't OpenRouter.
   */
  async keyInfo(signal: AbortSignal, candidate?: string): Promise<KeyInfo> {
    const key = candidate ?? (await this.#server.apiKey());
    // A local server often needs no key, so it is asked first.
    if (key === undefined && this.#kind() === 'openrouter') {
      throw new RequestError('noKey');
    }
    if (this.#kind() === 'other') {
      throw new RequestError('noKeyRecord');
    }
    const baseUrl = this.#server.baseUrl();
    try {
      const info = readKeyInfo(await getJson(this.#server, '/key', key, signal));
      if (!info) {
        throw new RequestError('protocol', { detail: "The response doesn't contain a key record." });
      }
      this.#server.identity?.sawKeyRecord(baseUrl, true);
      return info;
    } catch (error) {
      throw this.#withoutRecord(error, baseUrl, key);
    }
  }

  /**
   * Checks a key before it is stored. Returns its record; if the server has none, the model list must be readable.
   * Throws `RequestError`.
   */
  async checkKey(signal: AbortSignal, candidate: string): Promise<KeyInfo | undefined> {
    try {
      return await this.keyInfo(signal, candidate);
    } catch (error) {
      if (!(error instanceof RequestError) || error.kind !== 'noKeyRecord') {
        throw error;
      }
    }
    // Credit is read as soon as the window is there, and needs no reader of models.
    const { readModels } = await import('./modelList.ts');
    if (!readModels(await getJson(this.#server, '/models', candidate, signal))) {
      throw new RequestError('protocol', { detail: "The response doesn't contain a list of models." });
    }
    return undefined;
  }

  /** What kind of server this is. Throws `RequestError` where the base URL cannot be used. */
  serverKind(signal: AbortSignal): Promise<ServerKind> {
    return serverKind(this.#server, signal);
  }

  #kind(): ServerKind | undefined {
    const { identity } = this.#server;
    return identity ? identity.kindOf(this.#server.baseUrl()) : 'openrouter';
  }

  /** Distinguishes a bad key from a server without key records. */
  #withoutRecord(error: unknown, baseUrl: BaseUrl, key: string | undefined): unknown {
    const { identity } = this.#server;
    if (!identity || !(error instanceof RequestError)) {
      return error;
    }
    if (keepsNoKeyRecords(error) && !isOpenRouterHost(baseUrl)) {
      identity.sawKeyRecord(baseUrl, false);
      return new RequestError('noKeyRecord', { cause: error });
    }
    return key === undefined ? new RequestError('noKey', { cause: error }) : error;
  }
}
