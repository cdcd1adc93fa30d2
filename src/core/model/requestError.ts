import { withoutKeys } from './apiKeyFormat.ts';

/**
 * What can go wrong between a question and its answer. The kind decides the words and the remedies; cancelling
 * is not an error and has no kind.
 */
export type RequestErrorKind =
  /** No key is set. */
  | 'noKey'
  /** The service does not accept the key. */
  | 'key'
  /** A key that administers an account and cannot ask models. */
  | 'managementKey'
  /** The account or the key has no credit left for this request. */
  | 'credit'
  /** Credit is tied up in requests on their way; it comes back by itself. */
  | 'inFlight'
  | 'rateLimit'
  /** The free requests of the day are used up. */
  | 'freeDaily'
  | 'contextLength'
  | 'moderation'
  /** A guardrail, a budget or a missing permission. */
  | 'forbidden'
  /** The account's privacy settings exclude every provider. */
  | 'privacy'
  /** The model is unknown or no provider offers it (to this request). */
  | 'model'
  /** The service refuses the request as it is. */
  | 'request'
  /** The provider behind the service failed. */
  | 'provider'
  /** The server cannot be reached, or the connection broke. */
  | 'network'
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
  /** A structured answer did not fit its schema. */
  | 'invalidAnswer';

/** A failed request: its kind, the service's own words, and what else the service said about it. */
export class RequestError extends Error {
  readonly kind: RequestErrorKind;
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** The service's words, without any key in them; they may be long and are shown on demand. */
  readonly detail?: string;
  /** Seconds to wait before another try, when the service says so. */
  readonly retryAfter?: number;
  /** When a limit is lifted, in milliseconds since the epoch. */
  readonly resetAt?: number;
  /** The longest answer that the credit is enough for, in tokens. */
  readonly affordableTokens?: number;
  /** Models that the service offers in the place of the one that it cannot give. */
  readonly alternatives?: readonly string[];

  constructor(
    kind: RequestErrorKind,
    facts: {
      detail?: string | undefined;
      status?: number | undefined;
      retryAfter?: number | undefined;
      resetAt?: number | undefined;
      affordableTokens?: number | undefined;
      alternatives?: readonly string[] | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(`request failed: ${kind}`, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = 'RequestError';
    this.kind = kind;
    if (facts.status !== undefined) {
      this.status = facts.status;
    }
    if (facts.detail !== undefined && facts.detail !== '') {
      this.detail = withoutKeys(facts.detail);
    }
    if (facts.retryAfter !== undefined) {
      this.retryAfter = facts.retryAfter;
    }
    if (facts.resetAt !== undefined) {
      this.resetAt = facts.resetAt;
    }
    if (facts.affordableTokens !== undefined) {
      this.affordableTokens = facts.affordableTokens;
    }
    if (facts.alternatives !== undefined && facts.alternatives.length > 0) {
      this.alternatives = facts.alternatives;
    }
  }
}
