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
    assert.equal(errorFromResponse(500, '', null).facts.detail, undefined);
    assert.equal(
      errorFromResponse(503, ' upstream connect error ', null).facts.detail,
      'upstream connect error',
    );
    assert.equal(errorFromResponse(500, 'x'.repeat(9_999), null).facts.detail?.length, 500);
    const missing = errorFromResponse(404, '{"detail":"Not Found"}', null);
    assert.deepEqual([missing.kind, missing.facts.detail], ['protocol', 'Not Found']);
  });

  it('is distinguished from the other envelopes', () => {
    const zod = '{"success":false,"error":{"name":"ZodError","message":"[{\\"path\\":[\\"code\\"]}]"}}';
    const error = errorFromResponse(400, zod, null);
    assert.deepEqual([error.kind, error.facts.detail], ['request', undefined]);
    assert.equal(errorFromResponse(400, '{"error":"in a word"}', null).facts.detail, 'in a word');
    assert.equal(errorFromResponse(400, '{"error":null}', null).kind, 'request');
  });

  it('says when to try again, if the service says so in seconds', () => {
    const retryAfter = (header: string | null): number | undefined =>
      errorFromResponse(429, body({ message: 'x' }), header).facts.retryAfter;
    assert.equal(retryAfter('12'), 12);
    assert.equal(retryAfter(' 0 '), 0);
    assert.equal(retryAfter('1.5'), 1.5);
    assert.equal(retryAfter(new Date(0).toUTCString()), 0, 'a date that has passed');
    const inAnHour = retryAfter(new Date(Date.now() + 3_600_000).toUTCString()) ?? 0;
    assert.ok(inAnHour > 3_500 && inAnHour <= 3_600, String(inAnHour));
    for (const other of [null, '', '-1', '1,5', 'soon', '12 s']) {
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
    assert.equal(words({ message: generic, metadata: { raw: '{"code":7}' } }), generic);
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
    for (const none of [undefined, null, [], 'error', { error: null }, { error: '' }, { errors: [] }]) {
      assert.equal(errorObject(none), undefined);
    }
  });

  function kindAndStatus({ kind, facts }: RequestError): readonly unknown[] {
    return [kind, facts.status];
  }
});

describe('the words of the wild', () => {
  const generic = 'Provider returned error';
  const wrapped = (raw: unknown): object => ({ message: generic, metadata: { raw } });

  const forms: readonly (readonly [string, unknown])[] = [
    ['an object', { error: { message: 'Too busy' } }],
    ['an array', '[{"error":{"code":500,"message":"Too busy"}}]'],
    ['JSON in JSON', JSON.stringify({ error: JSON.stringify({ message: 'Too busy' }) })],
    ['a detail', '{"detail":"Too busy"}'],
    ['a list of details', { detail: [{ loc: ['body', 'n'], msg: 'Too busy' }] }],
    ['an error that is a text', '{"error":"Too busy"}'],
    ['JSON after a status', '500 {"type":"error","error":{"message":"Too busy"}}'],
    ['JSON that was cut off', '{"error":{"message":"Too busy","ty'],
    ['what Python prints', "Error code: 500 - {'error': {'message': 'Too busy', 'param': None}}"],
  ];
  for (const [what, raw] of forms) {
    it(`are a sentence where the provider sent ${what}`, () => {
      assert.equal(errorFromResponse(500, body(wrapped(raw)), null).facts.detail, 'Too busy');
    });
  }

  it('are a sentence in every envelope', () => {
    const envelopes = [
      { error: { error: { message: 'Too busy', code: 500 }, code: 500 } },
      [{ error: { message: 'Too busy' } }],
      { object: 'error', message: 'Too busy' },
      { message: 'Too busy' },
      { detail: 'Too busy' },
      { errors: [{ message: 'Too busy' }] },
    ];
    for (const each of envelopes) {
      const { kind, facts } = errorFromResponse(500, JSON.stringify(each), null);
      assert.deepEqual([kind, facts.detail], ['provider', 'Too busy'], JSON.stringify(each));
    }
  });

  const tooLong = [
    "This model's maximum context length is 2048 tokens. However, you requested 6751 tokens.",
    'prompt is too long: 215001 tokens > 200000 maximum',
    'input length and `max_tokens` exceed context limit: 190000 + 16000 > 200000',
    'The input token count (1200300) exceeds the maximum number of tokens allowed (1048576).',
    'Input is too long for requested model.',
    "This model's maximum prompt length is 131072 but the request contains 200000 tokens.",
    'the request exceeds the available context size, try increasing it',
    'Your request exceeded model token limit: 8192',
    'Please reduce the length of the messages.',
    '`inputs` tokens + `max_new_tokens` must be <= 4096',
  ];
  for (const words of tooLong) {
    it(`say that a prompt is too long: ${words}`, () => {
      const inRaw = wrapped(JSON.stringify({ error: { message: words } }));
      assert.equal(errorFromResponse(400, body({ message: words }), null).kind, 'contextLength');
      assert.equal(errorFromResponse(400, body(inRaw), null).kind, 'contextLength', 'in raw');
      assert.equal(errorFromObject({ message: words }).kind, 'contextLength', 'in a stream');
      assert.notEqual(errorFromResponse(429, body({ message: words }), null).kind, 'contextLength');
    });
  }

  it('say so by a code of the provider, too', () => {
    const raw = { error: { message: 'No.', code: 'context_length_exceeded' } };
    assert.equal(errorFromResponse(400, body(wrapped(raw)), null).kind, 'contextLength');
  });

  it("don't take other limits for it", () => {
    for (const words of ['image is too large: input exceeds the limit of 5 MB', 'temperature is too high']) {
      assert.equal(errorFromResponse(400, body({ message: words }), null).kind, 'request', words);
    }
  });

  const unserved = [
    'No endpoints found that support image input',
    'No endpoints found that can handle the requested parameters.',
    'No endpoints found that support the requested output modalities: image, text',
    "No endpoints found that support the provided 'tool_choice' value.",
    'No endpoints available that support the parameter response_format',
  ];
  for (const words of unserved) {
    it(`are about the providers: ${words}`, () => {
      assert.equal(errorFromResponse(404, body({ message: words }), null).kind, 'noProvider');
    });
  }

  it("don't blame the user's key or account for what a provider answered", () => {
    for (const status of [401, 402, 403]) {
      for (const raw of [
        '{"error":{"message":"Invalid API key"}}',
        { detail: 'Invalid API key' },
        'Invalid API key',
      ]) {
        const given = { code: status, message: generic, metadata: { raw, provider_name: 'Host' } };
        const { kind, facts } = errorFromResponse(status, body(given), null);
        assert.deepEqual([kind, facts.detail], ['provider', 'Host: Invalid API key']);
      }
      const own = errorFromResponse(
        status,
        body({ message: 'No auth credentials found', code: status }),
        null,
      );
      assert.notEqual(own.kind, 'provider');
    }
    const country = {
      message: generic,
      metadata: { raw: '{"error":"Country not supported"}', provider_name: 'X' },
    };
    assert.equal(errorFromResponse(403, body(country), null).kind, 'region');
  });

  it('tell what was flagged, and in which words of the request', () => {
    const metadata = {
      reasons: ['violence'],
      flagged_input: ' hit the nail '.padEnd(900, 'x'),
      provider_name: 'X',
    };
    const { kind, facts } = errorFromResponse(403, body({ message: 'Flagged', metadata }), null);
    assert.deepEqual(
      [kind, facts.reasons, facts.flaggedInput?.slice(0, 12)],
      ['moderation', ['violence'], 'hit the nail'],
    );
    assert.equal(facts.flaggedInput?.length, 300);
  });

  it('are about the model where nothing is required', () => {
    assert.equal(
      errorFromResponse(404, body({ message: 'No endpoints found for a/b.' }), null).kind,
      'model',
    );
  });

  it('are never those of the service on a web page, whose title is told', () => {
    const pages: readonly (readonly [string, string])[] = [
      ['<!DOCTYPE html><title>Sign in &amp; go</title>', ': "Sign in & go"'],
      ['<!--[if IE]> x <![endif]-->\n<html><title>\n 502\n</title></html>', ': "502"'],
      ['\uFEFF\n <HTML><h1>Blocked</h1>', ': "Blocked"'],
      ['<?xml version="1.0"?><e/>', '.'],
    ];
    for (const status of [200, 401, 402, 403, 404, 429, 502]) {
      for (const [page, end] of pages) {
        const { kind, facts } = errorFromResponse(status, page, null);
        const detail = `The server sent a web page instead of an API response${end}`;
        assert.deepEqual([kind, facts.detail], ['page', detail]);
      }
    }
    assert.equal(errorFromResponse(407, '<html>', null).kind, 'proxy');
  });

  it('leave the end of a limit to the header', () => {
    const resetAt = (status: number, reset: string): number | undefined =>
      errorFromResponse(status, body({ message: 'x' }), null, reset).facts.resetAt;
    assert.equal(resetAt(429, '1790553600000'), 1_790_553_600_000);
    assert.equal(resetAt(429, '1790553600'), 1_790_553_600_000);
    assert.equal(resetAt(429, 'Mon, 28 Sep 2026 00:00:00 GMT'), 1_790_553_600_000);
    assert.equal(resetAt(429, 'soon'), undefined);
    assert.equal(resetAt(500, '1790553600'), undefined);
  });
});
