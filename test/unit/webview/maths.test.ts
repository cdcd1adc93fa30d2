import assert from 'node:assert/strict';
import type { Token } from 'marked';
import { lexMarkdown } from '../../../src/webview/markdown/lexer.ts';
import { isMaths } from '../../../src/webview/markdown/maths.ts';

/** What is no maths, whatever marks it has. */
const plain: Readonly<Record<string, string>> = {
  money: 'It costs $5 and $10.',
  'money in a range': 'From $5-$10, or $5–$10.',
  'money of a country': 'US$5 or A$7 are US$ 5.',
  'money after the amount': 'It costs 5$ or 6$/kg.',
  'names in a script': 'Put $HOME/$USER or $HOME:$PATH there.',
  'an escaped mark': String.raw`\$x\$ and \$x$`,
  'an escaped backslash': String.raw`\\(x\\)`,
  'code spans': 'Both `$x$` and ``\\(y\\)`` with `$` or `$`.',
  'code that a mark would reach into': 'A $ or $a and `b$`.',
  'a code fence': '```sh\n$$\nx\n$$\n```',
  'indented code': 'A\n\n    $$\n    x\n    $$',
  'a mark that is never closed': 'The $x is left open',
  'a block that is never closed': '$$\nx = 1\n\nMore.',
  'a block with a blank line': '$$\nx\n\ny\n$$',
  'a block that reaches into a fence': '$$\nx\n```\n$$\n```',
  'nothing between the marks': String.raw`$$ $$, $$$$ and \(\)`,
  'more than two dollars': '$$$x$$$',
  'spaces inside the marks': 'a $ x $ b',
  'an address': '<https://example.org/$a$>',
  'raw HTML': '<pre>\n$$\nx\n$$\n</pre>',
};

/** What is maths: the TeX, with a mark before it that says whether it is set as a block. */
const maths: Readonly<Record<string, readonly [source: string, ...formulas: string[]]>> = {
  'a word of a line': ['The $x$ of $y_1$, $z$-th.', 'inline x', 'inline y_1', 'inline z'],
  'LaTeX marks': [String.raw`\(a\) and \[b\].`, 'inline a', 'block b'],
  'a number': ['$5$ and $10$', 'inline 5', 'inline 10'],
  'money beside it': ['For $5 or $x$', 'inline x'],
  'an escaped dollar in it': [String.raw`$x\$y$`, String.raw`inline x\$y`],
  'two lines': ['$a\n= b$', 'inline a\n= b'],
  'marks of emphasis': ['*so $a*b$ and $c_1$ or _$d_1$_*', 'inline a*b', 'inline c_1', 'inline d_1'],
  'a link around it': ['[see $x$](https://a.example)', 'inline x'],
  'strong around it': ['**$x$** and **Area $y$:** z', 'inline x', 'inline y'],
  'a block on one line': ['$$ x = 1 $$', 'block x = 1'],
  'a block of lines': ['$$\nx\n  = 1\n$$\nafter', 'block x\n  = 1'],
  'a LaTeX block': ['\\[\nx \\\\[2pt] y\n\\]', 'block x \\\\[2pt] y'],
  'a block after a line': ['So:\n$$\nx\n- y\n$$', 'block x\n- y'],
  'a block that looks like a heading': ['So:\n\\[\nx\n=\ny\n\\]\nthen', 'block x\n=\ny'],
  'a block after a table': ['| a |\n|---|\n| $b$ |\n$$\nx\n$$', 'inline b', 'block x'],
  'a block inside a line': ['so $$x$$ holds', 'block x'],
  'two blocks in a row': ['$$a$$\n$$b$$', 'block a', 'block b'],
  'a list': ['- $a$\n  1. $b$\n\n     $$\n     c\n     $$', 'inline a', 'inline b', 'block c'],
  'a block under an item': ['1. First:\n$$\nx\n$$\n2. $y$', 'block x', 'inline y'],
  'lines before a block that looks like a heading': [
    '- $a$\n  $b$\n  $$\n  x\n  =\n  y\n  $$',
    'inline a',
    'inline b',
    'block x\n=\ny',
  ],
  'a quote': ['> $$\n> x\n> $$\n> $y$', 'block x', 'inline y'],
  'a heading': ['# The $x$', 'inline x'],
  'a table': ['| a | $b$ |\n|---|---|\n| \\(c\\) | `$d$` |', 'inline b', 'inline c'],
};

describe('Maths in Markdown', () => {
  for (const [name, source] of Object.entries(plain)) {
    it(`is not seen in ${name}`, () => {
      assert.deepEqual(formulasIn(lexMarkdown(source)), []);
    });
  }

  for (const [name, [source, ...formulas]] of Object.entries(maths)) {
    it(`is seen: ${name}`, () => {
      assert.deepEqual(formulasIn(lexMarkdown(source)), formulas);
    });
  }

  it('keeps emphasis around formulas', () => {
    const [paragraph] = lexMarkdown('*so $a*b$ c*');
    assert.deepEqual(
      childrenOf(paragraph).map(({ type }) => type),
      ['em'],
    );
  });

  it('has no part in the text before and after it', () => {
    const types = lexMarkdown('So:\n$$\nx\n$$\nthen').map(({ type, raw }) => [type, raw]);
    assert.deepEqual(types, [
      ['paragraph', 'So:\n'],
      ['maths', '$$\nx\n$$\n'],
      ['paragraph', 'then'],
    ]);
  });
});

/** All formulas of these tokens in the order of the text. */
function formulasIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) =>
    isMaths(token) ? [`${token.display ? 'block' : 'inline'} ${token.text}`] : formulasIn(childrenOf(token)),
  );
}

/** The tokens inside of a token, whatever it names them. */
function childrenOf(token: Token | undefined): readonly Token[] {
  if (!token) {
    return [];
  }
  if (token.type === 'list') {
    return (token as { items: Token[] }).items;
  }
  if (token.type === 'table') {
    const { header, rows } = token as { header: { tokens: Token[] }[]; rows: { tokens: Token[] }[][] };
    return [...header, ...rows.flat()].flatMap((cell) => cell.tokens);
  }
  return 'tokens' in token ? (token.tokens ?? []) : [];
}
