import { RequestError } from './requestError.ts';

/** The base URL, for example `https://openrouter.ai/api/v1`, without a trailing slash. */
export type BaseUrl = string;

/** Whether a server is OpenRouter (or fronts it) or another OpenAI-compatible server. */
export type ServerKind = 'openrouter' | 'other';

/** Parses `switchboard.baseUrl`: https anywhere or http on this machine; no credentials, query, or fragment. */
export function parseBaseUrl(setting: string): BaseUrl {
  const url = URL.parse(setting.trim());
  if (!url) {
    throw new RequestError('baseUrl', { detail: `"${setting}" isn't a valid URL.` });
  }
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  if (!secure) {
    throw new RequestError('baseUrl', {
      detail: `It begins with "${url.protocol}" but must use https. Only a server on this machine may use http.`,
    });
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new RequestError('baseUrl', {
      detail: 'It must not contain a user name, password, query, or fragment.',
    });
  }
  return url.origin + url.pathname.replace(/(?<!\/)\/+$/, '');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** OpenRouter's own hosts: the global one and its regional subdomains. */
export function isOpenRouterHost(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return hostname === 'openrouter.ai' || hostname.endsWith('.openrouter.ai');
}
