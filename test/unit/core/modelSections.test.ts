import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { alikeModels } from '../../../src/core/model/nearest.ts';
import type { Model } from '../../../src/core/model/model.ts';
import {
  isFiltering,
  modelTraits,
  noFilter,
  passes,
  readFilter,
  tokensFrom,
  withBounds,
  withTrait,
  type ModelFilter,
} from '../../../src/core/model/modelFilter.ts';
import { modelOrders, ordered, readOrder } from '../../../src/core/model/modelOrder.ts';
import {
  isModelId,
  sectionsOf,
  withRecent,
  type ListedModels,
} from '../../../src/core/model/modelSections.ts';
import { recommendedFor } from '../../../src/core/model/recommended.ts';
import { successorOf } from '../../../src/core/model/successor.ts';
import { aModel } from '../../support/builders.ts';

const fixed = (prompt: number, completion = prompt) => ({ kind: 'fixed', prompt, completion }) as const;
const ids = (models: readonly Model[]): readonly string[] => models.map(({ id }) => id);

const models: readonly Model[] = [
  aModel({ id: 'a/dear', name: 'Dear', pricing: fixed(9), contextLength: 1_000_000, createdAt: 3 }),
  aModel({
    id: 'a/free',
    name: 'free',
    pricing: fixed(0),
    capabilities: ['images'],
    contextLength: 8_000,
    createdAt: 1,
  }),
  aModel({ id: 'a/router', name: 'Router', pricing: { kind: 'variable' }, capabilities: ['reasoning'] }),
  aModel({ id: 'b/cheap', name: 'cheap', pricing: fixed(2, 20), createdAt: 2 }),
  aModel({ id: 'b/hidden', name: 'Hidden', pricing: fixed(1), excluded: true }),
  { id: 'c/bare', name: 'Bare', capabilities: [] },
];

describe('the filter of models', () => {
  const passing = (filter: ModelFilter, silent?: ReadonlySet<string>): readonly string[] =>
    ids(models.filter((model) => passes(model, filter, silent)));

  for (const [what, filter, left] of [
    ['nothing', noFilter, ids(models)],
    ['free ones', { traits: ['free'] }, ['a/free']],
    ['those with tools', { traits: ['tools'] }, ['a/dear', 'b/cheap', 'b/hidden']],
    ['those with structured output', { traits: ['structured'] }, ['a/dear', 'b/cheap', 'b/hidden']],
    ['those that see', { traits: ['vision'] }, ['a/free']],
    ['those that think', { traits: ['thinking'] }, ['a/router']],
    ['all of several', { traits: ['free', 'tools'] }, []],
    ['long ones', { traits: [], minContext: 200_000 }, ['a/dear']],
    ['cheap ones', { traits: [], maxPrice: 1 }, ['a/free', 'b/hidden']],
  ] satisfies readonly (readonly [string, ModelFilter, readonly string[]])[]) {
    it(`lets pass ${what}`, () => {
      assert.deepEqual(passing(filter), left);
    });
  }

  it('counts no model as zero-retention before the service has said so', () => {
    assert.deepEqual(passing({ traits: ['zdr'] }), []);
    assert.deepEqual(passing({ traits: ['zdr'] }, new Set(['b/cheap'])), ['b/cheap']);
  });

  it('is changed one criterion at a time and read back unchanged', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...modelTraits)),
        fc.option(fc.nat(), { nil: undefined }),
        fc.option(fc.nat(), { nil: undefined }),
        (traits, minContext, maxPrice) => {
          const filter = withBounds(traits.reduce(withTrait, noFilter), { minContext, maxPrice });
          const read = readFilter(JSON.parse(JSON.stringify(filter)));
          assert.deepEqual(
            { ...read, traits: new Set(read.traits) },
            { ...filter, traits: new Set(filter.traits) },
          );
          const odd = modelTraits.some((trait) => traits.filter((each) => each === trait).length % 2 === 1);
          assert.equal(isFiltering(filter), odd || minContext !== undefined || maxPrice !== undefined);
        },
      ),
    );
    for (const odd of [undefined, null, 7, { traits: 'free' }, { traits: ['smell'], minContext: 'much' }]) {
      assert.deepEqual(readFilter(odd), noFilter);
    }
  });

  it('reads numbers of tokens as people write them', () => {
    const read = ['128k', ' 1M ', '1.5m', '2,5k', '200000', '', 'much', '-1', '1 000'].map(tokensFrom);
    assert.deepEqual(read, [
      128_000,
      1_000_000,
      1_500_000,
      2_500,
      200_000,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    const grouped = ['200,000', '200.000', '1,048,576', '1.048k', '0.128', '1,0485'].map(tokensFrom);
    assert.deepEqual(grouped, [200_000, 200_000, 1_048_576, 1_048, undefined, undefined]);
  });
});

describe('the order of models', () => {
  for (const [order, first] of [
    ['listed', ['a/dear', 'a/free']],
    ['name', ['c/bare', 'b/cheap', 'a/dear', 'a/free']],
    ['promptPrice', ['a/free', 'b/hidden', 'b/cheap', 'a/dear']],
    ['completionPrice', ['a/free', 'b/hidden', 'a/dear', 'b/cheap']],
    ['context', ['a/dear', 'a/router']],
    ['newest', ['a/dear', 'b/cheap', 'a/free']],
    ['throughput', ['c/bare', 'a/free', 'a/dear']],
  ] as const) {
    it(`by "${order}" begins with ${first.join(', ')}`, () => {
      assert.deepEqual(ids(ordered(models, order, ['c/bare', 'a/free'])).slice(0, first.length), first);
    });
  }

  it('by a benchmark begins with the best, and ends with those that have no score', () => {
    const scored = [
      aModel({ id: 'none' }),
      aModel({ id: 'low', benchmarks: { coding: 10, agentic: 30, intelligence: 20 } }),
      aModel({ id: 'high', benchmarks: { coding: 60, agentic: 5 } }),
    ];
    const by = (order: 'coding' | 'agentic' | 'intelligence') =>
      ids(ordered(scored, order, undefined)).join();
    assert.deepEqual(
      [by('coding'), by('agentic'), by('intelligence')],
      ['high,low,none', 'low,high,none', 'low,none,high'],
    );
  });

  it('loses no model, whatever is known', () => {
    for (const order of modelOrders) {
      assert.deepEqual(ids(ordered(models, order, undefined)).toSorted(), ids(models).toSorted());
    }
  });

  it('that was remembered and is none is that of the service', () => {
    assert.deepEqual([readOrder('price'), readOrder('newest'), readOrder(7)], ['listed', 'newest', 'listed']);
  });
});

describe('the sections of the list', () => {
  const list: ListedModels = {
    models,
    current: 'b/cheap',
    favorites: ['a/free', 'gone/model'],
    recent: ['b/cheap', 'a/router'],
    purpose: 'chat',
    filter: noFilter,
    order: 'listed',
  };
  const shown = (changes: Partial<ListedModels> = {}): readonly string[] =>
    sectionsOf({ ...list, ...changes }).map(({ kind, models: of }) => `${kind}: ${ids(of).join(' ')}`);

  it('have each model once, in the first one that it belongs to', () => {
    assert.deepEqual(shown(), [
      'current: b/cheap',
      'favorites: a/free',
      'recent: a/router',
      'all: a/dear c/bare',
      'excluded: b/hidden',
    ]);
  });

  it('recommend what did best, but nothing that the account excludes', () => {
    const rated = [
      aModel({ id: 'a/good', benchmarks: { intelligence: 50 } }),
      aModel({ id: 'a/best', benchmarks: { intelligence: 60 } }),
      aModel({ id: 'a/out', benchmarks: { intelligence: 70 }, excluded: true }),
    ];
    assert.deepEqual(shown({ models: rated, recent: [], favorites: [] }), [
      'recommended: a/best a/good',
      'excluded: a/out',
    ]);
  });

  it('keep the model in use visible, whatever the search', () => {
    assert.deepEqual(shown({ filter: { traits: ['free'] } }), ['current: b/cheap', 'favorites: a/free']);
    assert.deepEqual(shown({ filter: { traits: ['free', 'tools'] } }), ['current: b/cheap']);
  });

  it('are in order, but for those that were used last', () => {
    const recent = ['c/bare', 'a/dear', 'a/free'];
    assert.deepEqual(shown({ order: 'name', recent, favorites: ['a/router', 'b/cheap'] }), [
      'current: b/cheap',
      'favorites: a/router',
      'recent: c/bare a/dear a/free',
      'excluded: b/hidden',
    ]);
  });

  it('never show a model twice, nor lose one that passes', () => {
    const some = fc.subarray([...ids(models), 'gone/model']);
    fc.assert(
      fc.property(
        some,
        some,
        fc.constantFrom(...modelOrders),
        fc.subarray([...modelTraits]),
        (favorites, recent, order, traits) => {
          const sections = sectionsOf({ ...list, favorites, recent, order, filter: { traits } });
          const all = sections.flatMap((section) => ids(section.models));
          assert.equal(new Set(all).size, all.length);
          const passing = models.filter(
            (model) => passes(model, { traits }, undefined) || model.id === list.current,
          );
          assert.deepEqual(all.toSorted(), ids(passing).toSorted());
        },
      ),
    );
  });

  it('remember a few that were used last, each once', () => {
    assert.deepEqual(withRecent(['a', 'b', 'c'], 'b', 3), ['b', 'a', 'c']);
    assert.deepEqual(withRecent(['a', 'b', 'c'], 'd', 3), ['d', 'a', 'b']);
  });

  it('know what can be an id', () => {
    assert.ok(['author/model', '@preset/mine', '~a/b-latest', 'gpt', 'a/b:nitro'].every(isModelId));
    assert.ok(!['', 'x', 'two words', ' a/b'].some(isModelId));
  });
});

describe('models similar to an unknown one', () => {
  const all = ['anthropic/claude-sonnet-4.8', 'anthropic/claude-sonnet-4.6', 'openai/gpt-5', 'x/solo'].map(
    (id) => aModel({ id, name: id.slice(id.indexOf('/') + 1).replaceAll('-', ' ') }),
  );

  for (const [typed, first] of [
    ['anthropic/claude-sonet-4.8', 'anthropic/claude-sonnet-4.8'],
    ['claude-sonett-4.6', 'anthropic/claude-sonnet-4.6'],
    ['Claude Sonet 4.8', 'anthropic/claude-sonnet-4.8'],
    ['openai/gtp-5', 'openai/gpt-5'],
    ['zzz', undefined],
  ] as const) {
    it(`are for ${typed}: ${String(first)}`, () => {
      const alike = ids(alikeModels(typed, all));
      assert.equal(alike[0], first);
      assert.equal(new Set(alike).size, alike.length);
    });
  }
});

describe('recommendations', () => {
  const rated = (id: string, intelligence: number, facts: Partial<Model> = {}): Model =>
    aModel({ id, benchmarks: { intelligence, coding: 100 - intelligence }, ...facts });

  it('are for code those that are best at it and can answer in a form', () => {
    const all = [rated('a/1', 10), rated('a/2', 20), rated('a/3', 5, { capabilities: ['tools'] })];
    assert.deepEqual(ids(recommendedFor('code', all)), ['a/1', 'a/2']);
  });

  it('are for small things the cheapest of the better half', () => {
    const all = [
      rated('a/dull', 10, { pricing: fixed(1) }),
      rated('a/fair', 40, { pricing: fixed(2) }),
      rated('a/great', 90, { pricing: fixed(99) }),
    ];
    assert.deepEqual(ids(recommendedFor('background', all)), ['a/fair', 'a/great']);
  });

  it('are none of what is about to end, has a row of its own, has no price or cannot write', () => {
    const all = [
      rated('a/ends', 90, { expiresOn: '2030-01-01' }),
      rated('a/b:free', 90),
      rated('~a/b-latest', 90, { aliasOf: { slug: 'a/b', name: 'B' } }),
      rated('a/router', 90, { pricing: { kind: 'variable' } }),
      rated('a/painter', 90, { outputs: ['image'] }),
    ];
    assert.deepEqual(recommendedFor('chat', all), []);
  });
});

describe('the successor of a model', () => {
  const old = aModel({ id: 'a/mind-3', expiresOn: '2030-01-01', createdAt: 1 });
  const others = [
    aModel({ id: 'a/mind-4', createdAt: 2 }),
    aModel({ id: 'a/mind-5', slug: 'a/mind-5-2030', createdAt: 3 }),
    aModel({ id: 'b/mind-4', createdAt: 4 }),
    aModel({ id: 'a/mind-4:free', createdAt: 2 }),
  ];

  it('is what the alias of its family stands for', () => {
    const alias = aModel({ id: '~a/mind-latest', aliasOf: { slug: 'a/mind-5-2030', name: '5' } });
    assert.equal(successorOf(old, [old, ...others, alias])?.id, 'a/mind-5');
  });

  it('is else a newer one of its author that is like it', () => {
    assert.equal(successorOf(old, [old, ...others])?.id, 'a/mind-4');
  });

  it('is none that is older, of somebody else, or about to end itself', () => {
    const none = [
      aModel({ id: 'a/mind-2', createdAt: 0 }),
      aModel({ id: 'a/mind-4', createdAt: 2, expiresOn: '2030-02-01' }),
    ];
    assert.equal(successorOf(old, [old, ...none, aModel({ id: 'b/mind-4', createdAt: 4 })]), undefined);
  });
});
