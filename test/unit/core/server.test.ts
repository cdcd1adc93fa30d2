import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keyFault, withoutKeys } from '../../../src/core/model/apiKeyFormat.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { parseBaseUrl } from '../../../src/core/openrouter/server.ts';

describe('the base URL', () => {
  const accepted: readonly (readonly [string, string])[] = [
    ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1'],
    [' https://eu.openrouter.ai/api/v1/ ', 'https://eu.openrouter.ai/api/v1'],
    ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'],
    ['http://localhost:11434/v1//', 'http://localhost:11434/v1'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
    ['http://127.1/v1', 'http://127.0.0.1/v1'],
  ];
  for (const [setting, url] of accepted) {
    it(`takes ${setting}`, () => {
      assert.equal(parseBaseUrl(setting), url);
    });
  }

  const refused = [
    '',
    'openrouter.ai/api/v1',
    'http://openrouter.ai/api/v1',
    'http://127.0.0.1.example.com/v1',
    'http://localhost.example.com/v1',
    'http://localhost@example.com/v1',
    'https://user:secret@example.com/v1',
    'https://example.com/v1?key=1',
    'ftp://127.0.0.1/v1',
    'file:///etc/passwd',
    'http://0.0.0.0/v1',
    'http://10.0.0.1/v1',
  ];
  for (const setting of refused) {
    it(`refuses "${setting}"`, () => {
      assert.throws(
        () => parseBaseUrl(setting),
        (error) =>
          error instanceof RequestError && error.kind === 'baseUrl' && !error.detail?.includes('secret'),
      );
    });
  }
});

describe('the form of a key', () => {
  it('refuses only what cannot be one', () => {
    assert.equal(keyFault(''), 'empty');
    assert.equal(keyFault('sk or v1'), 'spaces');
    assert.equal(keyFault('sk-or-v1-ключ'), 'characters');
    assert.equal(keyFault('sk-1'), 'tooShort');
    assert.equal(keyFault('sk-or-v1-0123456789abcdef'), undefined);
    assert.equal(keyFault('a-gateway-of-my-own'), undefined);
  });

  it('never survives in words', () => {
    const words = 'Incorrect API key provided: sk-or-v1-0123456789abcdef0123. See sk-or-v1-zz99zz99.';
    assert.doesNotMatch(withoutKeys(words), /0123|zz99/);
  });
});
