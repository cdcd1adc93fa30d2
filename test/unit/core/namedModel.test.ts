import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { modelNamed } from '../../../src/core/model/namedModel.ts';
import { aModel } from '../../support/builders.ts';

const models = [
  ['anthropic/claude-sonnet-4.5', 'Anthropic: Claude Sonnet 4.5'],
  ['anthropic/claude-3.5-sonnet', 'Anthropic: Claude 3.5 Sonnet'],
  ['openai/gpt-4.1', 'OpenAI: GPT-4.1'],
  ['openai/gpt-4.1-mini', 'OpenAI: GPT-4.1 Mini'],
  ['openai/gpt-4o', 'OpenAI: GPT-4o'],
  ['google/gemini-2.5-pro', 'Google: Gemini 2.5 Pro'],
  ['deepseek/deepseek-r1:free', 'DeepSeek: R1 (free)'],
  ['deepseek/deepseek-r1', 'DeepSeek: R1'],
  ['llama3.1:8b', 'llama3.1:8b'],
].map(([id = '', name = '']) => aModel({ id, name }));

describe('a model that a file names', () => {
  const rows: readonly (readonly [string | readonly string[], string | undefined])[] = [
    ['openai/gpt-4.1', 'openai/gpt-4.1'],
    ['author/unheard-of', 'author/unheard-of'],
    ['@preset/mine', '@preset/mine'],
    ['Claude Sonnet 4.5 (copilot)', 'anthropic/claude-sonnet-4.5'],
    ['claude-sonnet-4-5', 'anthropic/claude-sonnet-4.5'],
    ['claude-sonnet-4-5-20250929', 'anthropic/claude-sonnet-4.5'],
    ['Claude Sonnet 3.5', 'anthropic/claude-3.5-sonnet'],
    ['GPT-4.1', 'openai/gpt-4.1'],
    ['gpt-4.1 mini', 'openai/gpt-4.1-mini'],
    ['gpt-4o', 'openai/gpt-4o'],
    ['"GPT-4.1"', 'openai/gpt-4.1'],
    ['Gemini 2.5 Pro (Preview)', 'google/gemini-2.5-pro'],
    ['deepseek-r1', 'deepseek/deepseek-r1'],
    ['llama3.1:8b', 'llama3.1:8b'],
    [['No Such Model 9', 'GPT-4o (copilot)'], 'openai/gpt-4o'],
    ["No Such | 'gpt-4.1' | 'Claude Sonnet 4.5'", 'openai/gpt-4.1'],
    ['gpt-1.4', undefined],
    ['Claude Sonnet 5.4', undefined],
    ['inherit', undefined],
    ['', undefined],
    [[], undefined],
  ];
  for (const [names, id] of rows) {
    it(`is ${id ?? "the user's own"} where it is called ${JSON.stringify(names)}`, () => {
      assert.equal(modelNamed([names].flat(), models), id);
    });
  }

  it('may be a word as long as there is no catalog', () => {
    assert.equal(modelNamed(['Claude Sonnet 4', 'llama3'], []), 'llama3');
  });
});
