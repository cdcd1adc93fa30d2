import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  contextTokenLimit,
  estimateTokens,
  refusalOf,
  renderContextItem,
} from '../../../src/core/context/contextItem.ts';
import { aContextItem } from '../../support/builders.ts';

describe('a context item in a request', () => {
  it('names its place and language, and keeps its text', () => {
    assert.equal(
      renderContextItem(aContextItem()),
      'src/cart.ts, lines 1-2 (typescript):\n```typescript\nconst a = 1;\nconst b = 2;\n```',
    );
    const { lines: _lines, ...file } = aContextItem({ text: 'a' });
    assert.equal(renderContextItem(file), 'src/cart.ts (typescript):\n```typescript\na\n```');
  });

  it('stands in a fence that its own text cannot close, and comes out of it unchanged', () => {
    const texts = fc
      .array(fc.constantFrom('`', '```', '````', '`````', 'code', '\n', '\r\n', ' ', '~~~', '>', '\t'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const lines = renderContextItem(aContextItem({ text, languageId: 'x' })).split('\n');
        const fence = lines.at(-1) ?? '';
        assert.match(fence, /^`{3,}$/);
        assert.equal(lines[1], `${fence}x`);
        const inner = lines.slice(2, -1);
        // In Markdown a fence is closed by a line of at least as many backticks, indented or not.
        assert.ok(inner.every((line) => !line.trim().startsWith(fence)));
        assert.equal(inner.join('\n'), text.endsWith('\n') ? text.slice(0, -1) : text);
      }),
    );
  });
});

describe('the estimate of tokens', () => {
  it('is near what tokenizers count for code', () => {
    const code =
      'export function add(first: number, second: number): number {\n  return first + second;\n}\n';
    const tokens = estimateTokens(code);
    assert.ok(tokens >= 18 && tokens <= 40, String(tokens));
    assert.equal(estimateTokens(''), 0);
  });

  it('of a large text comes from samples, close to the whole', () => {
    const line = 'export const answer = compute(41) + 1; // and so on\n';
    const exact = estimateTokens(line.repeat(3_800)) / 3_800;
    assert.ok(Math.abs(estimateTokens(line.repeat(20_000)) / (exact * 20_000) - 1) < 0.02);
  });

  it('of a large text sees that its beginning is not like its end', () => {
    const [sparse, dense] = ['a'.repeat(1_000_000), '{}();'.repeat(200_000)];
    const both = estimateTokens(sparse + dense);
    const sum = estimateTokens(sparse) + estimateTokens(dense);
    assert.ok(Math.abs(both / sum - 1) < 0.1, `${both} instead of ${sum}`);
  });
});

describe('a context item is refused', () => {
  const limit = contextTokenLimit(128_000);

  it('when it is empty or binary', () => {
    for (const text of ['', ' \n\t', '\r\n']) {
      assert.deepEqual(refusalOf(text, 1, limit), { reason: 'empty' });
    }
    assert.deepEqual(refusalOf('a\0b', 2, limit), { reason: 'binary' });
  });

  it('when it is longer than the model can take, and not before', () => {
    assert.deepEqual(refusalOf('x', limit + 1, limit), { reason: 'tooLarge', tokens: limit + 1, limit });
    assert.equal(refusalOf('x', limit, limit), undefined);
  });

  it('when it takes more than its share of the context', () => {
    assert.equal(contextTokenLimit(8_000), 6_000);
    assert.equal(contextTokenLimit(128_001), 96_000);
    assert.equal(contextTokenLimit(10_000_000), 500_000);
    assert.equal(contextTokenLimit(undefined), 200_000);
  });

  it('by every model when it has five megabytes', () => {
    const text = 'lorem ipsum dolor sit amet, consectetur\n'.repeat(131_072);
    const tokens = estimateTokens(text);
    for (const contextLength of [undefined, 8_000, 1_000_000, 2_000_000, 10_000_000]) {
      assert.equal(refusalOf(text, tokens, contextTokenLimit(contextLength))?.reason, 'tooLarge');
    }
  });
});
