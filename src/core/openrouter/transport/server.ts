import type { BaseUrl, ServerKind } from '../../model/server.ts';
import type { ServerIdentity } from './serverIdentity.ts';

/** Supplies the API key for one request; nothing keeps it longer. */
export type ApiKeySource = () => Promise<string | undefined>;

/** What every client needs to reach the service. Each is asked per request, so a changed setting counts at once. */
export interface Server {
  /** Throws a `RequestError` of kind `baseUrl` if the setting isn't valid. */
  baseUrl(): BaseUrl;
  readonly apiKey: ApiKeySource;
  /** Learns whether this is OpenRouter; otherwise OpenRouter is assumed. */
  readonly identity?: ServerIdentity;
  /** Extra headers for a gateway, from the user's settings. */
  readonly extraHeaders?: () => HttpHeaders;
  /** Whether OpenRouter is told which program asks; by default it is. */
  readonly attribution?: () => boolean;
}

/** What is known about a server when a request is built. */
export interface Addressee {
  /** Absent while the server has not been seen; it is then taken for OpenRouter. */
  readonly kind: ServerKind | undefined;
  /** Absent if the server needs none. */
  readonly apiKey?: string | undefined;
}

/** Headers by their names. */
export type HttpHeaders = Readonly<Record<string, string>>;

/** The headers of a request: its own, those for OpenRouter alone, those of the user's settings, and the key. */
export function requestHeaders(
  server: Pick<Server, 'extraHeaders' | 'attribution'>,
  { kind, apiKey }: Addressee,
  { own, openRouter }: { readonly own?: HttpHeaders; readonly openRouter?: HttpHeaders } = {},
): HttpHeaders {
  return withoutRepeats({
    Accept: 'application/json',
    ...own,
    ...(kind !== 'other' && { ...(server.attribution?.() !== false && attribution), ...openRouter }),
    ...server.extraHeaders?.(),
    ...(apiKey !== undefined && apiKey !== '' && { Authorization: `Bearer ${apiKey}` }),
  });
}

/** Of names that differ in their case only the last counts: `fetch` would send both values as one. */
function withoutRepeats(headers: HttpHeaders): HttpHeaders {
  const entries = Object.entries(headers).map((entry) => [entry[0].toLowerCase(), entry] as const);
  return Object.fromEntries(new Map(entries).values());
}

/** Who asks, as OpenRouter's rankings know it. */
const attribution = {
  'HTTP-Referer': 'https://marketplace.visualstudio.com/items?itemName=switchboard-ai.switchboard',
  'X-OpenRouter-Title': 'Switchboard for OpenRouter',
  'X-OpenRouter-Categories': 'ide-extension',
} as const;
