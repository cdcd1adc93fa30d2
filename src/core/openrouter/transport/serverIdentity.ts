import { isOpenRouterHost, type ServerKind } from '../../model/server.ts';
import type { RequestError } from '../../model/requestError.ts';
import { objectIn, objectsIn } from '../../util/json.ts';

/** What a server has revealed; absent if not seen or unreadable. */
interface Evidence {
  readonly keyRecord?: boolean;
  readonly catalog?: boolean;
}

/**
 * Knows which servers are OpenRouter. Its own hosts are known by name; others reveal themselves, because only
 * OpenRouter has key records and prices in its model list.
 */
export class ServerIdentity {
  readonly #seen = new Map<string, Evidence>();

  /** What is known about a server; absent before it has responded. */
  kindOf(baseUrl: string): ServerKind | undefined {
    if (isOpenRouterHost(baseUrl)) {
      return 'openrouter';
    }
    const { keyRecord, catalog } = this.#seen.get(baseUrl) ?? {};
    if (keyRecord === true || catalog === true) {
      return 'openrouter';
    }
    // A model list without prices proves nothing: a proxy may shorten it.
    return keyRecord === false ? 'other' : undefined;
  }

  /** Notes whether the server has a key record. */
  sawKeyRecord(baseUrl: string, keyRecord: boolean): void {
    this.#seen.set(baseUrl, { ...this.#seen.get(baseUrl), keyRecord });
  }

  /** Notes what the server's model list looks like. An empty list says nothing. */
  sawModels(baseUrl: string, body: unknown): void {
    const rows = objectsIn(objectIn(body)?.['data']);
    if (rows.length > 0) {
      const catalog = rows.some((row) => objectIn(row['pricing']) && objectIn(row['architecture']));
      this.#seen.set(baseUrl, { ...this.#seen.get(baseUrl), catalog });
    }
  }
}

/** Whether the body of an answer to `GET /key` is a record of a key. */
export function isKeyRecord(body: unknown): boolean {
  const data = objectIn(objectIn(body)?.['data']);
  return data !== undefined && ('label' in data || 'usage' in data);
}

/** How servers respond to unknown addresses. */
const noSuchAddress: readonly (number | undefined)[] = [404, 405, 501];

/** Whether a server that failed to give the record of a key has no such records. */
export function keepsNoKeyRecords({ facts }: RequestError): boolean {
  return noSuchAddress.includes(facts.status);
}
