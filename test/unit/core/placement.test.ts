import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyPlacement, placeCode } from '../../../src/core/edits/placement.ts';

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
