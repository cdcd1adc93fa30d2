import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ResponseEvent } from '../../../src/core/conversation/chatModel.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { ChunkReader } from '../../../src/core/openrouter/response.ts';
import { readKeyInfo, readModels, readUsage } from '../../../src/core/openrouter/wire.ts';

function delta(content: object, more: object = {}): object {
  return {
    id: 'gen-1',
    model: 'author/model',
    provider: 'Someone',
    choices: [{ index: 0, delta: content, ...more }],
  };
}

function readAll(...chunks: readonly unknown[]): readonly ResponseEvent[] {
  const reader = new ChunkReader();
  return [...chunks.flatMap((chunk) => [...reader.read(chunk)]), ...reader.end()];
}

describe('a stream of chunks', () => {
  it('says once where the answer comes from', () => {
    const events = readAll(delta({ content: 'a' }), delta({ content: 'b' }));
    assert.deepEqual(events, [
      { type: 'origin', generationId: 'gen-1', model: 'author/model', provider: 'Someone' },
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ]);
  });

  it('reads both forms of the usage chunk, and counts a repeated end once', () => {
    const usage = { prompt_tokens: 17, completion_tokens: 3, cost: 0.00012264 };
    const repeated = readAll(delta({}, { finish_reason: 'stop' }), {
      ...delta({ content: '' }, { finish_reason: 'stop' }),
      usage,
    });
    const empty = readAll(delta({}, { finish_reason: 'stop' }), { choices: [], usage });
    for (const events of [repeated, empty]) {
      assert.deepEqual(events.slice(1), [
        { type: 'finish', reason: 'stop' },
        { type: 'usage', usage: { promptTokens: 17, completionTokens: 3, cost: 123 } },
      ]);
    }
  });

  it('shows a thought once, though it comes twice, and keeps its details for the next turn', () => {
    const thought = (text: string): object => ({
      content: '',
      reasoning: text,
      reasoning_details: [{ type: 'reasoning.text', text, index: 0, format: 'anthropic-claude-v1' }],
    });
    const signature = { reasoning_details: [{ type: 'reasoning.text', signature: 'sig', index: 0 }] };
    const events = readAll(delta(thought('We ')), delta(thought('think.')), delta(signature));
    assert.deepEqual(
      events.filter(({ type }) => type === 'reasoning'),
      [
        { type: 'reasoning', text: 'We ' },
        { type: 'reasoning', text: 'think.' },
      ],
    );
    assert.deepEqual(events.at(-1), {
      type: 'reasoningDetails',
      details: [
        {
          type: 'reasoning.text',
          text: 'We think.',
          index: 0,
          format: 'anthropic-claude-v1',
          signature: 'sig',
        },
      ],
    });
  });

  it('joins fragments of details to the same items however they are cut', () => {
    const pieces = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.string({ minLength: 1 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(pieces, (all) => {
        const chunks = all.map(([index, text]) =>
          delta({ reasoning_details: [{ type: 'reasoning.text', index, text }] }),
        );
        const last = readAll(...chunks).at(-1);
        assert.equal(last?.type, 'reasoningDetails');
        for (const item of last.details as readonly { index: number; text: string }[]) {
          const whole = all.filter(([index]) => index === item.index).map(([, text]) => text);
          assert.equal(item.text, whole.join(''));
        }
      }),
    );
  });

  it('survives whatever a server may put in place of the expected', () => {
    const odd = [null, 'text', [], {}, { choices: null }, { choices: [null] }, { choices: [{ delta: 7 }] }];
    assert.deepEqual(readAll(...odd), []);
  });

  const midStream: readonly (readonly [string, object])[] = [
    [
      'an error beside a choice',
      { ...delta({ content: '' }, { finish_reason: 'error' }), error: { code: 502, message: 'x' } },
    ],
    ['a code in words', { ...delta({}), error: { code: 'server_error', message: 'x' } }],
    ['a bare error', { error: { message: 'x' } }],
    [
      'an error inside the choice',
      delta({ content: '' }, { finish_reason: 'error', error: { code: 502, message: 'x' } }),
    ],
    ['only the word for it', delta({}, { finish_reason: 'error' })],
  ];
  for (const [what, chunk] of midStream) {
    it(`fails in the middle on ${what}, after the text that came before`, () => {
      const reader = new ChunkReader();
      const before = [...reader.read(delta({ content: 'so far' }))];
      assert.deepEqual(before.at(-1), { type: 'text', text: 'so far' });
      assert.throws(() => [...reader.read(chunk)], RequestError);
    });
  }
});

describe('what the service sends besides', () => {
  it('is a key only when it looks like one', () => {
    assert.equal(readKeyInfo({ data: {} }), undefined);
    assert.equal(readKeyInfo('<html>'), undefined);
    assert.equal(
      readKeyInfo({ data: { label: 'k', limit: null, limit_remaining: 5 } })?.remaining,
      undefined,
    );
    assert.equal(readKeyInfo({ data: { label: 'k', is_provisioning_key: true } })?.management, true);
  });

  it('is a model as far as it can be read', () => {
    const models = readModels({
      data: [
        {
          id: 'a/b',
          name: 'B',
          context_length: null,
          pricing: { prompt: '0.00000125', completion: '0.00001' },
          supported_parameters: ['tools', 'structured_outputs', 'something new'],
          architecture: { input_modalities: ['text', 'image'] },
          top_provider: { max_completion_tokens: 8192 },
        },
        { id: 'openrouter/auto', pricing: { prompt: '-1', completion: '-1' } },
        { id: 'a/b:batch' },
        { name: 'nameless' },
        null,
      ],
    });
    assert.deepEqual(models, [
      {
        id: 'a/b',
        name: 'B',
        capabilities: ['tools', 'structured output', 'images'],
        maxOutput: 8192,
        pricing: { kind: 'fixed', prompt: 1_250_000, completion: 10_000_000 },
      },
      { id: 'openrouter/auto', name: 'openrouter/auto', capabilities: [], pricing: { kind: 'variable' } },
    ]);
  });

  it('adds what an own provider key is billed to the cost, and only then', () => {
    const cost_details = { upstream_inference_cost: 0.5 };
    assert.equal(readUsage({ cost: 0.01, is_byok: true, cost_details })?.cost, 510_000);
    assert.equal(readUsage({ cost: 0.5, is_byok: false, cost_details })?.cost, 500_000);
    assert.equal(readUsage({ prompt_tokens: 1 })?.cost, undefined);
  });
});
