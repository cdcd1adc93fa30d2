import { arrayIn, numberIn, objectIn, parseJson, textIn, textsIn, type JsonObject } from '../../util/json.ts';
import { RequestError, type RequestErrorKind } from '../../model/requestError.ts';
import { errorObject } from './errorObject.ts';

/** The facts of a failed request, from any error format. */
interface ErrorFacts {
  readonly status: number | undefined;
  readonly message: string;
  readonly metadata: JsonObject;
  readonly availability: JsonObject | undefined;
  readonly errorType: string | undefined;
}

/** The failure in an HTTP response: OpenRouter's format, similar ones, or no JSON at all. */
export function errorFromResponse(status: number, body: string, retryAfter: string | null): RequestError {
  const error = errorObject(parseJson(body));
  if (!error) {
    return new RequestError(kindFromStatus(status) ?? 'protocol', { status, detail: plainWords(body) });
  }
  return errorFromObject(error, status, secondsIn(retryAfter));
}

/** The failure in an `error` object, in a response or in a stream. */
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
    alternatives: textsIn(facts.availability?.['fallback_models']),
    excludedBy: excludedIn(facts),
    reasons: textsIn(metadata['reasons']),
  });
}

const kindByErrorType: Readonly<Record<string, RequestErrorKind>> = {
  context_length_exceeded: 'contextLength',
  max_tokens_exceeded: 'contextLength',
  token_limit_exceeded: 'contextLength',
  string_too_long: 'contextLength',
  authentication: 'key',
  payment_required: 'credit',
  payload_too_large: 'tooLarge',
  not_found: 'model',
  image_not_found: 'request',
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
  constraint_filtered: 'noProvider',
  privacy_restricted: 'privacy',
  region_restricted: 'region',
  capacity_exhausted: 'rateLimit',
  temporarily_unavailable: 'provider',
};

/** One failure pattern: how to recognize it, and its kind. */
type Shape = readonly [shows: (facts: ErrorFacts) => boolean, kind: RequestErrorKind];

const isLimited =
  (source: string) =>
  ({ metadata }: ErrorFacts): boolean =>
    metadata['limit_source'] === source;

const says =
  (status: number, words: RegExp) =>
  (facts: ErrorFacts): boolean =>
    facts.status === status && words.test(facts.message);

/** The patterns more specific than a status, most specific first. */
const shapes: readonly Shape[] = [
  [isLimited('openrouter_free_tier_daily'), 'freeDaily'],
  [({ message }) => message.includes('free-models-per-day'), 'freeDaily'],
  [isLimited('openrouter_in_flight_budget'), 'inFlight'],
  [({ metadata }) => metadata['reason'] === 'in_flight_budget_exhausted', 'inFlight'],
  [isLimited('upstream_provider_shared_pool'), 'upstreamLimit'],
  [
    ({ status, metadata }) => status === 429 && textIn(metadata['provider_name']) !== undefined,
    'upstreamLimit',
  ],
  [({ status, metadata }) => status === 403 && isBudget(metadata), 'budget'],
  [({ status, metadata }) => status === 403 && arrayIn(metadata['reasons']).length > 0, 'moderation'],
  [({ status, metadata }) => status === 403 && arrayIn(metadata['patterns']).length > 0, 'guardrail'],
  [says(403, /guardrail/i), 'guardrail'],
  [says(403, /budget|spend(ing)? limit|key limit/i), 'budget'],
  [says(403, /moderation|flagged/i), 'moderation'],
  [says(403, /\bregion|\bcountry|\bterritory/i), 'region'],
  [says(404, /guardrail/i), 'guardrail'],
  [says(404, /data policy|privacy|zero data retention/i), 'privacy'],
  [says(404, /no allowed providers|support tool use|model restrictions/i), 'noProvider'],
  [says(400, /context length|maximum context|too many tokens|context window/i), 'contextLength'],
  [says(400, /not a valid model|model (id )?not found|unknown model|does not exist/i), 'model'],
];

function isBudget({ limit_source: source }: JsonObject): boolean {
  return typeof source === 'string' && /_(guardrail|workspace)_budget$|_key_limit$/.test(source);
}

function kindOf(facts: ErrorFacts): RequestErrorKind {
  const availability = kindByAvailability[textIn(facts.availability?.['code']) ?? ''];
  const shape = shapes.find(([shows]) => shows(facts))?.[1];
  const typed = kindByErrorType[facts.errorType ?? ''];
  return availability ?? shape ?? typed ?? kindFromStatus(facts.status) ?? 'provider';
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
    case 410:
      return 'model';
    case 408:
    case 504:
    case 524:
      return 'timeout';
    case 407:
      return 'proxy';
    case 413:
      return 'tooLarge';
    case 429:
      return 'rateLimit';
    default:
      if (status === undefined || status < 400) {
        return undefined;
      }
      return status < 500 ? 'request' : 'provider';
  }
}

/** The provider's own words if the message only says that a provider failed, plus any hint. */
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

/** The words of a body that isn't JSON: none for a web page, else its start. */
function plainWords(body: string): string {
  const text = body.trim();
  if (/^<(!doctype|html|\?xml|head|body)/i.test(text)) {
    return 'The server sent a web page instead of an API response.';
  }
  return text.slice(0, 500);
}

/** When a limit resets: in milliseconds since the epoch, as text, or as a date. */
function resetIn(metadata: JsonObject): number | undefined {
  const header = objectIn(metadata['headers'])?.['X-RateLimit-Reset'];
  const reset = Number(typeof header === 'number' ? header : textIn(header));
  const date = Date.parse(textIn(metadata['resets_at']) ?? '');
  return reset > 0 ? reset : Number.isNaN(date) ? undefined : date;
}

/** What excluded every provider: from the service's list or, in older responses, from its sentence. */
function excludedIn({ status, message, availability }: ErrorFacts): readonly string[] {
  const named = textsIn(availability?.['excluded_by']);
  if (named.length > 0 || status !== 404) {
    return named;
  }
  const told: readonly (readonly [RegExp, string])[] = [
    [/zero data retention|\bzdr\b/i, 'data_policy:zdr'],
    [/no allowed providers/i, 'allowed_providers'],
  ];
  return told.flatMap(([words, reason]) => (words.test(message) ? [reason] : []));
}

/** The answer length that the credit covers; only in the service's message. */
function affordableIn({ status, message }: ErrorFacts): number | undefined {
  const tokens = status === 402 ? /can only afford (\d+)/.exec(message)?.[1] : undefined;
  return tokens === undefined ? undefined : Number(tokens);
}

/** `Retry-After` in seconds; the rare date form is left to the service's message. */
function secondsIn(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header.trim()) ? Number(header) : undefined;
}
