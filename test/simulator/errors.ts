import type { HttpReply } from './exchange.ts';

/** What an error may carry besides its status and message. */
export interface ErrorExtras {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Members that stand beside `code` inside `error`, such as `availability`. */
  readonly beside?: Readonly<Record<string, unknown>>;
}

/** An error in the service's envelope, its HTTP status equal to its code. */
export function errorReply(status: number, message: string, extras: ErrorExtras = {}): HttpReply {
  return {
    status,
    body: { error: errorObject(status, message, extras), user_id: 'user_simulated' },
    ...(extras.headers ? { headers: extras.headers } : {}),
  };
}

/** The object inside the envelope. */
export function errorObject(code: number | string, message: string, extras: ErrorExtras = {}): unknown {
  return { code, message, ...(extras.metadata ? { metadata: extras.metadata } : {}), ...extras.beside };
}

/** Why no endpoint can answer, and what might help. */
export interface Availability {
  readonly code: string;
  readonly retry_after?: number;
  readonly requested_models?: readonly string[];
  readonly affected_providers?: readonly string[];
  readonly excluded_by?: readonly string[];
  readonly fallback_models?: readonly string[];
}

/** An availability error. As documented, it may come without `code`: only the HTTP status tells it. */
export function availabilityReply(status: number, message: string, availability: Availability): HttpReply {
  return {
    status,
    body: {
      error: {
        message,
        error_type: status === 400 ? 'invalid_request' : 'not_found',
        http_status: status,
        availability: {
          retryable: status === 429 || status === 503,
          requested_models: [],
          docs_url: 'https://openrouter.ai/docs/api-reference/errors',
          ...availability,
        },
      },
      user_id: 'user_simulated',
    },
    ...(availability.retry_after === undefined
      ? {}
      : { headers: { 'Retry-After': String(availability.retry_after) } }),
  };
}

/** An error that a provider returned, wrapped as the service does: the readable reason is in `raw`. */
export function providerErrorReply(status: number, raw: string, providerName: string): HttpReply {
  return errorReply(status, 'Provider returned error', {
    metadata: { raw, provider_name: providerName, is_byok: false },
  });
}

/** Answered without the header or without a key in it. */
export const missingKey: HttpReply = errorReply(401, 'Missing Authentication header');

/** Answered to a key that is unknown, deleted or disabled. */
export const unknownKey: HttpReply = errorReply(401, 'User not found.');

/** Answered to an inference key at the account's endpoints. */
export const managementOnly: HttpReply = errorReply(403, 'Only management keys can perform this operation');

/** Answered to a management key at the model endpoints. */
export const inferenceOnly: HttpReply = errorReply(403, 'Management keys cannot be used for inference');

/** Answered at an address that does not exist. */
export const noSuchRoute: HttpReply = errorReply(404, 'Not Found');

/** Answered at an address that exists for another method. */
export const wrongMethod: HttpReply = errorReply(405, 'Method Not Allowed');

/** Answered to a body above the size limit. */
export const bodyTooLarge: HttpReply = errorReply(413, 'Request body too large', {
  metadata: { error_type: 'payload_too_large' },
});

/** Answered to a parameter that the schema refuses. */
export function badRequest(message: string): HttpReply {
  return errorReply(400, message, { metadata: { error_type: 'invalid_request' } });
}

/** Answered when the credit does not cover the longest possible answer; the text is the recorded one. */
export function creditReply(requested: number, affordable: number): HttpReply {
  const message =
    `This request requires more credits, or fewer max_tokens. You requested up to ${String(requested)} tokens, ` +
    `but can only afford ${String(affordable)}. To increase, visit https://openrouter.ai/settings/credits and add more credits`;
  return errorReply(402, message, {
    metadata: {
      limit_source: 'openrouter_credits',
      remedy_hint: 'Add credits, raise the limit of the key, or lower max_tokens.',
      provider_name: null,
      previous_errors: [],
    },
  });
}

/** Answered when the day's free requests are used up. */
export function freeDailyReply(resetsAt: number, limit: number): HttpReply {
  const highBalance = limit > 50;
  const message = highBalance
    ? 'Rate limit exceeded: free-models-per-day-high-balance. '
    : 'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day';
  const headers = {
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': String(resetsAt),
  };
  return errorReply(429, message, {
    headers,
    metadata: {
      headers,
      limit_source: 'openrouter_free_tier_daily',
      remedy_hint: 'Wait until the counter resets at midnight UTC, or use a paid model.',
      provider_name: null,
    },
  });
}
