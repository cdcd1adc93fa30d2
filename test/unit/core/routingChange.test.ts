import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  excludingRules,
  ownPrivacyReasons,
  parseRouting,
  withoutRules,
} from '../../../src/core/model/routing.ts';
import {
  isPrice,
  priceCeiling,
  providersIn,
  withField,
  withPriceCeiling,
  withToggled,
  withoutProvider,
} from '../../../src/core/model/routingChange.ts';

describe('routing that never uses a provider', () => {
  for (const [what, routing, after] of [
    ['nothing set', {}, { ignore: ['azure'] }],
    ['others ignored', { ignore: ['b', 'azure/eu'] }, { ignore: ['b', 'azure'] }],
    [
      'it in all lists',
      { order: ['azure', 'b'], only: ['azure/eu', 'c'] },
      { order: ['b'], only: ['c'], ignore: ['azure'] },
    ],
    ['it first, and nobody else', { order: ['azure'], sort: 'price' }, { sort: 'price', ignore: ['azure'] }],
    ['a name that begins alike', { only: ['azure-2'] }, { only: ['azure-2'], ignore: ['azure'] }],
    ['nobody else allowed', { only: ['azure', 'azure/eu'] }, undefined],
  ] as const) {
    it(`with ${what}`, () => {
      assert.deepEqual(withoutProvider(routing, 'azure'), after);
    });
  }
});

describe('routing that is set by hand', () => {
  it('keeps unknown fields and drops empty ones', () => {
    const routing = { something_new: 1, order: ['a'], max_price: { image: 3, prompt: 1 } };
    assert.deepEqual(withField(routing, 'order', []), { something_new: 1, max_price: routing.max_price });
    assert.deepEqual(withField(routing, 'zdr', undefined), routing);
    assert.deepEqual(withField({}, 'zdr', true), { zdr: true });
    assert.deepEqual(withPriceCeiling(routing, { prompt: '', completion: '2.5' }).max_price, {
      image: 3,
      completion: 2.5,
    });
    assert.deepEqual(withPriceCeiling({ max_price: { prompt: 1 } }, { prompt: '', completion: ' ' }), {});
  });

  it('has providers in the order in which they were chosen', () => {
    const chosen = ['b', 'a', 'c', 'a'].reduce((routing, tag) => withToggled(routing, 'order', tag), {});
    assert.deepEqual(chosen, { order: ['b', 'c'] });
    assert.deepEqual(providersIn({ only: 'a' }, 'only'), []);
  });

  it('is unchanged after a provider was toggled twice', () => {
    const tags = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(tags, fc.constantFrom('order', 'only', 'ignore'), (all, list) => {
        const [tag = '', ...others] = all;
        const before = withField({ zdr: true }, list, others);
        assert.deepEqual(withToggled(withToggled(before, list, tag), list, tag), before);
        assert.deepEqual(parseRouting(withToggled(before, list, tag)).faults, []);
      }),
    );
  });

  it('shows the maximum prices as written', () => {
    assert.deepEqual(priceCeiling({ max_price: { prompt: '1.5', completion: 2 } }), {
      prompt: '1.5',
      completion: '2',
    });
    assert.deepEqual(priceCeiling({}), {});
  });

  it('takes a price, or nothing', () => {
    for (const good of ['', ' ', '0', '1.5', '1e-3']) {
      assert.equal(isPrice(good), true, good);
    }
    for (const bad of ['-1', 'x', '1,5', 'Infinity']) {
      assert.equal(isPrice(bad), false, bad);
    }
  });
});

describe('routing that left no provider', () => {
  const routing = {
    order: ['a'],
    only: ['a'],
    zdr: true,
    data_collection: 'deny',
    max_price: { prompt: 1 },
    quantizations: ['fp8'],
    sort: 'price',
    allow_fallbacks: false,
  };
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['data_policy:zdr', ['zdr']],
    ['data_policy:training', ['data_collection']],
    ['max_price', ['max_price']],
    ['quantization', ['quantizations']],
    ['allowed_providers', ['order', 'only', 'allow_fallbacks']],
    ['require_parameters', []],
    ['geo', []],
    ['something new', []],
  ];
  for (const [reason, fields] of rows) {
    it(`for ${reason} goes without ${fields.join(', ') || 'nothing'}`, () => {
      const left = Object.keys(withoutRules(routing, excludingRules(routing, [reason])));
      assert.deepEqual(
        left,
        Object.keys(routing).filter((name) => !fields.includes(name)),
      );
    });
  }

  it('tells its private rules from the others, and knows values that exclude nobody', () => {
    const all = [...rows.map(([reason]) => reason)];
    const rules = excludingRules({ ...routing, ignore: ['b'] }, all);
    assert.deepEqual(
      rules.filter(({ isPrivate }) => isPrivate).map(({ field }) => field),
      ['order', 'only', 'zdr', 'data_collection', 'allow_fallbacks', 'ignore'],
    );
    // An order alone is a preference.
    const preferred = excludingRules({ order: ['a'], allow_fallbacks: true }, all);
    assert.deepEqual(preferred, [{ field: 'order', value: ['a'], isPrivate: false }]);
    const unordered = excludingRules({ allow_fallbacks: false, order: [] }, all);
    assert.deepEqual(unordered, [{ field: 'allow_fallbacks', value: false, isPrivate: false }]);
    const idle = {
      ...{ zdr: false, data_collection: 'allow', only: [], ignore: [], order: [] },
      ...{ allow_fallbacks: true, require_parameters: false, max_price: null },
    };
    assert.deepEqual(excludingRules(idle, all), []);
  });

  it('is privacy of its own where the request has such a rule that the service does not rule out', () => {
    const cases: readonly (readonly [
      routing: object,
      excludedBy: readonly string[],
      own: readonly string[],
    ])[] = [
      [{ zdr: true }, [], ['data_policy:zdr']],
      [{ zdr: true }, ['data_policy:zdr'], ['data_policy:zdr']],
      [{ zdr: true }, ['data_policy:training'], []],
      [{ zdr: false, data_collection: 'allow' }, [], []],
      [{ data_collection: 'deny' }, ['data_policy:training', 'geo'], ['data_policy:training']],
      [{}, ['data_policy:zdr'], []],
    ];
    for (const [own, excludedBy, reasons] of cases) {
      assert.deepEqual(ownPrivacyReasons({ ...own }, excludedBy), reasons);
    }
  });
});
