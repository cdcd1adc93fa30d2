import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { creditLevel, type Credit, type KeyInfo } from '../../../src/core/model/credit.ts';
import { creditText } from '../../../src/host/status/creditText.ts';
import { aKey } from '../../support/builders.ts';

const { limit: _limit, remaining: _remaining, ...withoutLimit } = aKey();
const free = { ...withoutLimit, freeTier: true, freeRequests: { limit: 50, remaining: 48 } };

function known(key: KeyInfo): Credit {
  return { state: 'known', key, readAt: 0 };
}

function offline(key: KeyInfo): Credit {
  return { state: 'offline', last: { key, readAt: 0 } };
}

describe('the credit item', () => {
  const rows: readonly (readonly [string, Credit, string, string])[] = [
    ['a key with a limit', known(aKey()), '$7.48 left', 'normal'],
    ['a key near its limit', known(aKey({ remaining: 990_000 })), '$0.99 left', 'warning'],
    ['a key exactly at the threshold', known(aKey({ remaining: 1_000_000 })), '$1.00 left', 'normal'],
    ['a key at its limit', known(aKey({ remaining: 0 })), '$0.00 left', 'error'],
    ['a key beyond its limit', known(aKey({ remaining: -20_000 })), '-$0.02 left', 'error'],
    ['a key without a limit', known(withoutLimit), '$0.31 today', 'normal'],
    ['the free tier', known(free), '48 free left', 'normal'],
    ['the free tier with a limit of the key', known({ ...aKey(), freeTier: true }), '$7.48 left', 'normal'],
    ['the free tier without a count', known({ ...withoutLimit, freeTier: true }), '$0.31 today', 'normal'],
    [
      'the free tier used up',
      known({ ...free, freeRequests: { limit: 50, remaining: 0 } }),
      '0 free left',
      'error',
    ],
    ['nothing yet', { state: 'unknown' }, '…', 'normal'],
    ['no key', { state: 'missing' }, 'Set API key', 'normal'],
    ['a rejected key', { state: 'rejected' }, 'Key rejected', 'error'],
    ['a server without credit', { state: 'none' }, '–', 'normal'],
    ['offline', offline(aKey()), '$7.48 left (offline)', 'normal'],
    ['offline with little', offline(aKey({ remaining: 10_000 })), '$0.01 left (offline)', 'warning'],
    ['offline without a limit', offline(withoutLimit), '$0.31 today (offline)', 'normal'],
    ['offline from the start', { state: 'offline' }, '(offline)', 'normal'],
  ];
  for (const [what, credit, text, level] of rows) {
    it(`shows ${what} as "${text}", ${level}`, () => {
      assert.equal(creditText(credit), text);
      assert.equal(creditLevel(credit, 1_000_000), level);
    });
  }
});
