import type { ChatRequest } from '../../conversation/generation/chatModel.ts';
import { toChatBody } from './request.ts';
import { attribution, type Server } from '../transport/server.ts';
import type { ServerKind } from '../../model/server.ts';

/** One request as it goes over the wire, to the last byte of its body. */
export interface HttpRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is known of a server when a request to it is built. */
export interface Addressee {
  readonly kind: ServerKind;
  /** Absent where the server wants none. */
  readonly apiKey?: string | undefined;
}

/** Builds the request for a question. The client sends exactly this, and the preview shows exactly this. */
export function toHttpRequest(
  request: ChatRequest,
  server: Pick<Server, 'baseUrl' | 'extraHeaders'>,
  { kind, apiKey }: Addressee,
): HttpRequest {
  return {
    method: 'POST',
    url: `${server.baseUrl()}/chat/completions`,
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      ...(kind === 'openrouter' && openRouterHeaders(request)),
      ...server.extraHeaders?.(),
      ...(apiKey !== undefined && { Authorization: `Bearer ${apiKey}` }),
    },
    body: JSON.stringify(toChatBody(request, kind)),
  };
}

function openRouterHeaders(request: ChatRequest): Readonly<Record<string, string>> {
  return { ...attribution, 'X-OpenRouter-Metadata': 'enabled', ...cacheHeaders(request) };
}

function cacheHeaders({ responseCache, fresh, sessionId }: ChatRequest): Readonly<Record<string, string>> {
  if (responseCache !== true) {
    return {};
  }
  return {
    ...(fresh === true ? { 'X-OpenRouter-Cache-Clear': 'true' } : { 'X-OpenRouter-Cache': 'true' }),
    ...(sessionId !== undefined && { 'x-session-id': sessionId }),
  };
}
