import type { BaseUrl } from '../../model/server.ts';
import type { ServerIdentity } from './serverIdentity.ts';

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

/** Who asks, as OpenRouter's rankings know it. Other headers that a library may add are not sent. */
export const attribution = {
  'HTTP-Referer': 'https://marketplace.visualstudio.com/items?itemName=switchboard-ai.switchboard',
  'X-OpenRouter-Title': 'Switchboard for OpenRouter',
  'X-OpenRouter-Categories': 'ide-extension',
} as const;
