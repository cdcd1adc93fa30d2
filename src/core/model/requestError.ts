import { withoutKeys } from '../util/withoutKeys.ts';

/**
 * What can go wrong with a request. The kind decides the message and the remedies; canceling isn't an error and has no
 * kind.
 */
export type RequestErrorKind =
  /** No key is set. */
  | 'noKey'
  /** The service rejects the key. */
  | 'key'
  /** A management key, which can't send requests to models. */
  | 'managementKey'
  /** The server isn't OpenRouter and keeps no key records, so there is no credit to read. */
  | 'noKeyRecord'
  /** The account or key has too little credit for this request. */
  | 'credit'
  /** Credit is reserved by running requests; it is released automatically. */
  | 'inFlight'
  | 'rateLimit'
  /** The provider, not the service, limits requests. */
  | 'upstreamLimit'
  /** Today's free requests are used up. */
  | 'freeDaily'
  | 'contextLength'
  /** The request is too large for the server. */
  | 'tooLarge'
  | 'moderation'
  /** A provider's filter stopped an answer. */
  | 'contentFilter'
  /** A permission is missing. */
  | 'forbidden'
  /** A guardrail on the key or workspace blocks the request's content. */
  | 'guardrail'
  /** A budget on the key, workspace, or guardrail is used up. */
  | 'budget'
  /** The user's daily budget is used up. */
  | 'dayBudget'
  /** The request could exceed its run's budget. */
  | 'runBudget'
  /** The model isn't available in the server's or the user's region. */
  | 'region'
  /** The account's privacy settings exclude every provider. */
  | 'privacy'
  /** The request's own privacy rules exclude every provider. */
  | 'ownPrivacy'
  /** The model is unknown, or no provider can serve this request. */
  | 'model'
  /** The routing or the request's requirements exclude every provider. */
  | 'noProvider'
  /** The service rejects the request as it is. */
  | 'request'
  /** The provider failed. */
  | 'provider'
  /** The server can't be reached, or the connection was lost. */
  | 'network'
  /** The server's name isn't known on this network. */
  | 'unknownHost'
  /** Nothing listens at the server's address. */
  | 'refused'
  /** The server's certificate isn't trusted. */
  | 'certificate'
  /** A proxy requires authentication or can't be used. */
  | 'proxy'
  /** The server stopped responding. */
  | 'timeout'
  /** The stream ended before the answer did. */
  | 'truncated'
  /** The server doesn't speak OpenRouter's protocol. */
  | 'protocol'
  /** A web page came instead of an answer: something on the way answered, or another server. */
  | 'page'
  /** `switchboard.baseUrl` isn't valid. */
  | 'baseUrl'
  /** `switchboard.routing` isn't valid. */
  | 'routing'
  /** Spending can't be recorded, so the daily budget can't be enforced. */
  | 'ledger'
  /** What was spent today isn't known, so the daily budget can't be enforced. */
  | 'spendingUnknown'
  /** A bug of ours, before sending or during an answer. */
  | 'internal'
  /** A structured answer doesn't match its schema. */
  | 'invalidAnswer'
  /** The answer ended regularly, and there is nothing in it. */
  | 'emptyAnswer';

/** What else the service said about a failure. */
export interface FailureFacts {
  /** HTTP status, if any. */
  readonly status?: number;
  /** The service's own words, without any key; may be long, shown on demand. */
  readonly detail?: string;
  /** Seconds to wait before retrying. */
  readonly retryAfter?: number;
  /** When a limit resets, in milliseconds since the epoch. */
  readonly resetAt?: number;
  /** The longest answer that the credit covers, in tokens. */
  readonly affordableTokens?: number;
  /** Models that the service suggests instead. */
  readonly alternatives?: readonly string[];
  /** What excluded every provider, by the service's reasons. */
  readonly excludedBy?: readonly string[];
  /** What moderation flagged, in its own words. */
  readonly reasons?: readonly string[];
  /** The part of the request that moderation flagged, as far as the service repeats it. */
  readonly flaggedInput?: string;
}

/** The same facts, with `undefined` for unknown ones. */
type GivenFacts = { readonly [Name in keyof FailureFacts]?: FailureFacts[Name] | undefined };

/** A failed request: its kind, the service's words, and other facts. */
export class RequestError extends Error {
  readonly kind: RequestErrorKind;
  readonly facts: FailureFacts;

  constructor(kind: RequestErrorKind, { cause, ...facts }: GivenFacts & { readonly cause?: unknown } = {}) {
    super(`request failed: ${kind}`, cause === undefined ? undefined : { cause });
    this.name = 'RequestError';
    this.kind = kind;
    this.facts = withoutNothing(cleaned(facts, (words) => withoutKeys(words)));
  }

  /** The same failure without a key, wherever the server has repeated it. */
  without(key: string): RequestError {
    const facts = cleaned(this.facts, (words) => withoutKeys(words, key));
    return new RequestError(this.kind, { ...facts, cause: this.cause });
  }
}

/** The facts with all their words cleaned. */
function cleaned(facts: GivenFacts, clean: (words: string) => string): GivenFacts {
  const entries = Object.entries(facts).map(([name, fact]) => [
    name,
    typeof fact === 'string'
      ? clean(fact)
      : Array.isArray(fact)
        ? fact.map((each: string) => clean(each))
        : fact,
  ]);
  return Object.fromEntries(entries) as GivenFacts;
}

/** Drops empty facts. */
function withoutNothing(facts: GivenFacts): FailureFacts {
  const present = Object.entries(facts).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(present);
}
