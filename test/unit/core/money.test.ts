import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  exactDollars,
  formatBalance,
  formatCost,
  formatPrice,
  microDollarsFrom,
  picoDollarsFrom,
  toMicroDollars,
  toPicoDollars,
} from '../../../src/core/money/money.ts';

describe('money', () => {
  it('reads what the service writes, and nothing else', () => {
    assert.equal(microDollarsFrom('0.00000125'), 1);
    assert.equal(microDollarsFrom(7.48), 7_480_000);
    assert.equal(microDollarsFrom('-1'), -1_000_000);
    assert.equal(microDollarsFrom('0'), 0);
    for (const odd of ['', ' ', 'free', '1,5', 'Infinity', Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.equal(microDollarsFrom(odd), undefined, String(odd));
    }
  });

  it('shows a cost with six decimals, a balance with two and a price with as many as it needs', () => {
    assert.equal(formatCost(toPicoDollars(1_234)), '$0.001234');
    assert.equal(formatCost(10_400_000), '$0.000010');
    assert.equal(formatCost(10_500_000), '$0.000011');
    assert.equal(formatCost(0), '$0.000000');
    assert.equal(formatBalance(7_480_000), '$7.48');
    assert.equal(formatBalance(-20_000), '-$0.02');
    assert.equal(formatBalance(-1), '$0.00');
    assert.equal(formatBalance(1_234_567_890_000), '$1234567.89');
    assert.equal(formatPrice(1_250_000), '$1.25');
    assert.equal(formatPrice(37_500), '$0.0375');
    assert.equal(formatPrice(15_000_000), '$15.00');
    assert.equal(formatPrice(0), '$0.00');
  });

  const amount = fc.integer({ min: -(10 ** 12), max: 10 ** 12 });
  const read = (words: string): number | undefined => microDollarsFrom(words.replace('$', ''));

  it('loses nothing between number and words', () => {
    fc.assert(
      fc.property(amount, (each) => {
        assert.equal(read(formatCost(toPicoDollars(each))), each);
        assert.equal(read(formatPrice(each)), each);
        assert.ok(Math.abs((read(formatBalance(each)) ?? Number.NaN) - each) <= 5_000);
      }),
    );
  });

  it('keeps every digit of a cost', () => {
    for (const [dollars, exact] of [
      [0.0000104, '0.0000104'],
      [0.00012264, '0.00012264'],
      [0.001234, '0.001234'],
      [12.5, '12.500000'],
      [0.000000000001, '0.000000000001'],
      [0, '0.000000'],
    ] as const) {
      assert.equal(exactDollars(picoDollarsFrom(dollars) ?? Number.NaN), exact);
    }
  });

  it('rounds a sum once, as the service does, and not each of its parts', () => {
    const cost = fc.integer({ min: 1, max: 10 ** 9 });
    fc.assert(
      fc.property(fc.array(cost, { minLength: 1, maxLength: 500 }), (costs) => {
        const ours = costs.reduce((sum, each) => sum + (picoDollarsFrom(each / 1e12) ?? Number.NaN), 0);
        const theirs = costs.reduce((sum, each) => Math.round((sum + each / 1e12) * 1e12) / 1e12, 0);
        assert.equal(toMicroDollars(ours), microDollarsFrom(theirs));
      }),
    );
  });

  it('adds up without drift, though the service writes binary fractions', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 50 }), (all) => {
        const sum = all.reduce((total, each) => total + each, 0);
        const fromWire = all.map((each) => microDollarsFrom(each / 1_000_000) ?? Number.NaN);
        assert.equal(
          fromWire.reduce((total, each) => total + each, 0),
          sum,
        );
      }),
    );
  });
});
