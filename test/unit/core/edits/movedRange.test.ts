import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { movedRange } from '../../../../src/core/edits/movedRange.ts';

describe('a stretch of a text that is typed in', () => {
  const range = { start: 10, end: 15 };

  it('moves with text typed before it, but not after it', () => {
    const before = { start: 0, end: 2, text: 'five!' };
    const behind = { start: 15, end: 20, text: '' };
    assert.deepEqual(movedRange(range, [[before, behind], [{ start: 0, end: 3, text: '' }]]), range);
    assert.deepEqual(movedRange(range, [[{ start: 10, end: 10, text: 'a' }]]), { start: 11, end: 16 });
    assert.deepEqual(movedRange(range, []), range);
  });

  it('is gone when it is touched itself', () => {
    for (const [start, end] of [
      [12, 12],
      [9, 11],
      [14, 20],
      [0, 30],
    ] as const) {
      assert.equal(movedRange(range, [[{ start, end, text: 'x' }]]), undefined);
    }
  });
});
