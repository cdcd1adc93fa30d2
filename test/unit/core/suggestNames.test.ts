import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isIdentifier, usableNames } from '../../../src/core/prompts/suggestNames.ts';

describe('a name of an answer', () => {
  const names: readonly (readonly [string, string, boolean])[] = [
    ['total', 'sum', true],
    ['_total$2', 'sum', true],
    ['größe', 'sum', true],
    ['合計', 'sum', true],
    ['', 'sum', false],
    ['   ', 'sum', false],
    ['total price', 'sum', false],
    ['2nd', 'sum', false],
    ['total()', 'sum', false],
    ['cart.total', 'sum', false],
    ['total\n', 'sum', false],
    ['total-price', 'sum', false],
    ['total-price', 'cart-sum', true],
    ['empty?', 'sum', false],
    ['empty?', 'none?', true],
    ['-', 'a-b', false],
  ];
  for (const [name, present, usable] of names) {
    it(`${usable ? 'can' : 'cannot'} take the place of "${present}": ${JSON.stringify(name)}`, () => {
      assert.equal(isIdentifier(name, present), usable);
    });
  }

  it('is offered once, and never when it is the present one', () => {
    const names = ['b', 'a b', 'a', 'b', 'c'].map((name) => ({ name }));
    assert.deepEqual(
      usableNames(names, 'a').map(({ name }) => name),
      ['b', 'c'],
    );
  });
});
