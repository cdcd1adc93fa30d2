import type { ChatRequest } from '../../conversation/generation/chatModel.ts';
import { requestHeaders, type Addressee, type HttpHeaders, type Server } from '../transport/server.ts';
import { toChatBody, type ChatBody } from './request.ts';

/** A question to a server: where it goes, and what it carries. */
export interface ChatCall {
  readonly baseUrl: string;
  readonly headers: HttpHeaders;
  readonly body: ChatBody;
}

/** One request as sent, byte for byte. */
export interface HttpRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: HttpHeaders;
  readonly body: string;
}

/** Builds the request for a question; the client sends it, and the preview shows it. */
export function toChatCall(
  request: ChatRequest,
  server: Pick<Server, 'baseUrl' | 'extraHeaders' | 'attribution'>,
  addressee: Addressee,
): ChatCall {
  const openRouter = { 'X-OpenRouter-Metadata': 'enabled', ...cacheHeaders(request) };
  return {
    baseUrl: server.baseUrl(),
    headers: requestHeaders(server, addressee, {
      own: { 'Content-Type': 'application/json' },
      openRouter,
    }),
    body: toChatBody(request, addressee.kind),
  };
}

/** The same as it goes over the wire: a contract test holds the client to it, byte for byte. */
export function toHttpRequest(...question: Parameters<typeof toChatCall>): HttpRequest {
  const { baseUrl, headers, body } = toChatCall(...question);
  return { method: 'POST', url: `${baseUrl}/chat/completions`, headers, body: JSON.stringify(body) };
}

function cacheHeaders({ responseCache, fresh, sessionId }: ChatRequest): HttpHeaders {
  if (responseCache !== true) {
    return {};
  }
  return {
    ...(fresh === true ? { 'X-OpenRouter-Cache-Clear': 'true' } : { 'X-OpenRouter-Cache': 'true' }),
    ...(sessionId !== undefined && { 'x-session-id': sessionId }),
  };
}
