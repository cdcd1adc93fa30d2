import { arrayIn, numberIn, objectIn, parseJson, textIn, type JsonObject } from '../util/json.ts';
import { RequestError, type RequestErrorKind } from '../model/requestError.ts';

/** The facts of a failed request, from whichever envelope carried them. */
interface ErrorFacts {
  readonly status: number | undefined;
  readonly message: string;
  readonly metadata: JsonObject;
  readonly availability: JsonObject | undefined;
  readonly errorType: string | undefined;
}

/** The failure that an HTTP answer describes: OpenRouter's envelope, its siblings, or no JSON at all. */
export function errorFromResponse(status: number, body: string, retryAfter: string | null): RequestError {
  const error = errorObject(parseJson(body));
  if (!error) {
    return new RequestError(kindFromStatus(status) ?? 'protocol', { status, detail: plainWords(body) });
  }
  return errorFromObject(error, status, secondsIn(retryAfter));
}

/** The failure that an `error` object describes, in an HTTP answer or in the middle of a stream. */
export function errorFromObject(error: JsonObject, httpStatus?: number, retryAfter?: number): RequestError {
  const metadata = objectIn(error['metadata']) ?? {};
  const facts: ErrorFacts = {
    // In a stream the HTTP status is 200 and says nothing.
    status:
      httpStatus !== undefined && httpStatus >= 400
        ? httpStatus
        : (numberIn(error['code']) ?? numberIn(error['http_status'])),
    message: textIn(error['message']) ?? '',
    metadata,
    availability: objectIn(error['availability']),
    errorType: textIn(metadata['error_type']) ?? textIn(error['error_type']),
  };
  return new RequestError(kindOf(facts), {
    status: facts.status,
    detail: wordsOf(facts),
    retryAfter: retryAfter ?? numberIn(facts.availability?.['retry_after']),
    resetAt: resetIn(metadata),
    affordableTokens: affordableIn(facts),
    alternatives: arrayIn(facts.availability?.['fallback_models']).filter((id) => typeof id === 'string'),
  });
}

/** The `error` object of an answer's body, where it has one. */
export function errorObject(body: unknown): JsonObject | undefined {
  const error = objectIn(body)?.['error'];
  return typeof error === 'string' ? { message: error } : objectIn(error);
}

const kindByErrorType: Readonly<Record<string, RequestErrorKind>> = {
  context_length_exceeded: 'contextLength',
  max_tokens_exceeded: 'contextLength',
  token_limit_exceeded: 'contextLength',
  string_too_long: 'contextLength',
  authentication: 'key',
  payment_required: 'credit',
  permission_denied: 'forbidden',
  rate_limit_exceeded: 'rateLimit',
  content_policy_violation: 'moderation',
  refusal: 'moderation',
  provider_overloaded: 'provider',
  provider_unavailable: 'provider',
  server: 'provider',
  timeout: 'timeout',
};

const kindByAvailability: Readonly<Record<string, RequestErrorKind>> = {
  model_not_found: 'model',
  no_endpoints: 'model',
  model_deprecated: 'model',
  model_unavailable_upstream: 'model',
  free_variant_ended: 'model',
  constraint_filtered: 'model',
  privacy_restricted: 'privacy',
  region_restricted: 'forbidden',
  capacity_exhausted: 'rateLimit',
  temporarily_unavailable: 'provider',
};

/** One row a kind, the most telling first. */
function kindOf(facts: ErrorFacts): RequestErrorKind {
  const availability = kindByAvailability[textIn(facts.availability?.['code']) ?? ''];
  if (availability) {
    return availability;
  }
  const limit = textIn(facts.metadata['limit_source']);
  if (limit === 'openrouter_free_tier_daily' || /free-models-per-day/.test(facts.message)) {
    return 'freeDaily';
  }
  if (
    facts.status === 402 &&
    (limit === 'openrouter_in_flight_budget' || facts.metadata['reason'] === 'in_flight_budget_exhausted')
  ) {
    return 'inFlight';
  }
  const typed = kindByErrorType[facts.errorType ?? ''];
  if (typed) {
    return typed;
  }
  if (facts.status === 403 && arrayIn(facts.metadata['reasons']).length > 0) {
    return 'moderation';
  }
  if (facts.status === 404 && /data policy|privacy/i.test(facts.message)) {
    return 'privacy';
  }
  if (facts.status === 400 && /context length|maximum context|too many tokens/i.test(facts.message)) {
    return 'contextLength';
  }
  return kindFromStatus(facts.status) ?? 'provider';
}

function kindFromStatus(status: number | undefined): RequestErrorKind | undefined {
  switch (status) {
    case 401:
      return 'key';
    case 402:
      return 'credit';
    case 403:
      return 'forbidden';
    case 404:
      return 'model';
    case 408:
    case 504:
    case 524:
      return 'timeout';
    case 413:
      return 'contextLength';
    case 429:
      return 'rateLimit';
    default:
      if (status === undefined || status < 400) {
        return undefined;
      }
      return status < 500 ? 'request' : 'provider';
  }
}

/** The provider's own words where the message only says that a provider failed, and the hint where there is one. */
function wordsOf({ message, metadata }: ErrorFacts): string {
  const raw = textIn(metadata['raw']);
  const words = raw !== undefined && /^provider returned error\.?$/i.test(message) ? rawWords(raw) : message;
  const provider = textIn(metadata['provider_name']);
  const hint = textIn(metadata['remedy_hint']);
  const said = [provider, words].filter(Boolean).join(': ');
  return [said, hint].filter(Boolean).join(' ');
}

function rawWords(raw: string): string {
  const body = parseJson(raw);
  return textIn(errorObject(body)?.['message']) ?? textIn(objectIn(body)?.['message']) ?? raw;
}

/** The words of a body that is not JSON: none for a web page, the beginning of anything else. */
function plainWords(body: string): string {
  const text = body.trim();
  if (/^<(!doctype|html|\?xml|head|body)/i.test(text)) {
    return 'The server sent a web page.';
  }
  return text.slice(0, 500);
}

/** When a limit is lifted: the service says so in milliseconds since the epoch, as text. */
function resetIn(metadata: JsonObject): number | undefined {
  const reset = Number(textIn(objectIn(metadata['headers'])?.['X-RateLimit-Reset']));
  return reset > 0 ? reset : undefined;
}

/** How long an answer the credit is enough for; the service says so in its words only. */
function affordableIn({ status, message }: ErrorFacts): number | undefined {
  const tokens = status === 402 ? /can only afford (\d+)/.exec(message)?.[1] : undefined;
  return tokens === undefined ? undefined : Number(tokens);
}

/** `Retry-After` in seconds; its date form is rare and left to the service's words. */
function secondsIn(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header.trim()) ? Number(header) : undefined;
}
