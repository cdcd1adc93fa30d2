import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseRouting, tightened } from '../../../src/core/model/routing.ts';

describe('the setting for routing', () => {
  it('is kept as written, to the last field', () => {
    const routing = {
      order: ['anthropic', 'google-vertex/us-east5'],
      only: null,
      allow_fallbacks: false,
      data_collection: 'deny',
      zdr: true,
      quantizations: ['fp8'],
      sort: { by: 'price', partition: 'none' },
      max_price: { prompt: '1.5', completion: 2 },
      preferred_min_throughput: { p90: 50 },
      preferred_max_latency: 2,
    };
    assert.deepEqual(parseRouting(routing), { routing, faults: [], unknown: [] });
    assert.deepEqual(parseRouting(undefined), { routing: {}, faults: [], unknown: [] });
  });

  const wrong: readonly (readonly [unknown, RegExp])[] = [
    ['price', /must be an object/],
    [[], /must be an object/],
    [{ only: 'anthropic' }, /"only" must be a list/],
    [{ order: [1] }, /"order" must be a list/],
    [{ zdr: 'yes' }, /"zdr" must be true or false/],
    [{ data_collection: 'never' }, /"data_collection" must be "allow" or "deny"/],
    [{ max_price: 3 }, /"max_price" must be an object of prices/],
    [{ sort: {} }, /"sort" must be "price"/],
  ];
  for (const [value, words] of wrong) {
    it(`says what is wrong with ${JSON.stringify(value)}`, () => {
      const { faults } = parseRouting(value);
      assert.equal(faults.length, 1);
      assert.match(faults[0] ?? '', words);
    });
  }

  it('keeps and names what the service does not know', () => {
    const { routing, faults, unknown } = parseRouting({ avoid: ['x'], zdr: true, constructor: 1 });
    assert.deepEqual([faults, unknown], [[], ['avoid', 'constructor']]);
    assert.deepEqual(routing['avoid'], ['x']);
  });

  it('can be made stricter by a workspace, and nothing else', () => {
    const own = { order: ['a'], data_collection: 'allow' };
    const asked = { order: ['b'], data_collection: 'deny', zdr: true, only: ['c'] };
    assert.deepEqual(tightened(own, asked), { order: ['a'], data_collection: 'deny', zdr: true });
    const strict = { data_collection: 'deny', zdr: true };
    for (const loose of [{ data_collection: 'allow', zdr: false }, undefined, 'no', { zdr: 1 }]) {
      assert.deepEqual(tightened(strict, loose), strict);
    }
  });
});
