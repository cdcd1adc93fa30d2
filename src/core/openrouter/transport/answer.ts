import { withoutKeys } from '../../util/withoutKeys.ts';
import { parseJson } from '../../util/json.ts';
import { errorObject } from './errorObject.ts';
import { requestHeaders, type Server } from './server.ts';
import { Transport } from './transport.ts';

/** A whole answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly body: string;
  readonly retryAfter: string | null;
  readonly rateLimitReset: string | null;
}

/** Sends a request and waits for all of the answer. Throws `RequestError` where none comes. */
export async function fetchAnswer(
  url: string,
  init: RequestInit,
  signal: AbortSignal,
  secret?: string,
): Promise<Answer> {
  const transport = new Transport(signal, { secret });
  try {
    const response = await transport.fetch(url, init);
    const { ok, status, headers } = response;
    return {
      ok,
      status,
      body: await response.text(),
      retryAfter: headers.get('Retry-After'),
      rateLimitReset: headers.get('X-RateLimit-Reset'),
    };
  } catch (error) {
    throw transport.failure(error);
  } finally {
    transport.close();
  }
}

/** Reads one of the service's records or lists. Throws `RequestError`, also for a failure that comes with status 200. */
export async function getJson(
  server: Server,
  path: string,
  apiKey: string | undefined,
  signal: AbortSignal,
): Promise<unknown> {
  const baseUrl = server.baseUrl();
  const kind = server.identity?.kindOf(baseUrl);
  const headers = requestHeaders(server, { kind, apiKey });
  const answer = await fetchAnswer(baseUrl + path, { headers }, signal, apiKey);
  const body = parseJson(answer.body);
  if (!answer.ok || body === undefined || errorObject(body)) {
    // The window starts with these requests, and most of them succeed.
    const { errorFromResponse } = await import('./errors.ts');
    throw errorFromResponse(
      answer.status,
      withoutKeys(answer.body, apiKey),
      answer.retryAfter,
      answer.rateLimitReset,
    );
  }
  return body;
}
