import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MarkedToken, Token } from 'marked';
import { MarkdownBlocks, type Block } from '../../../src/webview/markdown/blocks.ts';
import { isLongLine } from '../../../src/webview/markdown/longLine.ts';
import { isMaths } from '../../../src/webview/markdown/maths.ts';

/** Lines as models write them, each `@` a word. */
const lines = [
  '@ and @',
  '**@** *@* `@` ~~@~~ ~@~',
  '# @',
  '- @',
  '  1. [x] @',
  '> @',
  '    @',
  '---',
  '===',
  '```',
  '~~~',
  '``` @',
  '@ ```',
  ...['<script>', '<style>', '<pre>', '<textarea>', '<!--', '<?php', '<![CDATA[', '<!DOCTYPE', '<div>'],
  ...['<script> @', '<style @', '<!-- @', '<?php @;', '<![CDATA[ @', '<div @', '<@>', '<@ @="@">', '</@>'],
  ...['</script> @', '@ -->', '@ ?>', ']]> @', '<!-- @ --> **@**', '<details><summary>@</summary>'],
  '| @ | @ |',
  '|---|---|',
  '| @ | @ | @ | @ |',
  '| `@|@` | $@|@$ |',
  '| `@ | @ || @` |',
  '| @',
  '[^1]: @',
  '[^@]: @ @',
  '[@]: @',
  'As @[^1] says.',
  '[@](https://example.org)',
  '[@][@] ![@](https://example.org/a.png)',
  '<https://example.org/@>',
  '@@example.org and &@; \\@',
  '$@$ and \\(@\\)',
  '$$',
  '$$ @ $$',
  '\\[',
  '\\]',
  '',
  '',
];

const text = fc
  .array(fc.tuple(fc.constantFrom(...lines), fc.constantFrom('\n', '\n', '\n\n', '\r\n')), {
    minLength: 2,
    maxLength: 16,
    size: 'max',
  })
  .map((parts) => {
    let count = 0;
    return parts
      .map(([line, end]) => line + end)
      .join('')
      .replaceAll('@', () => `word${String((count += 1))}x`);
  });

describe('Words in an answer', () => {
  it('are all drawn, whatever Markdown and HTML is around them', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (source, size) => {
        const seen = new Set(drawnText(source, size).match(/word\d+x/g));
        const missing = (source.match(/word\d+x/g) ?? []).filter((word) => !seen.has(word));
        assert.deepEqual(missing, []);
      }),
      { numRuns: 150 },
    );
  });

  for (const opening of [
    '<script> goes last.',
    '<style>',
    '<!-- begins a comment',
    '<?php opens it',
    '<![CDATA[ is of XML',
    '<!DOCTYPE html> goes first.',
    '<Component>',
    '<textarea> is a field.',
  ]) {
    it(`are drawn as Markdown after ${opening}`, () => {
      const types = blocksOf(`${opening}\n\n- **one**\n\n\`\`\`js\na\n\`\`\`\n`, 7).map(
        ({ token }) => token.type,
      );
      assert.deepEqual(types.slice(1), ['list', 'code']);
    });
  }

  const rows: Readonly<Record<string, readonly string[]>> = {
    '| `a|b` | c |': ['a|b', 'c'],
    '| $P(A|B)$ | `a || b` |': ['P(A|B)', 'a || b'],
    '| ``a ` | b`` | \\(|x|\\) |': ['a ` | b', '|x|'],
    '| `a \\| b` | c': ['a | b', 'c'],
    '| `a | b` |': ['`a', 'b`'],
    '| a | b | c |': ['a', 'b | c'],
    '| a |': ['a', ''],
    '| $5 | $6 |': ['$5', '$6'],
  };
  for (const [row, cells] of Object.entries(rows)) {
    it(`stay in their cells: ${row}`, () => {
      const [table] = blocksOf(`| f | \`F | G\` |\n|---|---|\n${row}\n`, 9).map(
        ({ token }) => token as MarkedToken,
      );
      assert.ok(table?.type === 'table');
      assert.deepEqual(
        table.rows[0]?.map(({ tokens }) => tokens.map(textOf).join('')),
        cells,
      );
    });
  }
});

function blocksOf(source: string, size: number): readonly Block[] {
  const blocks = new MarkdownBlocks();
  for (let at = 0; at < source.length; at += size) {
    blocks.push(source.slice(at, at + size));
  }
  blocks.end();
  return blocks.settled;
}

function drawnText(source: string, size: number): string {
  return blocksOf(source, size)
    .map(({ token, code }) =>
      code ? `${code.info.language} ${code.info.fileName ?? ''} ${code.lines.text}` : textOf(token),
    )
    .join('\n');
}

/** What is drawn of a token. */
function textOf(token: Token): string {
  if (isMaths(token)) {
    return token.text;
  }
  if (isLongLine(token)) {
    return token.tokens.map(textOf).join('');
  }
  const known = token as MarkedToken;
  switch (known.type) {
    case 'space':
    case 'def':
      return '';
    case 'table':
      return [known.header, ...known.rows]
        .flatMap((row) => row.flatMap(({ tokens }) => tokens.map(textOf)))
        .join(' ');
    case 'list':
      return known.items.map(textOf).join('\n');
    case 'code':
      return `${known.lang ?? ''} ${known.text}`;
    case 'html':
      return known.raw;
    default: {
      const inner = 'tokens' in known && known.type !== 'image' ? known.tokens : undefined;
      return inner ? inner.map(textOf).join('') : 'text' in known ? known.text : '';
    }
  }
}
