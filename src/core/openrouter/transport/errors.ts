import { arrayIn, numberIn, objectIn, parseJson, textIn, textsIn, type JsonObject } from '../../util/json.ts';
import { RequestError, type RequestErrorKind } from '../../model/requestError.ts';
import { isContextOverflow } from './contextOverflow.ts';
import { errorObject } from './errorObject.ts';
import { isPage, pageWords, sentenceIn } from './errorWords.ts';
import { resetIn, secondsIn } from './waits.ts';

/** The facts of a failed request, from any error format. */
interface ErrorFacts {
  readonly status: number | undefined;
  /** All that the service and the provider say, to recognize the failure by. */
  readonly message: string;
  /** The sentence to show. */
  readonly words: string | undefined;
  readonly metadata: JsonObject;
  readonly availability: JsonObject | undefined;
  readonly errorType: string | undefined;
  /** What a failure is called by codes that are words, in lower case. */
  readonly codes: readonly string[];
  /** The service only passes on what a provider answered. */
  readonly isPassedOn: boolean;
}

/** The failure in an HTTP response: OpenRouter's format, similar ones, or no JSON at all. */
export function errorFromResponse(
  status: number,
  body: string,
  retryAfter: string | null,
  reset: string | null = null,
): RequestError {
  if (isPage(body)) {
    return pageError(status, body, secondsIn(retryAfter));
  }
  const parsed = parseJson(body);
  const whole = Array.isArray(parsed) ? objectIn(parsed[0]) : objectIn(parsed);
  const isFlat = whole?.['object'] === 'error' || whole?.['type'] === 'error';
  const error = errorObject(whole) ?? (isFlat ? whole : undefined);
  if (error) {
    return errorFromObject(error, status, { retryAfter: secondsIn(retryAfter), reset });
  }
  const words = sentenceIn(whole ?? body);
  if (status < 400 || (status === 404 && /^(page )?not found\.?$/i.test(words ?? ''))) {
    return new RequestError('protocol', { status, detail: words });
  }
  return errorFromObject({ message: words }, status, { retryAfter: secondsIn(retryAfter), reset });
}

/** A page is never from the service, whatever its status: not the key, the account or the model is to blame. */
function pageError(status: number | undefined, page: string, retryAfter: number | undefined): RequestError {
  const kind = status === 407 ? 'proxy' : 'page';
  return new RequestError(kind, { status, detail: pageWords(page), retryAfter });
}

/** What the response's headers say besides its body. */
interface HeaderFacts {
  readonly retryAfter?: number | undefined;
  readonly reset?: string | null;
}

/** The failure in an `error` object, in a response or in a stream. */
export function errorFromObject(
  given: JsonObject,
  httpStatus?: number,
  { retryAfter, reset }: HeaderFacts = {},
): RequestError {
  const words = textIn(given['message']) ?? '';
  if (isPage(words)) {
    return pageError(httpStatus, words, retryAfter);
  }
  const facts = factsOf(unwrapped(given), httpStatus);
  const { metadata } = facts;
  return new RequestError(kindOf(facts), {
    status: facts.status,
    detail: wordsOf(facts),
    retryAfter: retryAfter ?? numberIn(facts.availability?.['retry_after']),
    resetAt: resetIn(metadata, facts.status === 429 ? reset : null),
    affordableTokens: affordableIn(facts),
    alternatives: textsIn(facts.availability?.['fallback_models']),
    excludedBy: excludedIn(facts),
    reasons: textsIn(metadata['reasons']),
    flaggedInput: textIn(metadata['flagged_input'])?.trim().slice(0, 300),
  });
}

function factsOf(error: JsonObject, httpStatus: number | undefined): ErrorFacts {
  const metadata = objectIn(error['metadata']) ?? {};
  const said = sentenceIn(error['message']) ?? sentenceIn(error);
  const raw = sentenceIn(metadata['raw']);
  const code = textIn(error['code']);
  const isGeneric = said === undefined || /^(provider|upstream)\b.{0,12}\b(error|failed)\.?$/i.test(said);
  return {
    // In a stream the HTTP status is 200 and says nothing.
    status:
      httpStatus !== undefined && httpStatus >= 400
        ? httpStatus
        : (statusIn(error['code']) ?? statusIn(error['http_status'])),
    message: [said, raw, code, ...codesIn(metadata)].filter(Boolean).join('\n'),
    words: isGeneric ? (raw ?? said) : said,
    metadata,
    availability: objectIn(error['availability']),
    errorType: textIn(metadata['error_type']) ?? textIn(error['error_type']),
    codes: [code, textIn(error['type']), textIn(error['status'])].flatMap(
      (each) => each?.toLowerCase() ?? [],
    ),
    isPassedOn: isGeneric && (textIn(metadata['provider_name']) ?? raw) !== undefined,
  };
}

/** A status as a number, or as text. */
function statusIn(code: unknown): number | undefined {
  return typeof code === 'string' && /^[45]\d\d$/.test(code) ? Number(code) : numberIn(code);
}

/** The provider's own codes, which tell more than its sentence. */
function codesIn(metadata: JsonObject): readonly string[] {
  const raw = metadata['raw'];
  const inRaw = objectIn(typeof raw === 'string' ? parseJson(raw) : raw);
  const within = objectIn(inRaw?.['error']) ?? inRaw;
  return [metadata['provider_code'], metadata['provider_error_code'], within?.['code']].flatMap(
    (code) => textIn(code) ?? [],
  );
}

/** An error within an error, as gateways wrap them: the inner one's fields count. */
function unwrapped(error: JsonObject, depth = 0): JsonObject {
  const inner = objectIn(error['error']);
  return inner && depth < 8 ? unwrapped({ ...error, error: undefined, ...inner }, depth + 1) : error;
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

/** The same in the words of others, where no status says more. */
const kindByCode: Readonly<Record<string, RequestErrorKind>> = {
  ...kindByErrorType,
  rate_limit_error: 'rateLimit',
  rate_limited: 'rateLimit',
  too_many_requests: 'rateLimit',
  resource_exhausted: 'rateLimit',
  overloaded_error: 'provider',
  model_not_found: 'model',
  content_filter: 'moderation',
  deadline_exceeded: 'timeout',
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
  [says(404, /no allowed providers|support tool use|model restrictions|tool_choice/i), 'noProvider'],
  [
    says(404, /no (endpoints?|providers?)\b.{0,20}\b(found|available)\b.{0,120}\b(that|which)\b/i),
    'noProvider',
  ],
  [says(404, /no (endpoints?|providers?)\b.{0,20}\b(found|available)\b.{0,120}\bsupport/i), 'noProvider'],
  [({ status, message }) => isContextOverflow(status, message), 'contextLength'],
  // What a provider says about a key or an account isn't about the user's.
  [({ status, isPassedOn }) => isPassedOn && [401, 402, 403, 407].includes(status ?? 0), 'provider'],
  [says(400, /not a valid model|model (id )?not found|unknown model|does not exist/i), 'model'],
];

function isBudget({ limit_source: source }: JsonObject): boolean {
  return typeof source === 'string' && /_(guardrail|workspace)_budget$|_key_limit$/.test(source);
}

function kindOf(facts: ErrorFacts): RequestErrorKind {
  const availability = kindByAvailability[textIn(facts.availability?.['code']) ?? ''];
  const shape = shapes.find(([shows]) => shows(facts))?.[1];
  const typed = kindByErrorType[facts.errorType ?? ''];
  const coded = facts.codes.flatMap((code) => kindByCode[code] ?? [])[0];
  return availability ?? shape ?? typed ?? kindFromStatus(facts.status) ?? coded ?? 'provider';
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

/** Who says it, the sentence, and any hint. */
function wordsOf({ words, metadata }: ErrorFacts): string {
  const provider = textIn(metadata['provider_name']);
  const hint = textIn(metadata['remedy_hint']);
  const said = [provider, words].filter(Boolean).join(': ');
  return [said, hint].filter(Boolean).join(' ');
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
