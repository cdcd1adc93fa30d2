import { nextUtcMidnight } from './clock.ts';
import { availabilityReply, creditReply, errorReply, freeDailyReply, missingKey } from './errors.ts';
import type { HttpReply } from './exchange.ts';

/** An answer that may depend on the time of day, as the reset of a counter does. */
export type ReplyAt = (now: number) => HttpReply;

const statusMessages = {
  'error-400': 'Invalid request parameters',
  'error-401': 'User not found.',
  'error-402': 'Insufficient credits. Add more using https://openrouter.ai/settings/credits',
  'error-403': 'You do not have permission to perform this operation',
  'error-404': 'No endpoints found for the requested model',
  'error-408': 'Request timed out',
  'error-409': 'Conflict with the current state of the resource',
  'error-410': 'The resource is gone',
  'error-413': 'Request body too large',
  'error-422': 'Unprocessable request',
  'error-429': 'Rate limit exceeded',
  'error-500': 'Internal Server Error',
  'error-502': 'Provider returned an invalid response',
  'error-503': 'No provider is available for this request right now',
  'error-504': 'The provider timed out',
  'error-524': 'Request timed out at the edge',
  'error-529': 'Provider overloaded',
} as const;

const typeStatuses = {
  context_length_exceeded: 400,
  max_tokens_exceeded: 400,
  token_limit_exceeded: 400,
  string_too_long: 400,
  authentication: 401,
  payment_required: 402,
  permission_denied: 403,
  rate_limit_exceeded: 429,
  provider_overloaded: 503,
  provider_unavailable: 502,
  invalid_request: 400,
  invalid_prompt: 400,
  not_found: 404,
  precondition_failed: 412,
  payload_too_large: 413,
  unprocessable: 422,
  content_policy_violation: 400,
  refusal: 400,
  invalid_image: 400,
  image_too_large: 400,
  image_too_small: 400,
  unsupported_image_format: 400,
  image_download_failed: 400,
  image_not_found: 404,
  server: 500,
  unmapped: 500,
  timeout: 504,
} as const;

const availabilityStatuses = {
  model_not_found: 400,
  wrong_endpoint: 400,
  no_endpoints: 404,
  model_deprecated: 404,
  model_unavailable_upstream: 404,
  capacity_exhausted: 429,
  temporarily_unavailable: 503,
  region_restricted: 403,
  privacy_restricted: 404,
  constraint_filtered: 404,
  free_variant_ended: 404,
} as const;

const special = {
  'error-missing-key': () => missingKey,
  'error-cookie-auth': () => errorReply(401, 'No cookie auth credentials found'),
  'error-moderation': () =>
    errorReply(403, 'Your input was flagged by the moderation of the provider', {
      metadata: {
        reasons: ['violence'],
        flagged_input: 'the beginning of the text...and its end',
        provider_name: 'OpenAI',
        model_slug: 'openai/gpt-4o',
      },
    }),
  'error-guardrail': () =>
    errorReply(403, 'Request blocked by a guardrail', { metadata: { patterns: ['aws-access-key'] } }),
  'error-guardrail-budget': (now) => budgetReply(now, 'openrouter_guardrail_budget', 'guardrail'),
  'error-workspace-budget': (now) => budgetReply(now, 'openrouter_workspace_budget', 'workspace'),
  'error-key-limit': (now) => budgetReply(now, 'openrouter_key_limit', 'api_key'),
  'error-upstream-rate-limit': () =>
    upstreamLimitReply('This model is temporarily rate-limited upstream. Please retry shortly.'),
  'error-upstream-raw-json': () =>
    upstreamLimitReply(
      JSON.stringify({
        error: { message: 'Tokens per minute limit reached', type: 'tokens', code: 'rate_limit_exceeded' },
      }),
    ),
  'error-free-daily': (now) => freeDailyReply(nextUtcMidnight(now), 50),
  'error-free-daily-high-balance': (now) => freeDailyReply(nextUtcMidnight(now), 1000),
  'error-free-per-minute': (now) =>
    errorReply(429, 'Rate limit exceeded: free-models-per-min.', {
      headers: {
        'X-RateLimit-Limit': '20',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': String(now + 30_000),
      },
    }),
  'error-retry-after': () => errorReply(429, 'Rate limit exceeded', { headers: { 'Retry-After': '2' } }),
  'error-retry-after-long': () =>
    errorReply(429, 'Rate limit exceeded', { headers: { 'Retry-After': '3600' } }),
  'error-credit': () => creditReply(8192, 1204),
  'error-in-flight': () =>
    errorReply(402, 'Too much spending is in flight for the credit of this account', {
      headers: { 'Retry-After': '120' },
      metadata: { reason: 'in_flight_budget_exhausted', limit_source: 'openrouter_in_flight_budget' },
    }),
  'error-weight-exceeds-budget': () =>
    errorReply(402, 'This single request could cost more than the whole budget', {
      metadata: { reason: 'weight_exceeds_budget', limit_source: 'openrouter_credits' },
    }),
  'error-admission-control': () =>
    errorReply(429, 'Too many requests are waiting', {
      metadata: { limit_source: 'openrouter_admission_control' },
    }),
  'error-previous-errors': () =>
    errorReply(502, 'All providers failed', {
      metadata: {
        error_type: 'provider_unavailable',
        previous_errors: [
          { provider: 'DeepInfra', code: 'provider_unavailable', status: 502 },
          { provider: 'Together', code: 'rate_limit_exceeded', status: 429 },
        ],
      },
    }),
  'error-data-policy': () =>
    errorReply(
      404,
      'No endpoints found matching your data policy (Paid model training). Configure: https://openrouter.ai/settings/privacy',
    ),
  'error-guardrail-data-policy': () =>
    errorReply(
      404,
      'No endpoints available matching your guardrail restrictions and data policy. Configure: https://openrouter.ai/settings/privacy',
    ),
  'error-zero-retention': () =>
    errorReply(
      404,
      'No endpoints found matching your data policy (Zero data retention). Configure: https://openrouter.ai/settings/privacy',
    ),
  'error-no-tool-use': () =>
    errorReply(
      404,
      'No endpoints found that support tool use. Try disabling "read_file". To learn more, visit the provider routing docs.',
    ),
  'error-provider-only': () =>
    errorReply(
      404,
      "No allowed providers are available for the selected model. Providers serving it: openai, azure, but your request's provider.only preference permits only: groq",
    ),
  'error-no-endpoints': () => errorReply(404, 'No endpoints found for anthropic/claude-1.'),
  'error-no-models-match': () => errorReply(404, 'No models match your request and model restrictions.'),
  'error-html': () => ({
    status: 502,
    body: '<!DOCTYPE html><html><head><title>502 Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>',
  }),
  'error-empty': () => ({ status: 500, body: '', contentType: 'application/json' }),
  'error-text': () => ({ status: 400, body: 'Malformed JSON in request body', contentType: 'text/plain' }),
  'error-zod': () => zodReply([{ code: 'invalid_type', path: ['messages'], message: 'Required' }]),
} satisfies Record<string, ReplyAt>;

/** The envelope of routes that report violations of their schema by themselves. */
export function zodReply(issues: readonly unknown[]): HttpReply {
  return {
    status: 400,
    body: { success: false, error: { name: 'ZodError', message: JSON.stringify(issues) } },
  };
}

function budgetReply(now: number, source: string, scope: string): HttpReply {
  return errorReply(403, `Budget exceeded for this ${scope.replace('_', ' ')}`, {
    metadata: {
      limit_source: source,
      scope,
      limit_usd: 20,
      spend_usd: 20.01,
      resets_at: new Date(nextUtcMidnight(now)).toISOString(),
    },
  });
}

function upstreamLimitReply(raw: string): HttpReply {
  return errorReply(429, 'Provider returned error', {
    metadata: {
      raw,
      provider_name: 'DeepInfra',
      is_byok: false,
      provider_error_code: 'rate_limit_exceeded',
      limit_source: 'upstream_provider_shared_pool',
      remedy_hint: 'Retry shortly, allow fallbacks, or add your own provider key.',
    },
  });
}

function availabilityCase(code: string, status: number): HttpReply {
  return availabilityReply(status, `The requested model cannot answer (${code})`, {
    code,
    requested_models: ['anthropic/claude-1'],
    affected_providers: ['anthropic'],
    ...(code === 'constraint_filtered' ? { excluded_by: ['max_price', 'data_policy:zdr'] } : {}),
    ...(status === 429 || status === 503 ? { retry_after: 5 } : {}),
    fallback_models: ['anthropic/claude-sonnet-4.6', 'openai/gpt-5.6'],
  });
}

type Dashed<Text extends string> = Text extends `${infer Head}_${infer Tail}`
  ? `${Head}-${Dashed<Tail>}`
  : Text;

/** The name of every scenario in which chat is refused before the first byte. */
export type ErrorCaseName =
  | keyof typeof statusMessages
  | keyof typeof special
  | `error-type-${Dashed<keyof typeof typeStatuses>}`
  | `error-availability-${Dashed<keyof typeof availabilityStatuses>}`;

/** Every refusal by its name. The type of the names is kept beside, because generated names have none. */
export const errorCases: ReadonlyMap<string, ReplyAt> = new Map<string, ReplyAt>([
  ...Object.entries(statusMessages).map(([name, message]): [string, ReplyAt] => {
    return [name, () => errorReply(Number(name.slice('error-'.length)), message)];
  }),
  ...Object.entries(special),
  ...Object.entries(typeStatuses).map(([type, status]): [string, ReplyAt] => {
    const metadata = { error_type: type, ...(status < 500 ? { provider_code: `upstream_${type}` } : {}) };
    return [
      `error-type-${dashed(type)}`,
      () => errorReply(status, `The request failed (${type})`, { metadata }),
    ];
  }),
  ...Object.entries(availabilityStatuses).map(([code, status]): [string, ReplyAt] => {
    return [`error-availability-${dashed(code)}`, () => availabilityCase(code, status)];
  }),
]);

function dashed(text: string): string {
  return text.replaceAll('_', '-');
}
