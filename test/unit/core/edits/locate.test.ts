import assert from 'node:assert/strict';
import fc from 'fast-check';
import { locate } from '../../../../src/core/edits/locate.ts';
import type { Location } from '../../../../src/core/edits/location.ts';
import { applyPlacement } from '../../../../src/core/edits/placement.ts';
import type { Quote } from '../../../../src/core/edits/quote.ts';
import { Snapshot } from '../../../../src/core/edits/snapshot.ts';

const at = (text: string, quote: Quote): Location => locate(new Snapshot(text), quote);

/** The text with the edit made, or why it cannot be. */
function edited(text: string, search: string, replace: string, startLine?: number): string {
  const location = at(text, { search, replace, startLine });
  return location.state === 'found' ? applyPlacement(text, location) : location.state;
}

describe('The place of a quote', () => {
  it('is found whatever the line endings', () => {
    assert.equal(edited('one\r\ntwo\r\nthree', 'one\ntwo\n', 'ONE\n2\n'), 'ONE\r\n2\r\nthree');
    assert.equal(edited('one\ntwo\nthree', 'two\r\nthree', 'a\r\nb'), 'one\na\nb');
    assert.equal(edited('a\r\nb\nc\r\nd\n', 'b\nc', 'B\nC'), 'a\r\nB\r\nC\r\nd\n');
  });

  it('is decided by the line only where exactly one match has a part of it', () => {
    const text = 'x\ny\nx\ny\n';
    assert.equal(edited(text, 'x\n', 'z\n'), 'ambiguous');
    assert.equal(edited(text, 'x\n', 'z\n', 3), 'x\ny\nz\ny\n');
    assert.equal(edited(text, 'x\ny', 'z', 2), 'z\nx\ny\n');
    assert.equal(edited(text, 'x\n', 'z\n', 2), 'ambiguous');
    assert.equal(edited('a a\n', 'a', 'b', 1), 'ambiguous');
    assert.equal(edited('aaa', 'aa', 'b', 1), 'ambiguous');
    for (const line of [0, -1, 1.5, NaN, 99]) {
      assert.equal(edited(text, 'x\n', 'z\n', line), 'ambiguous');
    }
    assert.equal(edited('x\ny\n', 'x', 'z', 99), 'z\ny\n');
    assert.equal(edited('\tx  y\n\n  x y\n', 'x  y ', 'z', 3), '\tx  y\n\n  z\n');
    assert.equal(edited('\tx  y\n\n  x y\n', 'x   y ', 'z'), 'ambiguous');
  });

  it('does not depend on white space, and the new lines are indented as the document is', () => {
    const text = 'class A {\n\tb() {\n\t\tif (c)  {\n\t\t\td(); \n\t\t}\n\t}\n}\n';
    assert.equal(
      edited(text, 'if (c) {\n  d();\n}', 'if (c) {\n  d();\n  if (e) {\n    f();\n  }\n}'),
      text.replace('d(); \n', 'd(); \n\t\t\tif (e) {\n\t\t\t\tf();\n\t\t\t}\n'),
    );
    assert.equal(
      edited(text, '    if (c) {\n      d();\n    }\n', '    e();\n  }\n\n  g() {\n'),
      'class A {\n\tb() {\n\t\te();\n\t}\n\n\tg() {\n\t}\n}\n',
    );
    assert.equal(edited('    a\n    b\n', '\ta\n\tb', '\ta\n\t\tc\n\tb'), '    a\n        c\n    b\n');
    assert.equal(
      edited('f\n    a\n    b', '  a\n  b', '  a\n    /**\n     * c\n     */\n  b'),
      'f\n    a\n        /**\n         * c\n         */\n    b',
    );
  });

  it('keeps a mark at the beginning and a missing last end of line', () => {
    assert.equal(edited('\uFEFFa\nb', 'a', 'c'), '\uFEFFc\nb');
    assert.equal(edited('\uFEFF\ta\nb', '  a\n', '  c\n'), '\uFEFF\tc\nb');
    assert.equal(edited('\uFEFFa\nb', '\uFEFFa', '\uFEFFc'), '\uFEFFc\nb');
    assert.equal(edited('a\nb', 'b\n', 'c\n'), 'a\nc');
  });

  it('has whole lines in it where lines go, or only others come', () => {
    assert.equal(edited('a\nb\nc\n', 'b\n', ''), 'a\nc\n');
    assert.equal(edited('a\n\tb\nc\n', '  b', ''), 'a\nc\n');
    assert.equal(edited('a\nb\nc\n', 'b\n', 'd'), 'a\nd\nc\n');
    assert.equal(edited('a\n  b\nc\n', '\n\tb\n\n', '\n\td\n\n'), 'a\n  d\nc\n');
  });

  it('is the whole of an empty document, and nothing else for an empty quote', () => {
    assert.equal(edited('', '', 'a\r\nb\n'), 'a\nb\n');
    assert.equal(edited('\uFEFF\r\n', ' \n', 'a\nb\n'), '\uFEFFa\r\nb\r\n');
    assert.equal(edited('a', '', 'b'), 'empty');
    assert.equal(edited('a\n\nb', '\n\n', '\n'), 'empty');
    assert.equal(edited('', 'a', 'b'), 'missing');
    assert.equal(edited('', '', ''), 'unchanged');
  });

  it('is refused where nothing changes, nothing is the same, or the depth of a new line is not known', () => {
    assert.equal(edited('a\r\nb', 'a\nb', 'a\r\nb'), 'unchanged');
    assert.equal(edited('\ta  b', '  a b', '  a b'), 'unchanged');
    assert.equal(edited('a\nb', 'a\nc', 'd'), 'missing');
    assert.equal(edited('total', 'Total', 'd'), 'missing');
    assert.equal(edited('if a:\n    b\nc\n', 'if a:\nb\nc', 'if a:\nb\nd\nc'), 'missing');
  });

  const line = fc.constantFrom('', 'a', ' a', '\ta  b', 'a b', '});', 'x = 1', 'return a', '日本', '  日本 ');
  const eol = fc.constantFrom('\n', '\r\n');
  const mark = fc.constantFrom('', '\uFEFF');
  const documents = fc
    .tuple(mark, fc.array(fc.tuple(line, eol), { maxLength: 12 }), line)
    .map(([first, lines, last]) => first + lines.map((each) => each.join('')).join('') + last);
  const lineFeeds = (text: string): string => text.replaceAll('\r\n', '\n');

  it('is never the wrong one of two equal places', () => {
    const cut = fc.tuple(documents, fc.nat(), fc.nat({ max: 20 }), fc.boolean());
    fc.assert(
      fc.property(cut, ([text, from, length, hinted]) => {
        const start = from % (text.length + 1);
        const search = text.slice(start, start + length);
        const row = text.slice(0, start).split('\n').length;
        const location = at(text, { search, replace: 'N', ...(hinted && { startLine: row }) });
        if (location.state !== 'found' || text.trim() === '' || /^[\r\n\uFEFF]|\r$/.test(search)) {
          return;
        }
        const plain = lineFeeds(text);
        const count = Array.from(plain, (_, index) => plain.startsWith(lineFeeds(search), index)).filter(
          Boolean,
        ).length;
        const isEnd = /[\r\n]+$/;
        assert.equal(text.slice(location.start, location.end).replace(isEnd, ''), search.replace(isEnd, ''));
        assert.ok(hinted ? location.start === start : count === 1);
      }),
      { numRuns: 500 },
    );
  });

  it('is, for lines with other white space, the only one, or the only one at the line', () => {
    const white = fc.constantFrom('', ' ', '\t', '   ');
    const cut = fc.tuple(documents, fc.nat(), fc.integer({ min: 1, max: 4 }), white, fc.boolean());
    const keyOf = (each: string): string => each.trim().replace(/\s+/g, ' ');
    fc.assert(
      fc.property(cut, ([text, from, count, before, hinted]) => {
        const lines = text.split(/\r?\n/);
        const first = from % lines.length;
        const keys = lines.slice(first, first + count).map(keyOf);
        const search = keys.map((key) => before + key.replaceAll(' ', '   ')).join('\n');
        const quote = { search, replace: `${before}NEW`, ...(hinted && { startLine: first + 1 }) };
        const location = at(text, quote);
        if (location.state !== 'found' || lineFeeds(text).includes(search) || text.trim() === '') {
          return;
        }
        const wanted = keys.join('\n').trim();
        assert.equal(
          text.slice(location.start, location.end).split(/\r?\n/).map(keyOf).join('\n').trim(),
          wanted,
        );
        const row = text.slice(0, location.start).split('\n').length - 1;
        const places = lines.filter((_, index) =>
          keys.every((key, offset) => keyOf(lines[index + offset] ?? '-') === key),
        );
        assert.ok(hinted ? row === first : places.length === 1);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps everything around it byte for byte', () => {
    fc.assert(
      fc.property(documents, documents, documents, (text, search, replace) => {
        const location = at(text, { search, replace });
        if (location.state === 'found') {
          const { start, end } = location;
          assert.ok(0 <= start && start <= end && end <= text.length);
          assert.ok(!text.startsWith('\uFEFF') || start > 0);
          assert.ok(!/\r$/.test(text.slice(0, start)) && !/\r$/.test(text.slice(start, end)));
        }
      }),
      { numRuns: 500 },
    );
  });
});
