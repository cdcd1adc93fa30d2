import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { parseBaseUrl } from '../../../src/core/model/server.ts';

/** Why a setting is refused; nothing when it is taken. */
function refusal(setting: string): RequestError | undefined {
  try {
    parseBaseUrl(setting);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof RequestError, String(error));
    return error;
  }
}

describe('the base URL', () => {
  const accepted: readonly (readonly [string, string])[] = [
    ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1'],
    [' https://eu.openrouter.ai/api/v1/ ', 'https://eu.openrouter.ai/api/v1'],
    ['HTTPS://OpenRouter.ai/api/v1', 'https://openrouter.ai/api/v1'],
    ['https://gateway.example.com:8443/v1', 'https://gateway.example.com:8443/v1'],
    ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'],
    ['http://127.8.9.10/v1', 'http://127.8.9.10/v1'],
    ['http://localhost:11434/v1//', 'http://localhost:11434/v1'],
    ['http://LOCALHOST/v1', 'http://localhost/v1'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
    // These are other spellings of 127.0.0.1, and read as such before anything is decided.
    ['http://127.1/v1', 'http://127.0.0.1/v1'],
    ['http://0x7f000001/v1', 'http://127.0.0.1/v1'],
    ['http://2130706433', 'http://127.0.0.1'],
  ];
  for (const [setting, url] of accepted) {
    it(`takes ${setting}`, () => {
      assert.equal(parseBaseUrl(setting), url);
    });
  }

  const refused = [
    '',
    '   ',
    'openrouter.ai/api/v1',
    '//openrouter.ai/api/v1',
    'localhost:8080/v1',
    'http://openrouter.ai/api/v1',
    'http://127.0.0.1.evil.com/v1',
    'http://127.0.0.1.nip.io/v1',
    'http://localhost.evil.com/v1',
    'http://evil.com/127.0.0.1',
    'http://evil.com#127.0.0.1',
    'http://localhost@evil.com/v1',
    'http://127.0.0.1:80@evil.com/v1',
    'http://127.0.0.1\\@evil.com/../v1',
    'http://[::2]/v1',
    'http://[::ffff:10.0.0.1]/v1',
    'http://[fe80::1]/v1',
    'http://128.0.0.1/v1',
    'http://0.0.0.0/v1',
    'http://10.0.0.1/v1',
    'http://user@localhost/v1',
    'https://user:secret@example.com/v1',
    'https://:secret@example.com/v1',
    'https://example.com/v1?key=secret',
    'https://example.com/v1#secret',
    'ftp://127.0.0.1/v1',
    'ws://127.0.0.1/v1',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,hi',
  ];
  for (const setting of refused) {
    // The backslash form is the one that is read as a path of this machine.
    const harmless = setting.includes('\\');
    it(`${harmless ? 'goes nowhere else for' : 'refuses'} "${setting}"`, () => {
      if (harmless) {
        assert.equal(new URL(parseBaseUrl(setting)).hostname, '127.0.0.1');
        return;
      }
      const error = refusal(setting);
      assert.equal(error?.kind, 'baseUrl');
      assert.doesNotMatch(error.facts.detail ?? '', /secret/);
    });
  }

  it('explains why it is invalid', () => {
    assert.match(refusal('openrouter')?.facts.detail ?? '', /"openrouter" isn't a valid URL/);
    assert.match(refusal('localhost:8080/v1')?.facts.detail ?? '', /begins with "localhost:"/);
    assert.match(refusal('http://example.com')?.facts.detail ?? '', /begins with "http:".*https/);
    assert.match(refusal('https://a:b@example.com')?.facts.detail ?? '', /user name, password/);
  });

  it('sends nothing in the clear to any other machine', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http'], withFragments: true }), (setting) => {
        assert.equal(refusal(setting)?.kind, 'baseUrl');
      }),
    );
  });

  it('stays on its origin when a path is appended', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'] }), (setting) => {
        const url = parseBaseUrl(setting);
        assert.equal(new URL(`${url}/key`).origin, new URL(setting).origin);
        assert.doesNotMatch(url, /\/$/);
        assert.equal(parseBaseUrl(url), url);
      }),
    );
  });
});
