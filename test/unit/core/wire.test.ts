import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readModels, readUsage } from '../../../src/core/openrouter/wire.ts';

describe('the list of models', () => {
  const row = {
    id: 'author/model',
    canonical_slug: 'author/model-2026',
    name: 'Author: Model',
    description: 'Good at code.',
    context_length: 200_000,
    architecture: { modality: null, input_modalities: ['text', 'image', 'file', 'audio', 'smell'] },
    pricing: { prompt: '0.00000125', completion: '0.00001', discount: 0 },
    top_provider: { context_length: null, max_completion_tokens: 8_192, is_moderated: false },
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

  it('leaves out rows that nobody can chat with', () => {
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
    ['half known', { prompt: '0.1' }, undefined],
    ['empty', { prompt: '', completion: '' }, undefined],
    ['nonsense', { prompt: 'cheap', completion: [] }, undefined],
  ];
  for (const [what, pricing, read] of prices) {
    it(`reads prices that are ${what}`, () => {
      assert.deepEqual(readModels({ data: [{ id: 'a/b', pricing }] })?.[0]?.pricing, read);
    });
  }

  it('is none where an answer is no list', () => {
    for (const body of [undefined, '<html>', [], { data: {} }, { models: [] }]) {
      assert.equal(readModels(body), undefined);
    }
    assert.deepEqual(readModels({ data: [] }), []);
  });

  it('is read, as far as it can be, whatever a field turns into', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(row)), fc.jsonValue(), (field, value) => {
        const models = readModels({ data: [{ ...row, [field]: value }, row] });
        assert.equal(models?.at(-1)?.id, row.id);
      }),
    );
  });
});

describe('the usage of an answer', () => {
  it('adds what an own provider key is billed to the cost, and only then', () => {
    const cost_details = { upstream_inference_cost: 0.5 };
    assert.equal(readUsage({ cost: 0.01, is_byok: true, cost_details })?.cost, 510_000);
    assert.equal(readUsage({ cost: 0, is_byok: true, cost_details })?.cost, 500_000);
    assert.equal(readUsage({ cost: 0.5, is_byok: false, cost_details })?.cost, 500_000);
    assert.equal(readUsage({ cost: 0.5, is_byok: true, cost_details: null })?.cost, 500_000);
  });

  it('tells what of the cost is billed elsewhere', () => {
    const cost_details = { upstream_inference_cost: 0.5 };
    assert.equal(readUsage({ cost: 0.01, is_byok: true, cost_details })?.ownKeyCost, 500_000);
    assert.equal(readUsage({ cost: 0.5, is_byok: false, cost_details })?.ownKeyCost, undefined);
    assert.equal(readUsage({ is_byok: true, cost_details })?.ownKeyCost, undefined);
    assert.equal(readUsage({ cost: 0.5, is_byok: true })?.ownKeyCost, undefined);
  });

  it('knows no cost where the server names none, and zero where it names zero', () => {
    assert.deepEqual(readUsage({ prompt_tokens: 1, completion_tokens: 2 }), {
      promptTokens: 1,
      completionTokens: 2,
    });
    assert.equal(readUsage({ cost: null })?.cost, undefined);
    assert.equal(readUsage({ cost: 0 })?.cost, 0);
  });

  it('is none where there is none', () => {
    for (const none of [undefined, null, 'usage', 7, []]) {
      assert.equal(readUsage(none), undefined);
    }
  });
});
