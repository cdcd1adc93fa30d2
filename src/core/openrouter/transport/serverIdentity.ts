import { isOpenRouterHost, type ServerKind } from '../../model/server.ts';
import type { RequestError } from '../../model/requestError.ts';
import { objectIn, objectsIn } from '../../util/json.ts';

/** What a server has shown of itself; absent while it has not been seen, or could not be read. */
interface Evidence {
  readonly keyRecord?: boolean;
  readonly catalog?: boolean;
}

/**
 * Knows which servers are OpenRouter. Its own hosts are known by name; any other server shows it by what it answers,
 * because only OpenRouter has records of keys and prices in its list of models.
 */
export class ServerIdentity {
  readonly #seen = new Map<string, Evidence>();

  /** What is known of a server; nothing before it has answered. */
  kindOf(baseUrl: string): ServerKind | undefined {
    if (isOpenRouterHost(baseUrl)) {
      return 'openrouter';
    }
    const { keyRecord, catalog } = this.#seen.get(baseUrl) ?? {};
    if (keyRecord === true || catalog === true) {
      return 'openrouter';
    }
    // A list of models without prices proves nothing by itself: a proxy may shorten it.
    return keyRecord === false ? 'other' : undefined;
  }

  /** Notes whether the server has a record of the key. */
  sawKeyRecord(baseUrl: string, keyRecord: boolean): void {
    this.#seen.set(baseUrl, { ...this.#seen.get(baseUrl), keyRecord });
  }

  /** Notes what the server's list of models looks like. An empty list says nothing. */
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

/** How servers answer that do not know an address at all. */
const noSuchAddress: readonly (number | undefined)[] = [404, 405, 501];

/** Whether a server that failed to give the record of a key has no such records. */
export function keepsNoKeyRecords({ facts }: RequestError): boolean {
  return noSuchAddress.includes(facts.status);
}
