import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { changesBetween, changesOfEnds } from '../../../../src/core/edits/changesBetween.ts';
import { applyEdits } from '../../../../src/core/edits/fileEdits.ts';

describe('The changes between two texts', () => {
  it('are those of their lines', () => {
    assert.deepEqual(changesBetween('one\r\ntwo\r\nthree', 'zero\r\none\r\n2\r\nthree'), [
      { start: 0, end: 0, text: 'zero\r\n' },
      { start: 5, end: 10, text: '2\r\n' },
    ]);
    assert.deepEqual(changesBetween('one\n', ''), [{ start: 0, end: 4, text: '' }]);
    assert.deepEqual(changesBetween('same', 'same'), []);
  });

  it('give each line another end', () => {
    const text = 'one\r\n\ntwo\r\nthree';
    for (const end of ['\n', '\r\n'] as const) {
      assert.equal(applyEdits(text, changesOfEnds(text, end)), text.replaceAll(/\r?\n/g, end));
    }
  });

  it('make the one of the other', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\r\n', '\n'), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        assert.equal(applyEdits(before, changesBetween(before, after)), after);
      }),
    );
  });
});
