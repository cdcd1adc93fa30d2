import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { costWords, type AnsweredFor } from '../../../src/host/words/costWords.ts';

describe('what is told of the answer of a command', () => {
  const usage = { promptTokens: 1, completionTokens: 1 };
  const cases: readonly (readonly [AnsweredFor, string])[] = [
    [{ usage: { ...usage, cost: 1_000_000_000 }, answeredBy: 'Model' }, ' ($0.001000, Model)'],
    [{ usage: { ...usage, cost: 1_000_000_000 } }, ' ($0.001000)'],
    [{ usage, answeredBy: 'Model' }, ' (Model)'],
    [{ answeredBy: 'Model' }, ' (Model)'],
    [{ usage }, ''],
    [{}, ''],
  ];
  for (const [answer, words] of cases) {
    it(`is "${words}"`, () => {
      assert.equal(costWords(answer), words);
    });
  }
});
