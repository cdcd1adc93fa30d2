import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  contextTokenLimit,
  estimateTokens,
  refusalOf,
  renderContextItem,
} from '../../../src/core/context/contextItem.ts';
import { toChatBody } from '../../../src/core/openrouter/request.ts';
import { aContextItem, anAnswer, aQuestion } from '../../support/builders.ts';

describe('a context item', () => {
  it('names its place and language, and keeps its text', () => {
    assert.equal(
      renderContextItem(aContextItem()),
      'src/cart.ts, lines 1-2 (typescript):\n```typescript\nconst a = 1;\nconst b = 2;\n```',
    );
  });

  it('stands in a fence that its own text cannot close', () => {
    const texts = fc
      .array(fc.constantFrom('`', '```', '`````', 'code', '\n', '~~~'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const lines = renderContextItem(aContextItem({ text, languageId: 'x' })).split('\n');
        const fence = lines.at(-1) ?? '';
        assert.equal(lines[1], `${fence}x`);
        assert.ok(lines.slice(2, -1).every((line) => !line.includes(fence)));
      }),
    );
  });

  it('estimates a large text from samples, close to the whole', () => {
    const text = 'export const answer = compute(41) + 1; // and so on\n'.repeat(5_000);
    const small = estimateTokens(text.slice(0, 52_000));
    assert.ok(Math.abs(estimateTokens(text) / ((small * text.length) / 52_000) - 1) < 0.02);
  });

  it('is refused when it is empty, binary, or longer than the model can take', () => {
    const limit = contextTokenLimit(128_000);
    assert.deepEqual(refusalOf(' \n', 1, limit), { reason: 'empty' });
    assert.deepEqual(refusalOf('a\0b', 2, limit), { reason: 'binary' });
    assert.deepEqual(refusalOf('x', limit + 1, limit), { reason: 'tooLarge', tokens: limit + 1, limit });
    assert.equal(refusalOf('x', limit, limit), undefined);
  });

  it('of five megabytes is refused by every model', () => {
    const text = 'lorem ipsum dolor sit amet, consectetur\n'.repeat(131_072);
    for (const contextLength of [undefined, 8_000, 1_000_000, 2_000_000]) {
      const refusal = refusalOf(text, estimateTokens(text), contextTokenLimit(contextLength));
      assert.equal(refusal?.reason, 'tooLarge');
    }
  });
});

describe('a request', () => {
  it('carries the context before the question, and the conversation in order', () => {
    const question = aQuestion('Why?', {
      parts: [
        { type: 'context', item: aContextItem() },
        { type: 'text', text: 'Why?' },
      ],
    });
    const body = toChatBody({
      model: 'author/model',
      system: 'Be brief.',
      messages: [aQuestion('Hello'), anAnswer('Hi'), question],
      maxTokens: 100,
      sessionId: 'chat-1',
    });
    assert.deepEqual(
      body.messages.map(({ role }) => role),
      ['system', 'user', 'assistant', 'user'],
    );
    assert.match(body.messages[3]?.content ?? '', /^src\/cart\.ts[\s\S]*```\n\nWhy\?$/);
    assert.deepEqual([body.max_tokens, body.session_id, body.provider], [100, 'chat-1', undefined]);
  });

  it('returns reasoning unchanged, and leaves out answers that never said a word', () => {
    const details = [{ type: 'reasoning.text', text: 't', signature: 's' }];
    const thoughtful = anAnswer('Yes', {
      parts: [
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'Yes' },
      ],
      answer: { requestedModel: 'm', outcome: { state: 'done' }, reasoningDetails: details },
    });
    const { messages } = toChatBody({
      model: 'm',
      system: '',
      messages: [aQuestion('a'), thoughtful, aQuestion('b'), anAnswer('')],
      maxTokens: 1,
    });
    assert.deepEqual(messages[2], { role: 'assistant', content: 'Yes', reasoning_details: details });
    assert.equal(messages.length, 4);
  });
});
