import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, placeEdits, renamesIn, type Edit } from '../../../../src/core/edits/fileEdits.ts';

const edit = (search: string, replace: string, startLine?: number): Edit => ({
  file: 'a.ts',
  search,
  replace,
  reason: `${search} to ${replace}`,
  startLine,
});

/** The text with the edits made, or which of them are refused and why. */
function edited(text: string, ...edits: readonly Edit[]): string {
  const result = placeEdits(text, edits);
  return result.state === 'placed'
    ? applyEdits(text, result.placements)
    : result.refusals.map(({ index, why }) => `${index} ${why}`).join(', ');
}

describe('The edits of a file', () => {
  it('are made in the order of their places, with their reasons', () => {
    const text = 'a\nb\nc\n';
    assert.equal(edited(text, edit('c\n', 'C\n'), edit('a', 'A\nA'), edit('b\n', '')), 'A\nA\nC\n');
    const result = placeEdits(text, [edit('c', 'C'), edit('a', 'A')]);
    assert.deepEqual(result, {
      state: 'placed',
      placements: [
        { start: 0, end: 1, text: 'A', reason: 'a to A' },
        { start: 4, end: 5, text: 'C', reason: 'c to C' },
      ],
    });
  });

  it('may touch', () => assert.equal(edited('a\nb\n', edit('b\n', 'B\n'), edit('a\n', 'A\n')), 'A\nB\n'));

  const text = 'one\ntwo\ntwo\nthree\n';
  const bad: readonly (readonly [string, string, readonly Edit[]])[] = [
    ['a quote that is nowhere', '1 missing', [edit('one', '1'), edit('four', '4')]],
    ['a quote that is twice', '0 ambiguous', [edit('two', '2')]],
    ['a line that is neither of both', '0 ambiguous', [edit('two', '2', 1)]],
    ['nothing quoted', '0 empty', [edit('', 'zero\n')]],
    ['nothing changed', '0 unchanged', [edit('one\n', 'one\n')]],
    ['nothing changed but the end of line', '0 unchanged', [edit('one\ntwo', 'one\r\ntwo')]],
    ['one twice', '0 overlapping, 1 overlapping', [edit('one', '1'), edit('one', '1')]],
    [
      'three in one another',
      '0 overlapping, 1 overlapping, 2 overlapping',
      [edit('three', '3'), edit('one\ntwo\ntwo\nthree\n', '-'), edit('one', '1')],
    ],
    [
      'one around two that are apart',
      '0 overlapping, 1 overlapping, 2 overlapping',
      [edit('one\ntwo\ntwo\nthree\n', '-'), edit('two\ntwo', '2'), edit('three', '3')],
    ],
    ['a chain', '0 overlapping, 1 overlapping', [edit('one\ntwo', '1'), edit('two\ntwo', '2')]],
    ['several at once', '0 missing, 2 unchanged', [edit('x', 'y'), edit('one', '1'), edit('three', 'three')]],
    ['a quote with marks of a difference', '0 missing', [edit('-one\n+1\n', '1\n')]],
    ['a quote with numbers that do not count up', '0 missing', [edit('1: one\n3: two', '1')]],
    ['a quote that leaves out what would be lost', '0 elided', [edit('one\n...\nthree', '1')]],
  ];
  for (const [what, refusals, edits] of bad) {
    it(`are refused for ${what}`, () => assert.equal(edited(text, ...edits), refusals));
  }

  it('fill an empty file once', () => {
    assert.equal(edited('', edit('', 'a\n')), 'a\n');
    assert.equal(edited('', edit('', 'a\n'), edit('', 'b\n')), '0 overlapping, 1 overlapping');
  });

  it('are the same in any order and change only the quoted code', () => {
    const words = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 12 });
    const eols = fc.array(fc.constantFrom('\n', '\r\n', '\n\n\t', '\r\n \r\n'), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(words, eols, fc.infiniteStream(fc.boolean()), (numbers, between, chosen) => {
        const lines = numbers.map((number) => `  word${number};`);
        const [wanted] = [lines.filter(() => chosen.next().value)];
        const joined = (each: readonly string[]): string =>
          each.map((line, index) => line + (between[index] ?? '')).join('');
        const edits = wanted.map((line) => edit(line.trim(), 'new')).reverse();
        const expected = joined(lines.map((line) => (wanted.includes(line) ? '  new' : line)));
        assert.equal(edited(joined(lines), ...edits), expected);
      }),
    );
  });
});

describe('The renames in an answer', () => {
  const files = (...pairs: readonly (readonly [string, string])[]) => new Map(pairs);

  it('are files that go and come back as they were', () => {
    const emptied = files(['a.ts', '\uFEFFone\r\n'], ['b.ts', 'two'], ['c.ts', 'one']);
    const made = files(['d.ts', 'one\n'], ['e.ts', 'three'], ['f.ts', 'one'], ['g.ts', 'one']);
    assert.deepEqual(
      [...renamesIn({ made, emptied })],
      [
        ['a.ts', 'd.ts'],
        ['c.ts', 'f.ts'],
      ],
    );
  });
});
