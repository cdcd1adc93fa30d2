import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Model } from '../../../src/core/model/model.ts';
import { isFree } from '../../../src/core/model/pricing.ts';
import { readModels, withExcluded } from '../../../src/core/openrouter/account/modelList.ts';
import { aModel } from '../../support/builders.ts';

/** Conditions of other prices that nobody here can read. */
const unreadable: readonly (readonly [about: string, condition: object])[] = [
  ['for more tokens than it says in words', { min_prompt_tokens: 'many' }],
  ['for fewer tokens', { max_prompt_tokens: 1_000 }],
  ['for fewer tokens, as text', { max_prompt_tokens: '1000' }],
  ['for less than nothing', { min_prompt_tokens: -1 }],
  ['on some days', { weekdays: ['sat'] }],
  ['for a tier', { service_tier: 'flex' }],
  ['from a time on', { utc_start: 1_630 }],
  ['until a time', { utc_end: 30 }],
  ['at a time that is none', { utc_start: 2_560, utc_end: 30 }],
  ['at a time as text', { utc_start: '16:30', utc_end: '00:30' }],
  ['under something nested', { conditions: { region: 'eu' } }],
];

describe('the list of models', () => {
  const row = {
    id: 'author/model',
    canonical_slug: 'author/model-2026',
    name: 'Author: Model',
    description: 'Good at code.',
    context_length: 200_000,
    created: 1_767_225_600,
    knowledge_cutoff: '2025-06-30',
    expiration_date: '2027-01-31T00:00:00Z',
    architecture: {
      modality: null,
      input_modalities: ['text', 'image', 'file', 'audio', 'smell'],
      output_modalities: ['text', null],
    },
    reasoning: {
      mandatory: false,
      default_enabled: true,
      default_effort: 'low',
      supported_efforts: ['high', 'low', null],
    },
    benchmarks: {
      artificial_analysis: { intelligence_index: 55.5, coding_index: 44, agentic_index: null },
      design_arena: [
        { arena: 'models', category: 'website', elo: 1_301, rank: 3, win_rate: 0.5 },
        { arena: 'models' },
      ],
    },
    pricing: { prompt: '0.00000125', completion: '0.00001', discount: 0 },
    top_provider: { context_length: 100_000, max_completion_tokens: 8_192, is_moderated: true },
    per_request_limits: null,
    supported_parameters: ['tools', 'structured_outputs', 'reasoning', 'something new'],
    links: { details: '…' },
  };

  it('is read row by row', () => {
    assert.deepEqual(readModels({ data: [row], total_count: 1, links: { next: null } }), [
      {
        id: 'author/model',
        slug: 'author/model-2026',
        name: 'Author: Model',
        description: 'Good at code.',
        contextLength: 200_000,
        maxOutput: 8_192,
        pricing: { kind: 'fixed', prompt: 1_250_000, completion: 10_000_000 },
        capabilities: ['tools', 'structured output', 'reasoning', 'images', 'files', 'audio'],
        createdAt: 1_767_225_600_000,
        knowledgeCutoff: '2025-06-30',
        expiresOn: '2027-01-31',
        inputs: ['text', 'image', 'file', 'audio', 'smell'],
        outputs: ['text'],
        parameters: ['tools', 'structured_outputs', 'reasoning', 'something new'],
        topContextLength: 100_000,
        moderated: true,
        benchmarks: {
          intelligence: 55.5,
          coding: 44,
          arenas: [{ arena: 'models', category: 'website', elo: 1_301, rank: 3 }],
        },
        reasoning: { mandatory: false, efforts: ['high', 'low'], byDefault: true, defaultEffort: 'low' },
        fixedTemperature: true,
      },
    ]);
  });

  it('asks nothing of a row but an id', () => {
    const nulls = Object.fromEntries(Object.keys(row).map((field) => [field, null]));
    for (const poor of [{ id: 'a/b' }, { ...nulls, id: 'a/b' }]) {
      assert.deepEqual(readModels({ data: [poor] }), [{ id: 'a/b', name: 'a/b', capabilities: [] }]);
    }
  });

  it("omits models that can't chat", () => {
    const ids = readModels({
      data: [{ id: 'a/b:batch' }, { name: 'nameless' }, { id: '' }, null, 7, 'x', [row], { id: 'a/b:free' }],
    })?.map(({ id }) => id);
    assert.deepEqual(ids, ['a/b:free']);
  });

  const prices: readonly (readonly [string, unknown, unknown])[] = [
    ['free', { prompt: '0', completion: '0' }, { kind: 'fixed', prompt: 0, completion: 0 }],
    ['variable', { prompt: '-1', completion: '-1' }, { kind: 'variable' }],
    [
      'tiny, to the last digit',
      { prompt: '0.000000000125', completion: 1e-9 },
      { kind: 'fixed', prompt: 125, completion: 1_000 },
    ],
    [
      'manifold, each by its name',
      {
        prompt: '0.000001',
        completion: '0.000005',
        internal_reasoning: '0.000006',
        input_cache_read: '0.0000001',
        input_cache_write: '0.00000125',
        input_cache_write_1h: '0.000002',
        request: '0.01',
        image: '0.00258',
        web_search: '0.005',
        discount: 0.25,
        smell: '1',
      },
      {
        kind: 'fixed',
        prompt: 1_000_000,
        completion: 5_000_000,
        reasoning: 6_000_000,
        cacheRead: 100_000,
        cacheWrite: 1_250_000,
        cacheWriteHour: 2_000_000,
        request: 10_000_000_000,
        image: 2_580_000_000,
        webSearch: 5_000_000_000,
        discount: 0.25,
      },
    ],
    [
      'other ones for long prompts and at night',
      {
        prompt: '0.000001',
        completion: '0.000005',
        overrides: [
          { utc_start: 1630, utc_end: 30, prompt: '0.0000005' },
          { min_prompt_tokens: 200_000, prompt: '0.000002', completion: '-1', input_cache_read: '0.0000002' },
          null,
        ],
      },
      {
        kind: 'fixed',
        prompt: 1_000_000,
        completion: 5_000_000,
        overrides: [
          { hours: { start: 1630, end: 30 }, prices: { prompt: 500_000 } },
          { minPromptTokens: 200_000, prices: { prompt: 2_000_000, cacheRead: 200_000 } },
        ],
      },
    ],
    ...unreadable.map(
      ([about, condition]) =>
        [
          `other ${about}, which can't be read`,
          {
            prompt: '0.000001',
            completion: '0.000005',
            overrides: [{ ...condition, prompt: '0.00001' }],
          },
          { kind: 'fixed', prompt: 1_000_000, completion: 5_000_000 },
        ] as const,
    ),
    [
      'other for long prompts, with names that say nothing, and a price that is new',
      {
        prompt: '0.000001',
        completion: '0.000005',
        overrides: [{ min_prompt_tokens: '200000', utc_start: null, video: '0.01', prompt: '0.000002' }],
      },
      {
        kind: 'fixed',
        prompt: 1_000_000,
        completion: 5_000_000,
        overrides: [{ minPromptTokens: 200_000, prices: { prompt: 2_000_000 } }],
      },
    ],
    ['half known', { prompt: '0.1' }, undefined],
    ['empty', { prompt: '', completion: '' }, undefined],
    ['nonsense', { prompt: 'cheap', completion: [] }, undefined],
  ];
  for (const [what, pricing, read] of prices) {
    it(`reads prices that are ${what}`, () => {
      assert.deepEqual(readModels({ data: [{ id: 'a/b', pricing }] })?.[0]?.pricing, read);
    });
  }

  it('knows for what an alias stands', () => {
    const alias = { id: '~a/b-latest', alias_target: { slug: 'a/b-2', name: 'B 2' } };
    assert.deepEqual(readModels({ data: [alias] })?.[0]?.aliasOf, { slug: 'a/b-2', name: 'B 2' });
  });

  it('is one list out of that of all and that of the account', () => {
    const of = (...ids: readonly string[]): readonly Model[] => ids.map((id) => aModel({ id }));
    const list = withExcluded(of('a/1', 'a/2', 'a/3'), of('a/3', 'a/1', 'own/1'));
    assert.deepEqual(
      list.map(({ id, excluded }) => [id, excluded ?? false]),
      [
        ['a/1', false],
        ['a/2', true],
        ['a/3', false],
        ['own/1', false],
      ],
    );
  });

  it('holds a model once that was read before', () => {
    const [first] = readModels({ data: [{ id: 'a/1' }] }) ?? [];
    const list = readModels({ data: [{ id: 'a/2' }, { id: 'a/1' }] }, first && [first]) ?? [];
    assert.deepEqual(
      list.map(({ id }) => id),
      ['a/2', 'a/1'],
    );
    assert.equal(list[1], first);
  });

  it('is none where an answer is no list', () => {
    for (const body of [undefined, '<html>', [], { data: {} }, { models: [] }]) {
      assert.equal(readModels(body), undefined);
    }
    assert.deepEqual(readModels({ data: [] }), []);
  });

  it('is read as far as possible, whatever a field contains', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(row)), fc.jsonValue(), (field, value) => {
        const models = readModels({ data: [{ ...row, [field]: value }, row] });
        assert.equal(models?.at(-1)?.id, row.id);
      }),
    );
  });
});

describe('a router', () => {
  const pricing = { prompt: '-1', completion: '-1' };
  for (const [id, free] of [
    ['openrouter/free', true],
    ['somebody/router:free', true],
    ['openrouter/auto', false],
    ['openrouter/freedom', false],
    ['free/router', false],
  ] as const) {
    it(`${free ? 'is' : "isn't"} free if it is called ${id}`, () => {
      const model = readModels({ data: [{ id, pricing }] })?.[0];
      assert.equal(isFree(model?.pricing), free);
      assert.equal(model?.pricing?.kind, free ? 'fixed' : 'variable');
    });
  }
});
