import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isPartial, newFileText, placeCode, replaceSelected } from '../../../../src/core/edits/placeCode.ts';
import { applyPlacement } from '../../../../src/core/edits/placement.ts';

const cart = `import { round } from './round.ts';

/** A line of a cart. */
export interface Line {
  readonly price: number;
}

export class Cart {
  readonly lines: Line[] = [];

  /** Adds a line. */
  add(line: Line): void {
    this.lines.push(line);
  }

  total(): number {
    let sum = 0;
    for (const { price } of this.lines) {
      sum += price;
    }
    return sum;
  }
}

export function emptyCart(): Cart {
  return new Cart();
}
`;

function placed(document: string, code: string): string | undefined {
  const placement = placeCode(document, code);
  return placement && applyPlacement(document, placement);
}

describe('Where code from an answer belongs', () => {
  it('replaces the function with the same first line', () => {
    const code = 'export function emptyCart(): Cart {\n  const cart = new Cart();\n  return cart;\n}\n';
    assert.equal(
      placed(cart, code),
      cart.replace('  return new Cart();\n', '  const cart = new Cart();\n  return cart;\n'),
    );
  });

  it('replaces the declaration with the same name and adopts its indentation', () => {
    const code = 'interface Line {\n  readonly price: number;\n  readonly quantity: number;\n}';
    const result = placed(cart, code.replace('interface', 'export interface'));
    assert.equal(
      result,
      cart.replace(
        '  readonly price: number;\n}',
        '  readonly price: number;\n  readonly quantity: number;\n}',
      ),
    );
  });

  it('indents a method that an answer shows without its class', () => {
    const code =
      'total(): number {\n  return round(this.lines.reduce((sum, { price }) => sum + price, 0));\n}';
    const result = placed(cart, code) ?? '';
    assert.ok(
      result.includes(
        '  total(): number {\n    return round(this.lines.reduce((sum, { price }) => sum + price, 0));\n  }\n}\n\nexport function',
      ),
      result,
    );
  });

  it('replaces the comment above with the comment that comes along', () => {
    const code = '/** Adds a line, once. */\nadd(line: Line): void {\n  this.lines.push(line);\n}';
    assert.equal(placed(cart, code), cart.replace('Adds a line.', 'Adds a line, once.'));
  });

  it('is the whole file where all of it comes back', () => {
    const changed = cart.replace('let sum = 0', 'let sum = 0.0').replace('new Cart()', 'new Cart( )');
    assert.equal(placed(cart, changed), changed);
  });

  it('ends a block of Python where its indentation does', () => {
    const python =
      'import os\n\ndef one():\n    return 1\n\ndef two():\n    x = 2\n\n    return x\n\nprint(one())\n';
    const code = 'def two():\n    return 2\n';
    assert.equal(placed(python, code), python.replace('    x = 2\n\n    return x\n', '    return 2\n'));
  });

  it('keeps the ends of lines of the document', () => {
    const windows = cart.replaceAll('\n', '\r\n');
    const code = 'export function emptyCart(): Cart {\n  const cart = new Cart();\n  return cart;\n}\n';
    const result = placed(windows, code) ?? '';
    assert.equal(result.replaceAll('\r\n', '').includes('\n'), false);
    assert.ok(result.endsWith('}\r\n'));
  });

  it('is not known where the same line stands twice, where nothing is the same, and where much would be lost', () => {
    assert.equal(placeCode('x = 1\nx = 1\n', 'x = 1\ny = 2'), undefined);
    assert.equal(placeCode(cart, 'export function other(): void {}'), undefined);
    const long = `function a() {\n${'  step();\n'.repeat(30)}}\n`;
    assert.equal(placeCode(long, 'function a() {\n  other();\n}'), undefined);
  });

  it('fills an empty file', () => {
    assert.equal(placed('\n', 'x = 1\n'), 'x = 1\n');
  });

  const label = cart.replace('return new Cart();', 'return new Cart().sorted();');
  const blocks: readonly (readonly [
    what: string,
    code: string,
    wanted: string | undefined,
    language?: string,
  ])[] = [
    [
      'a function that leaves out what stays',
      'total(): number {\n  // ... existing code ...\n  return round(sum);\n}',
      cart.replace('return sum;', 'return round(sum);'),
    ],
    [
      'a file that leaves out what stays',
      "import { round } from './round.ts';\n\n// ... rest of the file unchanged ...\n\nexport function emptyCart(): Cart {\n  return new Cart().sorted();\n}",
      label,
    ],
    [
      'a function that leaves out what cannot be told',
      'total(): number {\n  // ... existing code ...\n  finish(everything, now);\n}',
      undefined,
    ],
    ['nothing but a mark', '// ... existing code ...', undefined],
    [
      'a diff without heads',
      ' export function emptyCart(): Cart {\n-  return new Cart();\n+  return new Cart().sorted();\n }',
      label,
      'diff',
    ],
    [
      'a diff with heads',
      '--- a/src/cart.ts\n+++ b/src/cart.ts\n@@ -28,3 +28,3 @@ export class Cart {\n export function emptyCart(): Cart {\n-  return new Cart();\n+  return new Cart().sorted();\n }\n',
      label,
    ],
    [
      'a diff of two files',
      '--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-a\n+b\n--- a/src/cart.ts\n+++ b/src/cart.ts\n@@ -29 +29 @@\n-  return new Cart();\n+  return new Cart().sorted();\n',
      label,
    ],
    ['a diff that does not fit', '@@ -1,2 +1,2 @@\n-  return gone();\n+  return 1;\n', undefined],
    [
      'a SEARCH/REPLACE block',
      '<<<<<<< SEARCH\n  return new Cart();\n=======\n  return new Cart().sorted();\n>>>>>>> REPLACE',
      label,
    ],
    [
      'two SEARCH/REPLACE blocks with another sign',
      '------- SEARCH\n    let sum = 0;\n=======\n    let sum = 0.0;\n+++++++ REPLACE\n\n------- SEARCH\n  return new Cart();\n=======\n  return new Cart().sorted();\n+++++++ REPLACE',
      label.replace('let sum = 0', 'let sum = 0.0'),
    ],
    [
      'a SEARCH/REPLACE block without an end',
      '<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n<<<<<<< SEARCH\nc',
      undefined,
    ],
    [
      'a patch',
      '*** Begin Patch\n*** Update File: src/cart.ts\n@@ export function emptyCart(): Cart {\n-  return new Cart();\n+  return new Cart().sorted();\n*** End Patch',
      label,
    ],
    [
      'line ends written as such',
      'export function emptyCart(): Cart {\\n  return new Cart().sorted();\\n}',
      label,
    ],
    [
      'entities',
      'export function emptyCart(): Cart {\n  return a &amp;&amp; new Cart();\n}',
      cart.replace('return new Cart();', 'return a && new Cart();'),
    ],
  ];
  for (const [what, code, wanted, language] of blocks) {
    it(`is read as it is meant, or not at all: ${what}`, () => {
      const placement = placeCode(cart, code, {
        file: 'src/cart.ts',
        ...(language !== undefined && { language }),
      });
      assert.equal(placement && applyPlacement(cart, placement), wanted);
    });
  }

  it('is nowhere for a list in Markdown that only looks like a diff', () => {
    assert.equal(isPartial('- one\n- two\n'), false);
    assert.equal(isPartial('- one\n- two\n', { language: 'diff' }), true);
    assert.equal(isPartial('<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n'), false);
  });

  it('is the text of a new file unless it is a list of edits to another one', () => {
    assert.equal(newFileText('a();\n', { file: 'a.ts' }), 'a();\n');
    assert.equal(newFileText('--- /dev/null\n+++ b/a.ts\n@@ -0,0 +1,2 @@\n+a();\n+b();\n'), 'a();\nb();');
    assert.equal(newFileText('*** Begin Patch\n*** Add File: a.ts\n+a();\n*** End Patch'), 'a();');
    assert.equal(newFileText('@@ -1 +1 @@\n-a();\n+b();\n'), undefined);
    assert.equal(
      newFileText("import a from 'a';\\n\\na();\\n", { file: 'a.ts' }),
      "import a from 'a';\n\na();\n",
    );
    assert.equal(newFileText('split(/\\n/);', { file: 'a.ts' }), 'split(/\\n/);');
  });

  it('fills a selection that code leaves out parts of', () => {
    const selected = 'function f() {\n  one();\n  two();\n  return 1;\n}';
    assert.equal(
      replaceSelected(selected, 'function f() {\n  // ... existing code ...\n  return 2;\n}'),
      selected.replace('1', '2'),
    );
    assert.equal(
      replaceSelected(selected, 'function f() {\n  // ...\n  finish(everything, now);\n}'),
      undefined,
    );
    assert.equal(replaceSelected(selected, 'done();'), 'done();');
  });

  it('never throws and never loses surrounding code', () => {
    const line = fc.constantFrom(
      '',
      '}',
      '{',
      '  a',
      'def f():',
      '    b',
      'x = 1',
      '// c',
      'function f() {',
      '\tt',
    );
    const text = fc.array(line, { maxLength: 14 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (document, code) => {
        const placement = placeCode(document, code);
        if (placement) {
          assert.ok(0 <= placement.start && placement.start <= placement.end);
          assert.ok(placement.end <= document.length);
        }
      }),
    );
  });
});
