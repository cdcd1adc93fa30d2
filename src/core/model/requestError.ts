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
  /** The server is not OpenRouter and keeps no record of keys, so there is no credit to read. */
  | 'noKeyRecord'
  /** The account or the key has no credit left for this request. */
  | 'credit'
  | 'rateLimit'
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

  constructor(
    kind: RequestErrorKind,
    facts: {
      detail?: string | undefined;
      status?: number | undefined;
      retryAfter?: number | undefined;
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
  }
}
