import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Model } from '../../../src/core/model/model.ts';
import { effortsOf, fitTo, type RequestSettings } from '../../../src/core/model/requestSettings.ts';
import { reasoningEfforts } from '../../../src/core/model/requestValues.ts';
import { readModels } from '../../../src/core/openrouter/account/modelList.ts';
import { aModel } from '../../support/builders.ts';

const set: RequestSettings = { model: 'a/b', maxTokens: 8_192, temperature: 0.5, reasoningEffort: 'high' };

function aRow(row: object): Model | undefined {
  return readModels({ data: [{ id: 'a/b', name: 'B', ...row }] })?.[0];
}

describe('the settings of a request', () => {
  it('are sent unchanged to an unknown model', () => {
    assert.deepEqual(fitTo(set, undefined, 9_999_999), set);
  });

  it('leave out a temperature that the model refuses', () => {
    const without = { supported_parameters: ['max_tokens'] };
    assert.equal(fitTo(set, aRow(without), 0).temperature, undefined);
    assert.equal(fitTo(set, aRow({ supported_parameters: ['temperature'] }), 0).temperature, 0.5);
    assert.equal(fitTo(set, aRow({ supported_parameters: [] }), 0).temperature, 0.5, 'a router says nothing');
  });

  it('let a model think as far as it can', () => {
    const effort = (row: object, reasoningEffort: 'high' | 'none' = 'high') =>
      fitTo({ ...set, reasoningEffort }, aRow(row), 0).reasoningEffort;
    assert.equal(effort({}), undefined, 'it does not think');
    assert.equal(effort({ reasoning: { mandatory: false, supported_efforts: null } }), 'high');
    assert.equal(effort({ reasoning: { mandatory: false, supported_efforts: ['low'] } }), undefined);
    assert.equal(effort({ reasoning: { mandatory: true } }, 'none'), undefined, 'it cannot help it');
    assert.equal(effort({ reasoning: { mandatory: false, supported_efforts: ['low'] } }, 'none'), 'none');
  });

  it('ask for no longer an answer than the model can give', () => {
    const longest = (row: object, prompt: number): number => fitTo(set, aRow(row), prompt).maxTokens;
    assert.equal(longest({ context_length: 100_000 }, 1_000), 8_192);
    assert.equal(longest({ top_provider: { max_completion_tokens: 4_096 } }, 1_000), 4_096);
    assert.equal(longest({ context_length: 10_000 }, 7_000), 3_000);
    assert.equal(longest({ context_length: 10_000 }, 11_000), 1_024, 'never so few that nothing comes');
  });
});

describe('the length of an answer that a fallback model may give', () => {
  const models = new Map<string, Model>(
    [
      aModel({ id: 'large', contextLength: 100_000, maxOutput: 50_000 }),
      aModel({ id: 'terse', contextLength: 100_000, maxOutput: 2_000 }),
      aModel({ id: 'small', contextLength: 8_000 }),
      aModel({ id: 'huge', contextLength: 1_000_000, maxOutput: 30_000 }),
    ].map((model) => [model.id, model]),
  );
  const cases: readonly (readonly [
    about: string,
    model: string,
    fallbacks: readonly string[],
    prompt: number,
    maxTokens: number,
    left: readonly string[],
  ])[] = [
    ['as long as both can give', 'large', ['huge'], 1_000, 8_192, ['huge']],
    ['no longer than any of them can give', 'large', ['huge', 'terse'], 1_000, 2_000, ['huge', 'terse']],
    ['what the context of a fallback leaves', 'large', ['small'], 5_000, 3_000, ['small']],
    ['its own where the prompt fills a fallback', 'large', ['small', 'huge'], 7_500, 8_192, ['huge']],
    ['its own where the prompt is longer than a fallback', 'large', ['small'], 9_000, 8_192, []],
    [
      'that of the fallback where the prompt is longer than the model',
      'small',
      ['huge'],
      9_000,
      8_192,
      ['huge'],
    ],
    ['of use where no model has room', 'small', ['small'], 9_000, 1_024, []],
    ['what is set where nothing is known', 'unknown', ['unheard'], 9_000, 8_192, ['unheard']],
  ];
  for (const [about, model, fallbackModels, prompt, maxTokens, left] of cases) {
    it(`is ${about}`, () => {
      const fitted = fitTo({ model, maxTokens: 8_192, fallbackModels }, models.get(model), prompt, (id) =>
        models.get(id),
      );
      assert.deepEqual([fitted.maxTokens, fitted.fallbackModels], [maxTokens, left]);
    });
  }
});

describe('the efforts that a model can be told', () => {
  it('are those of the catalog, and the model’s own way', () => {
    assert.deepEqual(effortsOf(aModel()), []);
    assert.deepEqual(effortsOf(undefined), []);
    assert.deepEqual(effortsOf(aModel({ reasoning: { mandatory: true, efforts: ['low', 'high'] } })), [
      'default',
      'low',
      'high',
    ]);
    assert.deepEqual(effortsOf(aModel({ reasoning: { mandatory: false } })), reasoningEfforts);
  });
});
