import { withoutKeys } from '../../util/withoutKeys.ts';
import type { RequestError } from '../../model/requestError.ts';
import { objectIn, parseJson, textIn } from '../../util/json.ts';
import { fetchAnswer, type Answer } from '../transport/answer.ts';
import { errorObject } from '../transport/errorObject.ts';
import { errorFromResponse } from '../transport/errors.ts';
import { requestHeaders } from '../transport/server.ts';
import { SignInError, type SignInFault } from '../../account/signIn.ts';
import { isOpenRouterHost, type BaseUrl } from '../../model/server.ts';

/** A code from the authorization page, with the proof that it is ours. */
export interface Exchange {
  readonly baseUrl: BaseUrl;
  readonly code: string;
  readonly verifier: string;
}

/** Exchanges a code for an API key. Throws `SignInError`, or `RequestError` for general failures. */
export async function exchangeCode(exchange: Exchange, signal: AbortSignal): Promise<string> {
  const { baseUrl, code, verifier } = exchange;
  const proof = { code, code_verifier: verifier, code_challenge_method: 'S256' };
  const answer = await post(baseUrl, proof, signal, verifier);
  const key = textIn(objectIn(parseJson(answer.body))?.['key']);
  if (answer.ok && key !== undefined) {
    return key;
  }
  throw failureOf({ ...answer, body: withoutKeys(answer.body, verifier) });
}

/**
 * Whether a server issues keys through sign-in. OpenRouter's own hosts are known; others are probed with an empty
 * exchange, which OpenRouter rejects in its own way and gateways don't know.
 */
export async function offersSignIn(baseUrl: BaseUrl, signal: AbortSignal): Promise<boolean> {
  if (isOpenRouterHost(baseUrl)) {
    return true;
  }
  const { status, body } = await post(baseUrl, {}, signal);
  return ![401, 404, 405, 501].includes(status) && errorObject(parseJson(body)) !== undefined;
}

function post(baseUrl: BaseUrl, body: object, signal: AbortSignal, secret?: string): Promise<Answer> {
  const headers = requestHeaders({}, { kind: 'openrouter' }, { own: { 'Content-Type': 'application/json' } });
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return fetchAnswer(`${baseUrl}/auth/keys`, init, signal, secret);
}

function failureOf({ status, body, retryAfter, rateLimitReset }: Answer): SignInError | RequestError {
  const fault = faultOf(status, body);
  const error = errorFromResponse(status, body, retryAfter, rateLimitReset);
  return fault === undefined ? error : new SignInError(fault, error.facts.detail);
}

/** This route has its own error formats: OpenRouter's, the schema check's, and plain text. */
function faultOf(status: number, body: string): SignInFault | undefined {
  const parsed = parseJson(body);
  switch (status) {
    case 400:
      // Only the usual format is about the code; the others are about the request.
      return errorObject(parsed)?.['code'] === undefined ? 'malformed' : 'invalidCode';
    case 403:
      return /expire/i.test(textIn(errorObject(parsed)?.['message']) ?? '') ? 'expiredCode' : 'wrongVerifier';
    case 404:
    case 405:
      return 'unavailable';
    case 422:
      return 'malformed';
    default:
      return undefined;
  }
}
