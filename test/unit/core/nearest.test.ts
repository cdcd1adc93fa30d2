import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { nearestTo } from '../../../src/core/model/nearest.ts';

const names = [
  'anthropic/claude-sonnet-4.6',
  'anthropic/claude-opus-4.8',
  'openai/gpt-5.6',
  'openai/gpt-5.6-mini',
  'google/gemini-3.1-pro',
];

describe('names that are like another one', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['anthropic/claude-sonet-4.6', 'anthropic/claude-sonnet-4.6'],
    ['claude-sonnet-4.6', 'anthropic/claude-sonnet-4.6'],
    ['OpenAI/GPT-5.6mini', 'openai/gpt-5.6-mini'],
    ['google/gemini-3-pro', 'google/gemini-3.1-pro'],
  ];
  for (const [typed, meant] of rows) {
    it(`are found for ${typed}`, () => {
      assert.equal(nearestTo(typed, names)[0], meant);
    });
  }

  it('are none where nothing is alike, and never the name itself', () => {
    assert.deepEqual(nearestTo('x', names), []);
    assert.deepEqual(nearestTo('', names), []);
    assert.ok(!nearestTo('openai/gpt-5.6', names).includes('openai/gpt-5.6'));
    assert.equal(nearestTo('openai/gpt-5.6', names)[0], 'openai/gpt-5.6-mini');
  });
});
