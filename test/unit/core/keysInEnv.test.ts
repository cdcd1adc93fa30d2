import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keysIn, keysInEnv, maskedKey } from '../../../src/core/account/keysInEnv.ts';

const key = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;

describe('keys in an .env file', () => {
  for (const [what, line] of [
    ['plain', `OPENROUTER_API_KEY=${key}`],
    ['exported', `  export OPENROUTER_API_KEY = ${key}  `],
    ['in double quotes, with a comment', `MY_LLM="${key}" # of the team`],
    ['in single quotes', `OPENAI_API_KEY='${key}'`],
    ['with a comment', `A=1\r\nOPENROUTER_KEY=${key} # mine\r\nB=2`],
  ] as const) {
    it(`are found ${what}`, () => {
      assert.deepEqual(
        keysInEnv(line).map((each) => each.key),
        [key],
      );
    });
  }

  it('are found under the name of the service whatever their form, because gateways have others', () => {
    assert.deepEqual(keysInEnv('OPENROUTER_API_KEY=gateway-key-0123456789'), [
      { name: 'OPENROUTER_API_KEY', key: 'gateway-key-0123456789' },
    ]);
  });

  it('are none of other services, of comments, of placeholders, or of other variables', () => {
    for (const text of [
      `# OPENROUTER_API_KEY=${key}`,
      'OPENROUTER_API_KEY=',
      'OPENROUTER_API_KEY="a key of mine"',
      'OPENAI_API_KEY=sk-proj-0123456789abcdef0123456789',
      'OPENROUTER_MODEL=openrouter/auto-something',
      '',
    ]) {
      assert.deepEqual(keysInEnv(text), [], text);
    }
  });

  it('are found in the environment, and shown by their end alone', () => {
    assert.deepEqual(keysIn({ OPENROUTER_API_KEY: ` ${key}\n`, PATH: '/bin', NOTHING: undefined }), [
      { name: 'OPENROUTER_API_KEY', key },
    ]);
    assert.equal(maskedKey(key), '…cdef');
  });
});
