import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { formatBalance, formatCost, formatPrice, microDollarsFrom } from '../../../src/core/model/money.ts';

describe('money', () => {
  it('reads what the service writes, and nothing else', () => {
    assert.equal(microDollarsFrom('0.00000125'), 1);
    assert.equal(microDollarsFrom(7.48), 7_480_000);
    assert.equal(microDollarsFrom('-1'), -1_000_000);
    assert.equal(microDollarsFrom(''), undefined);
    assert.equal(microDollarsFrom('free'), undefined);
    assert.equal(microDollarsFrom(Number.NaN), undefined);
  });

  it('shows a cost with six decimals, a balance with two and a price with as many as it needs', () => {
    assert.equal(formatCost(1_234), '$0.001234');
    assert.equal(formatBalance(7_480_000), '$7.48');
    assert.equal(formatBalance(-20_000), '-$0.02');
    assert.equal(formatBalance(-1), '$0.00');
    assert.equal(formatPrice(1_250_000), '$1.25');
    assert.equal(formatPrice(37_500), '$0.0375');
    assert.equal(formatPrice(15_000_000), '$15.00');
  });

  it('loses nothing between words and number, however many amounts are added', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 10 ** 12 }), { maxLength: 20 });
    fc.assert(
      fc.property(amounts, (all) => {
        const sum = all.reduce((total, each) => total + each, 0);
        const read = all.map((each) => microDollarsFrom(formatCost(each).slice(1)) ?? Number.NaN);
        return read.reduce((total, each) => total + each, 0) === sum;
      }),
    );
  });
});
