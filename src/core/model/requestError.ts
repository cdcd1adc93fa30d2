import { withoutKeys } from '../util/withoutKeys.ts';

/**
 * What can go wrong between a question and its answer. The kind decides the words and the remedies; canceling
 * is not an error and has no kind.
 */
export type RequestErrorKind =
  /** No key is set. */
  | 'noKey'
  /** The service does not accept the key. */
  | 'key'
  /** A key that administers an account and cannot ask models. */
  | 'managementKey'
  /** The server is not OpenRouter and keeps no record of keys, so there is no credit to read. */
  | 'noKeyRecord'
  /** The account or the key has no credit left for this request. */
  | 'credit'
  /** Credit is tied up in requests on their way; it comes back by itself. */
  | 'inFlight'
  | 'rateLimit'
  /** The provider behind the service limits requests, not the service. */
  | 'upstreamLimit'
  /** The free requests of the day are used up. */
  | 'freeDaily'
  | 'contextLength'
  /** The request has more bytes than the server takes. */
  | 'tooLarge'
  | 'moderation'
  /** A filter of the provider ended an answer that had begun. */
  | 'contentFilter'
  /** A permission is missing. */
  | 'forbidden'
  /** A guardrail of the key or the workspace refuses what is in the request. */
  | 'guardrail'
  /** A budget of the key, the workspace or a guardrail is spent. */
  | 'budget'
  /** The budget that the user has set for a day is spent. */
  | 'dayBudget'
  /** The budget of the run that the request belongs to has too little left for it. */
  | 'runBudget'
  /** The model is not offered in the region of the server or of the user. */
  | 'region'
  /** The account's privacy settings exclude every provider. */
  | 'privacy'
  /** The model is unknown or no provider offers it (to this request). */
  | 'model'
  /** The routing, or what the request needs, leaves no provider of a model that is there. */
  | 'noProvider'
  /** The service refuses the request as it is. */
  | 'request'
  /** The provider behind the service failed. */
  | 'provider'
  /** The server cannot be reached, or the connection broke. */
  | 'network'
  /** The name of the server is not known on this network. */
  | 'unknownHost'
  /** Nothing listens at the address of the server. */
  | 'refused'
  /** The server's certificate is not trusted here. */
  | 'certificate'
  /** A proxy on the way wants authentication, or cannot be used. */
  | 'proxy'
  /** The server fell silent. */
  | 'timeout'
  /** The stream ended before the answer did. */
  | 'truncated'
  /** The server does not speak OpenRouter's protocol. */
  | 'protocol'
  /** `switchboard.baseUrl` cannot be used. */
  | 'baseUrl'
  /** `switchboard.routing` cannot be used. */
  | 'routing'
  /** What is spent cannot be noted, so the limit of a day cannot be kept. */
  | 'ledger'
  /** A fault of our own, before anything was sent or in the middle of an answer. */
  | 'internal'
  /** A structured answer did not fit its schema. */
  | 'invalidAnswer';

/** What is known of a failure besides its kind, as far as the service said it. */
export interface FailureFacts {
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** The service's words, without any key in them; they may be long and are shown on demand. */
  readonly detail?: string;
  /** Seconds to wait before another try. */
  readonly retryAfter?: number;
  /** When a limit is lifted, in milliseconds since the epoch. */
  readonly resetAt?: number;
  /** The longest answer that the credit is enough for, in tokens. */
  readonly affordableTokens?: number;
  /** Models that the service offers in the place of the one that it cannot give. */
  readonly alternatives?: readonly string[];
  /** What left no provider, in the service's words for its reasons. */
  readonly excludedBy?: readonly string[];
  /** What moderation found in the request, in its own words. */
  readonly reasons?: readonly string[];
}

/** The same facts, where what is unknown may be there as `undefined`. */
type GivenFacts = { readonly [Name in keyof FailureFacts]?: FailureFacts[Name] | undefined };

/** A failed request: its kind, the service's own words, and what else the service said about it. */
export class RequestError extends Error {
  readonly kind: RequestErrorKind;
  readonly facts: FailureFacts;

  constructor(kind: RequestErrorKind, { cause, ...facts }: GivenFacts & { readonly cause?: unknown } = {}) {
    super(`request failed: ${kind}`, cause === undefined ? undefined : { cause });
    this.name = 'RequestError';
    this.kind = kind;
    this.facts = withoutNothing({ ...facts, detail: withoutKeys(facts.detail ?? '') });
  }
}

/** Only what says something. */
function withoutNothing(facts: GivenFacts): FailureFacts {
  const present = Object.entries(facts).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(present);
}
