import { RequestError } from '../../model/requestError.ts';
import type { ServerIdentity } from './serverIdentity.ts';

/** Where requests go, for example `https://openrouter.ai/api/v1`; without a slash at the end. */
export type BaseUrl = string;

/** Supplies the API key for one request; nothing keeps it longer. */
export type ApiKeySource = () => Promise<string | undefined>;

/** What both clients need to reach the service. Each is asked per request, so a changed setting counts at once. */
export interface Server {
  /** Throws a `RequestError` of kind `baseUrl` when the setting cannot be used. */
  baseUrl(): BaseUrl;
  readonly apiKey: ApiKeySource;
  /** Learns whether this is OpenRouter; without it the server is taken for OpenRouter. */
  readonly identity?: ServerIdentity;
  /** Headers that a gateway wants besides, from the user's settings. */
  readonly extraHeaders?: () => Readonly<Record<string, string>>;
}

/** Reads `switchboard.baseUrl`: https anywhere, or http to this machine; no credentials, query or fragment. */
export function parseBaseUrl(setting: string): BaseUrl {
  const url = URL.parse(setting.trim());
  if (!url) {
    throw new RequestError('baseUrl', { detail: `"${setting}" is not a URL.` });
  }
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!secure) {
    throw new RequestError('baseUrl', {
      detail: `It begins with "${url.protocol}" and must use https; http is for a server on this machine only.`,
    });
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new RequestError('baseUrl', { detail: 'It must not hold a user name, a query or a fragment.' });
  }
  return url.origin + url.pathname.replace(/\/+$/, '');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Who asks, as OpenRouter's rankings know it. Other headers that a library may add are not sent. */
export const attribution = {
  'HTTP-Referer': 'https://marketplace.visualstudio.com/items?itemName=switchboard-ai.switchboard',
  'X-OpenRouter-Title': 'Switchboard for OpenRouter',
  'X-OpenRouter-Categories': 'ide-extension',
} as const;
