import assert from 'node:assert/strict';
import { applyEdits, placeEdits, type Edit } from '../../../../src/core/edits/fileEdits.ts';
import { editsBetween, faults, seeded } from '../../../support/spoiltEdits.ts';

/** Texts before and after a change, in several languages. */
const changes: readonly (readonly [file: string, before: string, after: string])[] = [
  [
    'cart.ts',
    `import { round } from './money.ts';

/** A line of a cart. */
export interface Line {
  readonly price: number;
  readonly count: number;
}

export function total(lines: readonly Line[]): number {
  check(lines);
  // Every line counts.
  let sum = 0;

  for (const { price, count } of lines) {
    sum += price * count;
  }
  return sum;
}

export function label(lines: readonly Line[]): string {
  return 'Total: ' + total(lines) + " EUR & more";
}
`,
    `import { round } from './money.ts';

/** A line of a cart. */
export interface Line {
  readonly price: number;
  readonly count: number;
}

export function total(lines: readonly Line[]): number {
  check(lines);
  // Every line counts.
  let sum = 0;

  for (const { price, count } of lines) {
    sum += price * count;
    report(sum);
  }
  return round(sum);
}

export function label(lines: readonly Line[]): string {
  return 'Total: ' + total(lines) + " USD & more";
}
`,
  ],
  [
    'load.py',
    `import os


def load(path):
    """Reads a file."""
    check(path)
    with open(path) as file:
        # All of it.
        text = file.read()

        if not text:
            return None
        return text.strip()


def names(folder):
    return sorted(os.listdir(folder))
`,
    `import os


def load(path):
    """Reads a file."""
    check(path)
    with open(path) as file:
        # All of it.
        text = file.read()

        if not text:
            log('empty')
            return ''
        return text.strip()


def names(folder):
    found = os.listdir(folder)
    return sorted(found)
`,
  ],
  [
    'list.go',
    `package list

// Sum adds the values.
func Sum(values []int) int {
\tsum := 0
\tfor _, value := range values {
\t\t// Negative ones don't count.
\t\tif value < 0 {
\t\t\tcontinue
\t\t}
\t\tsum += value
\t}

\treturn sum
}
`,
    `package list

// Sum adds the values.
func Sum(values []int) int {
\tsum := 0
\tfor _, value := range values {
\t\t// Negative ones don't count.
\t\tif value < 0 {
\t\t\tskipped += 1
\t\t\tcontinue
\t\t}
\t\tsum += value
\t}

\treturn sum - skipped
}
`,
  ],
];

const edits = changes.flatMap(([file, before, after]) =>
  [0, 1, 3, 8].flatMap((context) => editsBetween(before, after, context).map((edit) => ({ ...edit, file }))),
);

/** The text with an edit made, or why it isn't. */
function edited(text: string, edit: Partial<Edit>): string {
  const result = placeEdits(text, [{ file: 'a.ts', search: '', replace: '', reason: '', ...edit }]);
  return result.state === 'placed'
    ? applyEdits(text, result.placements)
    : (result.refusals[0]?.why ?? 'refused');
}

describe('An edit as models write it', () => {
  const whys = new Set(['missing', 'ambiguous', 'elided', 'unchanged', 'empty', 'overlapping']);
  for (const { name, isPlain, spoil } of faults) {
    it(`${isPlain ? 'lands where it is meant' : 'is refused'}, or nowhere: ${name}`, () => {
      const random = seeded(1);
      const results = edits.flatMap((edit) => {
        const spoilt = spoil(edit, random);
        return spoilt ? [{ spoilt, made: edited(spoilt.text, { ...spoilt, file: edit.file }) }] : [];
      });
      for (const { spoilt, made } of results) {
        assert.ok(
          made === spoilt.wanted || whys.has(made),
          `wrong place for\n${spoilt.search}\n→\n${spoilt.replace}\nmade\n${made}`,
        );
      }
      const right = results.filter(({ spoilt, made }) => made === spoilt.wanted).length;
      const least = isPlain ? (name === 'code elided in the new text' ? 0.75 : 0.9) : 0;
      assert.ok(results.length > 0 || name === 'long dashes', 'the fault is not in the table');
      assert.ok(right >= least * results.length, `${String(right)} of ${String(results.length)} right`);
      assert.ok(isPlain || right === 0);
    });
  }
});

describe('An edit that is written as no text stands', () => {
  const body = 'function f() {\n  one();\n  two();\n  three();\n  return 1;\n}\n';
  const tall = `x();\ny();\n${'z();\n'.repeat(30)}x();\n`;
  const table: readonly (readonly [what: string, text: string, edit: Partial<Edit>, wanted: string])[] = [
    [
      'entities in C++',
      'std::vector<Item>& items(const char* name);\n',
      {
        file: 'a.cpp',
        search: 'std::vector&lt;Item&gt;&amp; items(const char* name);',
        replace: 'std::span&lt;Item&gt; items(const char* name);',
      },
      'std::span<Item> items(const char* name);\n',
    ],
    [
      'an entity that is wanted',
      "<p>It doesn't change</p>\n",
      { file: 'a.html', search: "doesn't", replace: 'doesn&apos;t' },
      '<p>It doesn&apos;t change</p>\n',
    ],
    [
      'an entity in new code alone',
      'if (a) {\n',
      { search: 'if (a) {', replace: 'if (a &amp;&amp; b) {' },
      'if (a && b) {\n',
    ],
    [
      'an entity in a string of new code',
      'escape(a);\n',
      { search: 'escape(a);', replace: "a.replace('&', '&amp;');" },
      "a.replace('&', '&amp;');\n",
    ],
    [
      'straight quotes for curly ones',
      'He said: it’s “fine” today.\nEnd.\n',
      { file: 'a.md', search: 'He said: it\'s "fine" today.', replace: 'He said: it\'s "good" today.' },
      'He said: it’s “good” today.\nEnd.\n',
    ],
    [
      'curly quotes for straight ones',
      "print('it is fine')\n",
      { file: 'a.py', search: 'print(‘it is fine’)', replace: 'print(‘it is good’)' },
      "print('it is good')\n",
    ],
    [
      'letters composed in another way',
      'const cafe\u0301 = 1;\n',
      { search: 'const café = 1;', replace: 'const café = 2;' },
      'const cafe\u0301 = 2;\n',
    ],
    [
      'numbers of lines',
      'export function f() {\n  return 1;\n}\n',
      {
        search: '1 | export function f() {\n2 |   return 1;',
        replace: '1 | export function f() {\n2 |   return 2;',
      },
      'export function f() {\n  return 2;\n}\n',
    ],
    [
      'numbers of lines without a blank after them',
      'f() {\n  a();\n}\n',
      { search: '1→f() {\n2→  a();', replace: '1→f() {\n2→  a();\n3→  b();' },
      'f() {\n  a();\n  b();\n}\n',
    ],
    [
      'numbers with a blank after each in the quote, and not in the new text',
      'f() {\n  a();\n}\n',
      { search: '2→  a();', replace: '2→  a();\n3→b();' },
      'f() {\n  a();\nb();\n}\n',
    ],
    [
      'a comment behind the quote that only the new text has',
      'a();\n/* of b */\nb();\n',
      { search: 'a();\n\n\n', replace: 'c();\n/* of b */\n\n' },
      'missing',
    ],
    [
      'a quote that stands elsewhere but for white space, where its line is',
      'a();  \n\nb();\nc();\na();\n\nb();\n',
      { search: 'a();\n\nb();', replace: 'd();', startLine: 1 },
      'ambiguous',
    ],
    [
      'the end of a comment that the quote left out',
      '/*\n * a\n * b\n */\n\nc();\n',
      { search: ' * a\n  * b\n\n', replace: ' * a\n * d\n */\n' },
      'missing',
    ],
    [
      'a comment before the quote that only the new text has',
      'a();\n  // of b\n  b();\n',
      { search: '\n b();', replace: '// of b\n  c();' },
      'missing',
    ],
    [
      'code elided in the new text',
      body,
      { search: body.trimEnd(), replace: 'function f() {\n  // ... existing code ...\n  return 2;\n}' },
      body.replace('return 1', 'return 2'),
    ],
    [
      'code elided that cannot be told',
      body,
      {
        search: body.trimEnd(),
        replace: 'function f() {\n  // ... existing code ...\n  finish(now, later);\n}',
      },
      'elided',
    ],
    [
      'dots on both sides',
      body,
      { search: 'function f() {\n  ...\n  return 1;\n}', replace: 'function f() {\n  ...\n  return 2;\n}' },
      body.replace('return 1', 'return 2'),
    ],
    [
      'code elided in the quote alone',
      body,
      { search: 'function f() {\n  // ...\n  return 1;\n}', replace: 'function f() {}' },
      'elided',
    ],
    [
      'escaped line ends',
      'def f():\n    return 1\n',
      { file: 'a.py', search: 'def f():\\n    return 1', replace: 'def f():\\n    return 2' },
      'def f():\n    return 2\n',
    ],
    [
      'escaped line ends in the new text',
      'a = 1\nb = 2\n',
      { file: 'a.py', search: 'a = 1', replace: 'a = 1\\nc = 3\\nd = 4' },
      'a = 1\nc = 3\nd = 4\nb = 2\n',
    ],
    [
      'a new file on one line',
      '',
      { search: '', replace: "import a from 'a';\\n\\nrun(a);\\n" },
      "import a from 'a';\n\nrun(a);\n",
    ],
    [
      'a line end in a string',
      "print('a')\n",
      { file: 'a.py', search: "print('a')", replace: "print('a\\n')" },
      "print('a\\n')\n",
    ],
    [
      'blanks for tabs',
      'def f():\n\tif x:\n\t\treturn 1\n',
      {
        file: 'a.py',
        search: '    if x:\n        return 1',
        replace: '    if x:\n        log()\n        return 1',
      },
      'def f():\n\tif x:\n\t\tlog()\n\t\treturn 1\n',
    ],
    [
      'a tab in a file of blanks',
      'def old():\n    return 1\n',
      { file: 'a.py', search: 'def old():', replace: 'def new():\n\treturn 2\n\n\ndef old():' },
      'def new():\n    return 2\n\n\ndef old():\n    return 1\n',
    ],
    [
      'a line quoted without its indentation',
      'def load(path):\n    check(path)\n',
      { file: 'a.py', search: 'check(path)', replace: 'if strict:\n    check(path)\nlog(path)' },
      'def load(path):\n    if strict:\n        check(path)\n    log(path)\n',
    ],
    ['a line left out', 'a();\nb();\nc();\n', { search: 'b();', replace: '' }, 'a();\nc();\n'],
    ['the last line left out', 'a();\nb();', { search: 'b();', replace: '' }, 'a();'],
    ['a word cut off', '  breakpoint();\n', { search: '  break', replace: '  break;\n  next' }, 'missing'],
    [
      'a blank too many at a continuation',
      'f() {\n  a();\n  if (b) {\n    list.add(one);\n  }\n}\n',
      { search: '    list.add(one); ', replace: '    list.add(\n        one, two);' },
      'f() {\n  a();\n  if (b) {\n    list.add(\n        one, two);\n  }\n}\n',
    ],
    [
      'signs with nothing removed',
      'import a;\nimport c;\n',
      { search: ' import a;\n import c;', replace: ' import a;\n+import b;\n import c;' },
      'import a;\nimport b;\nimport c;\n',
    ],
    [
      'new text that is a diff',
      'a();\nb();\n',
      { search: 'a();\nb();', replace: ' a();\n-b();\n+c();' },
      'a();\nc();\n',
    ],
    ['a fence in the new text', 'a();\n', { search: 'a();', replace: '```ts\nb();\n```' }, 'b();\n'],
    [
      'a fence that a text is to have',
      'npm i\n',
      { file: 'a.md', search: 'npm i', replace: '```\nnpm i\n```' },
      '```\nnpm i\n```\n',
    ],
    ['the line next to it', tall, { search: 'x();', replace: 'w();', startLine: 2 }, tall.replace('x', 'w')],
    [
      'a line between two',
      'x();\ny();\nx();\n',
      { search: 'x();', replace: 'w();', startLine: 2 },
      'ambiguous',
    ],
    [
      'a new block around quoted lines',
      'a();\nb();\n',
      { search: 'a();\nb();', replace: 'if (c) {\n  a();\n  b();\n}' },
      'if (c) {\n  a();\n  b();\n}\n',
    ],
    [
      'a new block of Python',
      '    a()\n    b()\n',
      { file: 'a.py', search: '    a()\n    b()', replace: '    with c:\n        a()\n        b()' },
      '    with c:\n        a()\n        b()\n',
    ],
    [
      'a block taken away',
      'if (c) {\n  a();\n  b();\n}\n',
      { search: 'if (c) {\n  a();\n  b();\n}', replace: 'a();\nb();' },
      'a();\nb();\n',
    ],
    [
      'new text a level less',
      'f() {\n    a();\n    b();\n}\n',
      { search: '    a();\n    b();', replace: 'a();\nb2();' },
      'f() {\n    a();\n    b2();\n}\n',
    ],
    [
      'a spread that is no gap',
      'f({\n  a,\n});\n',
      { search: '  a,', replace: '  a,\n  ...rest,' },
      'f({\n  a,\n  ...rest,\n});\n',
    ],
  ];
  for (const [what, text, edit, wanted] of table) {
    it(`is read as it is meant, or refused: ${what}`, () => assert.equal(edited(text, edit), wanted));
  }
});
