import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MarkdownBlocks, type Block } from '../../../src/webview/markdown/blocks.ts';
import { lexMarkdown } from '../../../src/webview/markdown/lexer.ts';
import { sampleAnswer } from '../../webview/sampleAnswer.ts';
import { startOwnTimer } from '../../support/ownTime.ts';

/** Pieces of Markdown that interrupt, continue or redefine one another. */
const fragments = [
  'a plain line',
  'two words **bold** and `code`',
  '**not closed',
  '# Heading',
  '## Heading with `code` ##',
  'Setext',
  '===',
  '---',
  '***',
  '- item',
  '- [x] done',
  '  - nested item',
  '    deep text',
  '1. first',
  '2) second',
  '10. tenth',
  '> quote',
  '> - list in a quote',
  '>> deeper',
  '> [quoted]: https://quoted.example',
  '```',
  '```ts',
  '```md',
  '  ```js',
  '````',
  '~~~',
  '~~~ python',
  '    indented code',
  '\tindented by a tab',
  '  const x = 1;',
  '| a | b |',
  '|---|:-:|',
  '| 1 | [ref] |',
  '[ref]',
  '[text][ref] and [Other  Label]',
  '![image][ref] [quoted]',
  '[ref]: https://example.org "title"',
  '[ref]: https://second.example',
  '[other label]: <https://other.example>',
  '[constructor]: /x',
  '[broken]: ',
  '"a title?"',
  '<div>',
  '</div>',
  '<!-- a comment',
  'its end -->',
  '<pre>',
  '</pre>',
  '<a href="x">',
  'https://example.org/path?x=1',
  'line\\',
  'spaces at the end  ',
  '&amp; &#35; &lt;',
  'emoji 😀 and é',
  'so $x_1 * y$ and *z $a*b$*',
  '$$',
  '  $$',
  '$$ a = b $$',
  '$$ \\text{on one line}',
  'text $$x$$ [ref]',
  '\\[',
  '\\]',
  '\\[ [ref] \\]',
  '\\(n\\) of $5 and $10',
  '= 1',
  '=',
  '- b $$',
  '> $$',
  '',
  '',
  '   ',
];

const lineEnd = fc.constantFrom('\n', '\n', '\n', '\n\n', '\n\n', '\r\n', '\r\n\r\n', '\n  \n', '\r');
const document = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 12 })), lineEnd), {
    minLength: 4,
    maxLength: 24,
    size: 'max',
  })
  .map((lines) => lines.map(([line, end]) => line + end).join(''));
const documentInPieces = fc.tuple(document, fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 }));

describe('MarkdownBlocks', () => {
  it('reads any pieces of a document to what a whole reading gives', () => {
    fc.assert(
      fc.property(documentInPieces, ([text, sizes]) => {
        assert.deepEqual(tokensOf(readInPieces(text, sizes).settled), drawn(lexMarkdown(text)));
      }),
      { numRuns: 800 },
    );
  });

  it('reads a line of any length in any pieces to the same short paragraphs', () => {
    const word = fc.constantFrom(
      'word ',
      '- ',
      '1. ',
      '*b* ',
      '`c` ',
      '| ',
      '> ',
      '# ',
      '<b> ',
      'ä😀',
      '1.2,',
      '"x", ',
    );
    const line = fc
      .tuple(fc.array(word, { minLength: 1, maxLength: 9 }), fc.integer({ min: 10_000, max: 70_000 }))
      .map(([words, length]) => words.join('').repeat(length).slice(0, length));
    const some = fc.constantFrom(...fragments);
    const sizes = fc.array(fc.integer({ min: 500, max: 21_000 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(some, line, lineEnd, some, sizes, (before, long, end, after, ofPieces) => {
        const text = `${before}\n${long}${end}${after}\nEnd.`;
        assert.deepEqual(tokensOf(readInPieces(text, ofPieces).settled), drawn(lexMarkdown(text)));
      }),
      { numRuns: 100 },
    );
    const [longest = 0] = lexMarkdown('word '.repeat(200_000))
      .map(({ raw }) => raw.length)
      .toSorted((one, other) => other - one);
    assert.ok(longest < 21_000);
  });

  it('never takes a settled block back, except for a link definition that it mentions', () => {
    fc.assert(
      fc.property(documentInPieces, ([text, sizes]) => {
        const blocks = new MarkdownBlocks();
        let before: Block[] = [];
        for (const piece of pieces(text, sizes)) {
          blocks.push(piece);
          for (const [index, block] of before.entries()) {
            const now = blocks.settled[index];
            assert.equal(now?.token.raw, block.token.raw);
            assert.ok(now === block || block.token.raw.includes('['));
          }
          before = [...blocks.settled];
        }
      }),
      { numRuns: 200 },
    );
  });

  it('shows in an open code fence what the closed one shows', () => {
    const code = fc.array(
      fc.constantFrom('x', '', '  indented', '\ttab', '``', '~~~', ' ```js', '# no heading'),
    );
    const fence = fc.tuple(
      fc.constantFrom('```', '  ```', '````', '~~~'),
      code,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
    );
    fc.assert(
      fc.property(fence, ([marker, lines, sizes]) => {
        const text = [`${marker}ts`, ...lines].join('\n');
        const blocks = new MarkdownBlocks();
        for (const piece of pieces(`${text}\n`, sizes)) {
          blocks.push(piece);
        }
        const open = blocks.open[0]?.code?.lines.text;
        fc.pre(open !== undefined && !lines.some((line) => /^(`{3,}|~{3,})$/.test(line)));
        blocks.end();
        assert.equal(open.trimEnd(), blocks.settled[0]?.code?.lines.text.trimEnd());
      }),
    );
  });
});

describe('Reading what grows', () => {
  it('parses only new text: a long answer in tiny pieces takes no time', () => {
    const passed = startOwnTimer();
    const text = sampleAnswer(100_000);
    const blocks = readInPieces(text, [4]);
    assert.deepEqual(tokensOf(blocks.settled), drawn(lexMarkdown(text)));
    // Reading all of it again with each piece takes minutes.
    assert.ok(passed() < 3_000);
  });

  const exhausting = {
    'nested quotes': '>'.repeat(20_000),
    'nested lists on one line': `${'- '.repeat(10_000)}x`,
    'openers without an end': '**_a'.repeat(5_000),
    'openers with one end': `${'*a, '.repeat(5_000)}b*`,
    'brackets around emphasis': `${'[*a'.repeat(6_000)}](b)`,
    'an endless address': `${'a.'.repeat(10_000)}@`,
    underscores: 'a_b_'.repeat(5_000),
    'strikes without an end': '~a~~'.repeat(5_000),
    'dollars without an end': '$a $'.repeat(5_000),
    'formulas without an end': '\\(a \\[b $$c$ '.repeat(3_000),
    'code and formulas without an end': Array.from({ length: 200 }, (_, at) => `${'`'.repeat(at)} $a`).join(
      '',
    ),
    'blocks of maths without an end': '\\[\n$$ x\n'.repeat(5_000),
    'blocks of maths in a list': `- a\n${'$$ x\n$$ y\n'.repeat(1_000)}`,
    'many formulas': '$a_1$ '.repeat(5_000),
  };
  for (const [name, text] of Object.entries(exhausting)) {
    it(`is not exhausted by ${name}`, () => {
      const passed = startOwnTimer();
      assert.ok(lexMarkdown(text).length > 0);
      assert.ok(passed() < 1_000);
    });
  }

  it('keeps emphasis in a long text of many short lines', () => {
    const text = '**Name:** a value and some more words for it\n'.repeat(400);
    const [paragraph] = lexMarkdown(text);
    const stresses =
      paragraph && 'tokens' in paragraph ? paragraph.tokens.filter(({ type }) => type === 'strong') : [];
    assert.equal(stresses.length, 400);
  });
});

function readInPieces(text: string, sizes: readonly number[]): MarkdownBlocks {
  const blocks = new MarkdownBlocks();
  for (const piece of pieces(text, sizes)) {
    blocks.push(piece);
  }
  blocks.end();
  return blocks;
}

/** Cuts a text into pieces of these sizes, beginning again with the first size until the text is used up. */
function* pieces(text: string, sizes: readonly number[]): Generator<string> {
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield text.slice(at, at + size);
    at += size;
  }
}

function tokensOf(blocks: readonly Block[]): unknown[] {
  return blocks.map((block) => block.token);
}

function drawn(tokens: readonly { readonly type: string }[]): unknown[] {
  return tokens.filter((token) => token.type !== 'space' && token.type !== 'def');
}
