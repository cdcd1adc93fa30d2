import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { RequestError, RequestErrorKind } from '../../../src/core/model/requestError.ts';
import { errorObject } from '../../../src/core/openrouter/transport/errorObject.ts';
import { errorFromObject, errorFromResponse } from '../../../src/core/openrouter/transport/errors.ts';

function body(error: object): string {
  return JSON.stringify({ error, user_id: null });
}

const statuses: readonly (readonly [number, RequestErrorKind])[] = [
  [400, 'request'],
  [401, 'key'],
  [402, 'credit'],
  [403, 'forbidden'],
  [404, 'model'],
  [408, 'timeout'],
  [409, 'request'],
  [410, 'model'],
  [413, 'tooLarge'],
  [418, 'request'],
  [422, 'request'],
  [429, 'rateLimit'],
  [500, 'provider'],
  [502, 'provider'],
  [503, 'provider'],
  [504, 'timeout'],
  [524, 'timeout'],
  [529, 'provider'],
  [599, 'provider'],
];

describe('a failed request', () => {
  for (const [status, kind] of statuses) {
    it(`with status ${status} is of kind ${kind}, and keeps the service's words`, () => {
      const error = errorFromResponse(status, body({ code: status, message: 'Some words.' }), null);
      assert.deepEqual([error.kind, error.facts.status, error.facts.detail], [kind, status, 'Some words.']);
      assert.equal(errorFromResponse(status, '', null).kind, kind, 'also without a body');
    });
  }

  const typed: readonly (readonly [string, number, RequestErrorKind])[] = [
    ['context_length_exceeded', 400, 'contextLength'],
    ['max_tokens_exceeded', 400, 'contextLength'],
    ['token_limit_exceeded', 400, 'contextLength'],
    ['string_too_long', 400, 'contextLength'],
    ['authentication', 401, 'key'],
    ['payment_required', 402, 'credit'],
    ['permission_denied', 403, 'forbidden'],
    ['rate_limit_exceeded', 429, 'rateLimit'],
    ['provider_overloaded', 503, 'provider'],
    ['provider_unavailable', 502, 'provider'],
    ['invalid_request', 400, 'request'],
    ['invalid_prompt', 400, 'request'],
    ['not_found', 404, 'model'],
    ['precondition_failed', 412, 'request'],
    ['payload_too_large', 413, 'tooLarge'],
    ['unprocessable', 422, 'request'],
    ['content_policy_violation', 400, 'moderation'],
    ['refusal', 400, 'moderation'],
    ['invalid_image', 400, 'request'],
    ['server', 500, 'provider'],
    ['unmapped', 500, 'provider'],
    ['timeout', 504, 'timeout'],
    ['something_new', 451, 'request'],
  ];
  for (const [errorType, status, kind] of typed) {
    it(`of type ${errorType} is of kind ${kind}, wherever the type stands`, () => {
      const inMetadata = { code: status, message: 'x', metadata: { error_type: errorType } };
      assert.equal(errorFromResponse(status, body(inMetadata), null).kind, kind);
      const inError = { message: 'x', error_type: errorType, http_status: status };
      assert.equal(errorFromResponse(status, body(inError), null).kind, kind);
    });
  }

  const available: readonly (readonly [string, number, RequestErrorKind])[] = [
    ['model_not_found', 400, 'model'],
    ['wrong_endpoint', 400, 'request'],
    ['no_endpoints', 404, 'model'],
    ['model_deprecated', 404, 'model'],
    ['model_unavailable_upstream', 404, 'model'],
    ['capacity_exhausted', 429, 'rateLimit'],
    ['temporarily_unavailable', 503, 'provider'],
    ['region_restricted', 403, 'region'],
    ['privacy_restricted', 404, 'privacy'],
    ['constraint_filtered', 404, 'noProvider'],
    ['free_variant_ended', 404, 'model'],
  ];
  for (const [code, status, kind] of available) {
    it(`for want of a model, ${code}, is of kind ${kind}`, () => {
      const error = errorFromResponse(status, body({ message: 'x', availability: { code } }), null);
      assert.deepEqual([error.kind, error.facts.status], [kind, status]);
    });
  }

  const telling: readonly (readonly [string, number, object, RequestErrorKind])[] = [
    ['moderation', 403, { metadata: { reasons: ['violence'], flagged_input: 'a...b' } }, 'moderation'],
    ['a guardrail', 403, { metadata: { patterns: ['secret'] } }, 'guardrail'],
    [
      'a guardrail in words',
      404,
      { message: 'No endpoints available matching your guardrail restrictions and data policy' },
      'guardrail',
    ],
    ['the budget of a key', 403, { metadata: { limit_source: 'openrouter_key_limit' } }, 'budget'],
    ['a country', 403, { message: 'Not available in your country' }, 'region'],
    [
      'lists that leave nobody',
      404,
      { message: 'No allowed providers are available for the selected model.' },
      'noProvider',
    ],
    ['tools', 404, { message: 'No endpoints found that support tool use.' }, 'noProvider'],
    ['an unknown model', 400, { message: 'a/b is not a valid model ID' }, 'model'],
    [
      'the pool of a provider',
      429,
      { metadata: { limit_source: 'upstream_provider_shared_pool' } },
      'upstreamLimit',
    ],
    [
      'a provider that limits',
      429,
      { message: 'Provider returned error', metadata: { provider_name: 'X' } },
      'upstreamLimit',
    ],
    ['admission control', 429, { metadata: { limit_source: 'openrouter_admission_control' } }, 'rateLimit'],
    ['a budget', 403, { metadata: { limit_source: 'openrouter_workspace_budget', reasons: [] } }, 'budget'],
    [
      'the data policy',
      404,
      { message: 'No endpoints found matching your data policy (Free model training).' },
      'privacy',
    ],
    [
      'a context length in words',
      400,
      { message: "This endpoint's maximum context length is 8192" },
      'contextLength',
    ],
    ['nothing at all', 400, { code: 400, message: 'Bad', metadata: null }, 'request'],
  ];
  for (const [what, status, error, kind] of telling) {
    it(`that names ${what} is of kind ${kind}`, () => {
      assert.equal(errorFromResponse(status, body(error), null).kind, kind);
    });
  }

  it('is distinguished from bodies without an error envelope', () => {
    for (const page of ['<!DOCTYPE html><h1>Bad</h1>', '\n <HTML>', '<?xml version="1.0"?><e/>']) {
      const error = errorFromResponse(502, page, null);
      assert.deepEqual(
        [error.kind, error.facts.detail],
        ['provider', 'The server sent a web page instead of an API response.'],
      );
    }
    assert.equal(errorFromResponse(200, '<html></html>', null).kind, 'protocol');
    assert.equal(errorFromResponse(500, '', null).facts.detail, undefined);
    assert.equal(
      errorFromResponse(503, ' upstream connect error ', null).facts.detail,
      'upstream connect error',
    );
    assert.equal(errorFromResponse(500, 'x'.repeat(9_999), null).facts.detail?.length, 500);
    assert.equal(
      errorFromResponse(404, '{"detail":"Not Found"}', null).facts.detail,
      '{"detail":"Not Found"}',
    );
  });

  it('is distinguished from the other envelopes', () => {
    const zod = '{"success":false,"error":{"name":"ZodError","message":"[{\\"path\\":[\\"code\\"]}]"}}';
    const error = errorFromResponse(400, zod, null);
    assert.deepEqual([error.kind, error.facts.detail], ['request', '[{"path":["code"]}]']);
    assert.equal(errorFromResponse(400, '{"error":"in a word"}', null).facts.detail, 'in a word');
    assert.equal(errorFromResponse(400, '{"error":null}', null).kind, 'request');
  });

  it('says when to try again, if the service says so in seconds', () => {
    const retryAfter = (header: string | null): number | undefined =>
      errorFromResponse(429, body({ message: 'x' }), header).facts.retryAfter;
    assert.equal(retryAfter('12'), 12);
    assert.equal(retryAfter(' 0 '), 0);
    for (const other of [null, '', '-1', '1.5', 'Fri, 20 Nov 2026 10:00:00 GMT']) {
      assert.equal(retryAfter(other), undefined, String(other));
    }
  });

  it('never throws, whatever arrives', () => {
    const odd = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify({ error: value })),
    );
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), odd, (status, text) => {
        const error = errorFromResponse(status, text, null);
        assert.ok(error.kind);
        assert.equal(error.facts.status, status);
        assert.equal(typeof (error.facts.detail ?? ''), 'string');
      }),
    );
  });
});

describe("the words of a failure are the provider's own", () => {
  const words = (error: object): string | undefined => errorFromObject({ code: 429, ...error }).facts.detail;
  const generic = 'Provider returned error';

  it('where the service only says that a provider failed', () => {
    const metadata = {
      provider_name: 'DeepInfra',
      raw: 'Slow down.',
      remedy_hint: 'Try another provider.',
    };
    assert.equal(words({ message: generic, metadata }), 'DeepInfra: Slow down. Try another provider.');
  });

  it('out of the JSON that a provider answered', () => {
    for (const raw of ['{"error":{"message":"Overloaded"}}', '{"message":"Overloaded"}', 'Overloaded']) {
      assert.equal(words({ message: generic, metadata: { raw } }), 'Overloaded');
    }
    assert.equal(words({ message: generic, metadata: { raw: '{"code":7}' } }), '{"code":7}');
  });

  it('and never in place of what the service says itself', () => {
    assert.equal(words({ message: 'Rate limit exceeded', metadata: { raw: 'x' } }), 'Rate limit exceeded');
    assert.equal(words({ message: generic, metadata: { raw: null } }), generic);
  });

  it('omits a missing provider name', () => {
    assert.equal(words({ message: 'x', metadata: { provider_name: null } }), 'x');
    assert.equal(words({ metadata: { provider_name: 'DeepInfra' } }), 'DeepInfra');
    assert.equal(words({}), undefined);
  });
});

describe('a failure in the middle of a stream', () => {
  it('takes its status from its code, because the status of the answer was 200', () => {
    assert.deepEqual(kindAndStatus(errorFromObject({ code: 429, message: 'x' })), ['rateLimit', 429]);
    assert.deepEqual(kindAndStatus(errorFromObject({ code: 402, message: 'x' }, 200)), ['credit', 402]);
    assert.deepEqual(kindAndStatus(errorFromObject({ http_status: 404, message: 'x' })), ['model', 404]);
  });

  it("is the provider's where its code is a word, or missing", () => {
    assert.deepEqual(kindAndStatus(errorFromObject({ code: 'server_error' })), ['provider', undefined]);
    assert.deepEqual(kindAndStatus(errorFromObject({})), ['provider', undefined]);
  });

  it('goes by its type before its code', () => {
    const error = { code: 502, metadata: { error_type: 'rate_limit_exceeded' } };
    assert.equal(errorFromObject(error).kind, 'rateLimit');
  });

  it('is found in the object that carries it, and only there', () => {
    assert.deepEqual(errorObject({ error: { code: 1 } }), { code: 1 });
    assert.deepEqual(errorObject({ error: 'word' }), { message: 'word' });
    for (const none of [undefined, null, [], 'error', { error: null }, { errors: [] }]) {
      assert.equal(errorObject(none), undefined);
    }
  });

  function kindAndStatus({ kind, facts }: RequestError): readonly unknown[] {
    return [kind, facts.status];
  }
});
