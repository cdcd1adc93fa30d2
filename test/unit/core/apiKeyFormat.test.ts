import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isOpenRouterKey, keyFault } from '../../../src/core/account/apiKeyFormat.ts';
import { withoutKeys } from '../../../src/core/util/withoutKeys.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';

const key = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;

describe('the form of a key', () => {
  const faults = [
    ['', 'empty'],
    ['sk or v1', 'spaces'],
    ['sk-or-v1-0123\n4567', 'spaces'],
    ['sk-or-v1-ключ', 'characters'],
    ['sk-or-v1-\u00000123', 'characters'],
    ['sk-1234', 'tooShort'],
  ] as const;
  for (const [text, fault] of faults) {
    it(`refuses ${JSON.stringify(text)} as ${fault}`, () => {
      assert.equal(keyFault(text), fault);
    });
  }

  it('accepts any key format a gateway may use', () => {
    for (const text of [key, 'a-gateway-of-my-own', 'eyJhbGciOiJIUzI1NiJ9.e30.abc==', '12345678']) {
      assert.equal(keyFault(text), undefined, text);
    }
  });

  it('knows a key of OpenRouter from others', () => {
    assert.ok(isOpenRouterKey(key));
    for (const text of ['a-gateway-of-my-own', 'sk-or-', `x${key}`, 'sk-12345678', `${key}$`]) {
      assert.ok(!isOpenRouterKey(text), text);
    }
  });

  it('lets nothing pass that no header can carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        if (keyFault(text) === undefined) {
          assert.equal(
            new Headers({ Authorization: `Bearer ${text}` }).get('Authorization'),
            `Bearer ${text}`,
          );
        }
      }),
    );
  });
});

describe('words without keys', () => {
  it("hold no key of OpenRouter's form, wherever it stands", () => {
    const words = `Incorrect API key provided: ${key}. See "${key}",${key}`;
    assert.equal(withoutKeys(words), 'Incorrect API key provided: sk-or-…. See "sk-or-…",sk-or-…');
  });

  it('never contain a key in use, whatever its format and however often it is repeated', () => {
    const own = 'geheim+$&schlüssel';
    assert.equal(withoutKeys(`No: ${own} and ${own}!`, own), 'No: … and …!');
  });

  it('are unchanged if there is nothing to hide', () => {
    for (const words of ['Insufficient credits', 'sk-or-', 'task-or-…', '']) {
      assert.equal(withoutKeys(words, ''), words);
      assert.equal(withoutKeys(words, 'cr'), words);
    }
  });

  it('are all that an error keeps', () => {
    const error = new RequestError('key', { detail: `Bad key ${key}` });
    assert.doesNotMatch(JSON.stringify(error), /0123456789/);
  });
});
