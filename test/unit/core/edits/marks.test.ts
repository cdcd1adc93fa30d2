import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { applyEdits } from '../../../../src/core/edits/fileEdits.ts';
import { isInPlace, markRemarks, shiftMarks, type Remark } from '../../../../src/core/edits/marks.ts';
import { applyPlacement } from '../../../../src/core/edits/placement.ts';

const remark = (quote: string, startLine: number, search?: string, replace = ''): Remark => ({
  quote,
  startLine,
  suggestion: search === undefined ? null : { search, replace },
});
const all = [{ start: 1, end: 1_000 }];

/** What is marked, or nothing where the remark has no place. */
function marked(text: string, one: Remark, shown = all): string | undefined {
  const [mark] = markRemarks(text, shown, [one]).marks;
  return mark && `${text.slice(0, mark.at.start).split('\n').length}: ${mark.at.before}`;
}

/** The text with the suggestion taken, or nothing where it has no certain place. */
function fixed(text: string, one: Remark, shown = all): string | undefined {
  const [mark] = markRemarks(text, shown, [one]).marks;
  return mark?.fix && applyPlacement(text, mark.fix);
}

describe('The mark of a remark', () => {
  it('is at its quote, whatever the white space and line endings, without surrounding blanks', () => {
    assert.equal(marked('a\r\n\tb = 1\r\nc\r\n', remark('  b  = 1\n', 7)), '2: b = 1');
    assert.equal(marked('a\r\n\tb\r\n\tc\r\n', remark('b\n  c', 1)), '2: b\r\n\tc');
    assert.equal(marked('one(two)\n', remark('two', 1)), '1: two');
  });

  it('is decided by the line where the quote stands in several places', () => {
    assert.equal(marked('x\ny\nx\n', remark('x', 3)), '3: x');
    assert.equal(marked('x\ny\nx\n', remark('x', 2)), '2: y');
  });

  it('is the line that is named where the quote stands nowhere, if the model was shown that line', () => {
    const text = 'a\n  b\nc\n';
    const shown = [{ start: 2, end: 2 }];
    assert.equal(marked(text, remark('nowhere', 2), shown), '2: b');
    for (const line of [1, 3, 0, -1, 1.5, NaN, 99]) {
      assert.equal(marked(text, remark('nowhere', line), shown), undefined);
    }
    assert.equal(marked(text, remark('nowhere', 99)), undefined);
    const { marks, unplaced } = markRemarks(text, shown, [remark('?', 3), remark('b', 9)]);
    assert.deepEqual([marks.length, unplaced], [1, [remark('?', 3)]], 'what has no place is given back');
  });

  it('lies in what the model was shown, even if the same stands elsewhere', () => {
    const text = 'x\ny\nx\ny\nx\n';
    assert.equal(marked(text, remark('x', 9), [{ start: 2, end: 4 }]), '3: x');
    assert.equal(marked(text, remark('x', 1), [{ start: 2, end: 4 }]), '3: x');
    const apart = [
      { start: 3, end: 3 },
      { start: 5, end: 5 },
    ];
    assert.equal(marked(text, remark('x', 9), apart), undefined);
    assert.equal(marked(text, remark('x', 5), apart), '5: x');
    const touching = [
      { start: 2, end: 2 },
      { start: 1, end: 3 },
    ];
    assert.equal(marked(text, remark('y\nx', 1), touching), '2: y\nx');
  });

  it('does not take blanks for a quote', () => {
    assert.equal(marked('a\n\nb\n', remark(' \n', 1)), '1: a');
    assert.equal(marked('', remark('x', 1)), '1: ');
  });
});

describe('The suggestion of a remark', () => {
  it('is for the lines of its quote, also where the same stands elsewhere', () => {
    const text = 'f() {\n\treturn 1;\n}\ng() {\n\treturn 1;\n}\n';
    const suggestion = remark('g() {\n\treturn 1;\n}', 1, 'return 1;', 'return 2;');
    assert.equal(fixed(text, suggestion), 'f() {\n\treturn 1;\n}\ng() {\n\treturn 2;\n}\n');
    assert.equal(fixed(text, remark('return 1;', 2, 'return 1;', 'r')), text.replace('return 1;', 'r'));
  });

  it('has the ends of lines and the indentation of the document', () => {
    const text = 'if (a) {\r\n\tb();\r\n}\r\n';
    const suggestion = remark('  b();', 2, '  b();', '  c();\n  d();');
    assert.equal(fixed(text, suggestion), 'if (a) {\r\n\tc();\r\n\td();\r\n}\r\n');
    assert.equal(fixed('a\r\nb', remark('b', 2, 'b', 'c\nd')), 'a\r\nc\r\nd');
  });

  it('is none where its place is not certain, or it would change nothing or write a mark of a secret', () => {
    assert.equal(fixed('a a\n', remark('a a', 1, 'a', 'b')), undefined);
    assert.equal(fixed('a\n', remark('a', 1, 'x', 'b')), undefined);
    assert.equal(fixed('a\n', remark('a', 1, 'a', 'a')), undefined);
    assert.equal(fixed('a\nb\n', remark('a', 1, 'b', 'c'), [{ start: 1, end: 1 }]), undefined);
    assert.equal(fixed('key = 1\n', remark('key', 1, 'key = 1', 'key = [redacted: generic]')), undefined);
    const text = 'key = [redacted: generic]\n';
    assert.equal(fixed(text, remark('key', 1, 'key = [redacted: generic]', 'key = 2')), undefined);
  });
});

describe('Marks in a text that changes', () => {
  const text = 'one\ntwo\nthree\n';
  const { marks } = markRemarks(text, all, [remark('two', 2, 'two', '2'), remark('three', 3)]);
  const after = (start: number, end: number, by: string): string => {
    const changes = [{ start, end, text: by }];
    const now = applyEdits(text, changes);
    return shiftMarks(now, marks, changes)
      .map(({ at, fix }) => now.slice(at.start, at.end) + (fix ? ` → ${fix.text}` : ''))
      .join(', ');
  };

  it('move along', () => {
    assert.equal(after(0, 0, 'zero\n'), 'two → 2, three');
    assert.equal(after(0, 4, ''), 'two → 2, three');
    assert.equal(after(7, 7, '\n'), 'two → 2, three');
    assert.equal(after(14, 14, 'four'), 'two → 2, three');
  });

  it('vanish where their text is deleted, typed in or continued', () => {
    assert.equal(after(4, 8, ''), 'three');
    assert.equal(after(5, 5, '!'), 'three');
    assert.equal(after(7, 7, '!'), 'three');
    assert.equal(after(0, 14, 'x'), '');
  });

  it('stay where their text is replaced by one that has it again', () => {
    assert.equal(after(0, 14, 'zero\r\none\r\ntwo\r\nthree'), 'two → 2, three');
    assert.equal(after(0, 14, '\ttwo\n'), 'two → 2');
    assert.equal(after(4, 7, 'two!'), 'two → 2, three');
    assert.equal(after(8, 14, 'two'), 'two → 2', 'it is not looked for elsewhere');
    const [hinted] = markRemarks(text, all, [remark('nowhere', 2)]).marks;
    assert.ok(hinted);
    assert.deepEqual(shiftMarks('two\n', [hinted], [{ start: 0, end: 14, text: 'two\n' }]), []);
  });

  it('lose only the suggestion when its code is edited', () => {
    const apart = markRemarks(text, all, [remark('one', 1, 'three', '3')]).marks;
    const [left] = shiftMarks('one\ntwo\nt!hree\n', apart, [{ start: 9, end: 9, text: '!' }]);
    assert.ok(left);
    assert.equal(left.fix, undefined);
  });

  it('keep their positions through any edits', () => {
    const word = fc.constantFrom('a', 'b', 'c\n', 'd\r\n', '');
    const typing = fc.array(fc.record({ at: fc.nat(), length: fc.nat({ max: 3 }), by: word }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(typing, (steps) => {
        let now = text;
        let moved = marks;
        for (const { at, length, by } of steps) {
          const start = at % (now.length + 1);
          const changes = [{ start, end: Math.min(now.length, start + length), text: by }];
          now = applyEdits(now, changes);
          moved = shiftMarks(now, moved, changes);
          assert.ok(moved.every((mark) => isInPlace(now, mark)));
        }
      }),
      { numRuns: 300 },
    );
  });
});
