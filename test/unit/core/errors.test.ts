import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RequestErrorKind } from '../../../src/core/model/requestError.ts';
import { errorFromObject, errorFromResponse } from '../../../src/core/openrouter/errors.ts';

function body(error: object): string {
  return JSON.stringify({ error });
}

describe('a failed request', () => {
  const byStatus: readonly (readonly [number, RequestErrorKind])[] = [
    [400, 'request'],
    [401, 'key'],
    [402, 'credit'],
    [403, 'forbidden'],
    [404, 'model'],
    [408, 'timeout'],
    [413, 'contextLength'],
    [422, 'request'],
    [429, 'rateLimit'],
    [500, 'provider'],
    [502, 'provider'],
    [503, 'provider'],
    [504, 'timeout'],
    [524, 'timeout'],
    [529, 'provider'],
  ];
  for (const [status, kind] of byStatus) {
    it(`with status ${status} is of kind ${kind}, and keeps the service's words`, () => {
      const error = errorFromResponse(status, body({ code: status, message: 'Some words.' }), null);
      assert.deepEqual([error.kind, error.status, error.detail], [kind, status, 'Some words.']);
    });
  }

  const telling: readonly (readonly [string, number, object, RequestErrorKind])[] = [
    [
      'a typed error',
      400,
      { message: 'x', metadata: { error_type: 'context_length_exceeded' } },
      'contextLength',
    ],
    ['moderation', 403, { message: 'x', metadata: { reasons: ['violence'] } }, 'moderation'],
    ['the data policy', 404, { message: 'No endpoints found matching your data policy.' }, 'privacy'],
    ['availability', 404, { message: 'x', availability: { code: 'privacy_restricted' } }, 'privacy'],
    ['a retired model', 404, { message: 'x', availability: { code: 'model_deprecated' } }, 'model'],
    ['capacity', 429, { availability: { code: 'capacity_exhausted' } }, 'rateLimit'],
    [
      'a context length in words',
      400,
      { message: "This endpoint's maximum context length is 8192" },
      'contextLength',
    ],
  ];
  for (const [what, status, error, kind] of telling) {
    it(`that names ${what} is of kind ${kind}`, () => {
      assert.equal(errorFromResponse(status, body(error), null).kind, kind);
    });
  }

  it("speaks with the provider's own words where the service only says that a provider failed", () => {
    const metadata = {
      provider_name: 'DeepInfra',
      raw: '{"error":{"message":"Model is overloaded"}}',
      remedy_hint: 'Try another provider.',
    };
    const error = errorFromResponse(429, body({ message: 'Provider returned error', metadata }), '12');
    assert.equal(error.detail, 'DeepInfra: Model is overloaded Try another provider.');
    assert.equal(error.retryAfter, 12);
  });

  it('is told from bodies that are no envelope at all', () => {
    const page = errorFromResponse(502, '<!DOCTYPE html><h1>Bad gateway</h1>', null);
    assert.deepEqual([page.kind, page.detail], ['provider', 'The server sent a web page.']);
    assert.equal(errorFromResponse(200, '<html></html>', null).kind, 'protocol');
    assert.equal(errorFromResponse(500, '', null).detail, undefined);
    assert.equal(
      errorFromResponse(400, '{"success":false,"error":{"name":"ZodError","message":"[]"}}', null).kind,
      'request',
    );
    assert.equal(errorFromResponse(400, '{"error":"in a word"}', null).detail, 'in a word');
  });

  it('in the middle of a stream takes its status from its code, if that is a number', () => {
    assert.deepEqual(errorFromObject({ code: 429, message: 'x' }).kind, 'rateLimit');
    assert.deepEqual(errorFromObject({ code: 'server_error', message: 'x' }).kind, 'provider');
    assert.deepEqual(errorFromObject({ code: 402, message: 'x' }, 200).status, 402);
  });
});
