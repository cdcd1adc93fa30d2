import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { errorFromObject } from '../../../src/core/openrouter/transport/errors.ts';
import { Transport } from '../../../src/core/openrouter/transport/transport.ts';

const openRouterKey = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;
const ownKey = 'gateway-key-of-my-company';

/** The service's error object with these words wherever it has any. */
function errorWith(words: string): RequestError {
  return errorFromObject(
    {
      message: words,
      code: 403,
      metadata: { reasons: [words, 'violence'], provider_name: words, raw: words, remedy_hint: words },
      availability: { code: words, fallback_models: [words], excluded_by: [words] },
    },
    403,
  );
}

describe('what is kept of a failure', () => {
  it('never has an OpenRouter key, whatever fact the server has put it in', () => {
    const { facts } = errorWith(`key ${openRouterKey} rejected`);
    assert.doesNotMatch(JSON.stringify(facts), /0123456789abcdef/);
    assert.deepEqual(facts.reasons, ['key sk-or-… rejected', 'violence']);
    assert.deepEqual(facts.alternatives, ['key sk-or-… rejected']);
  });

  it('never has the key that went with the request', () => {
    const transport = new Transport(new AbortController().signal, { secret: ownKey });
    const { facts, kind } = transport.failure(errorWith(`key ${ownKey} rejected`));
    assert.doesNotMatch(JSON.stringify(facts), /gateway-key/);
    assert.deepEqual(facts.reasons, ['key … rejected', 'violence']);
    assert.equal(kind, errorWith('x').kind);
    transport.close();
  });

  it('is the same otherwise', () => {
    const facts = { status: 429, retryAfter: 5, detail: 'Wait.', reasons: ['a'], alternatives: ['b/c'] };
    assert.deepEqual(new RequestError('rateLimit', facts).without(ownKey).facts, facts);
    fc.assert(
      fc.property(fc.array(fc.string()), (reasons) => {
        const error = new RequestError('provider', { reasons }).without(ownKey);
        assert.deepEqual(error.facts.reasons ?? [], reasons);
      }),
    );
  });
});
