import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { changedText } from '../../../../src/core/edits/changedText.ts';

const lines = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index + 1}`);
const textOf = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

describe('What has changed in a text', () => {
  it('is shown with lines around it, and told as a diff', () => {
    const before = lines(60);
    const after = before.with(29, 'LINE 30').toSpliced(31, 1);
    const { regions, diff } = changedText(textOf(before), textOf(after));
    assert.deepEqual(regions, [{ start: 18, end: 43 }]);
    assert.equal(
      diff,
      [
        '@@ -27,9 +27,8 @@',
        ' line 27',
        ' line 28',
        ' line 29',
        '-line 30',
        '+LINE 30',
        ' line 31',
        '-line 32',
        ' line 33',
        ' line 34',
        ' line 35',
        '',
      ].join('\n'),
    );
  });

  it('comes in regions where it lies apart', () => {
    const before = lines(100);
    const { regions, diff } = changedText(textOf(before), textOf(before.with(0, 'x').with(99, 'y')));
    assert.deepEqual(regions, [
      { start: 1, end: 13 },
      { start: 88, end: 100 },
    ]);
    assert.equal(diff.match(/^@@/gm)?.length, 2);
  });

  it('is the whole of a new text, and nothing of one that only ends its lines in another way', () => {
    assert.deepEqual(changedText('', 'a\r\nb').regions, [{ start: 1, end: 2 }]);
    assert.deepEqual(changedText('a\nb\n', 'a\r\nb'), { regions: [], diff: '' });
    assert.deepEqual(changedText('a\nb\n', ''), { regions: [], diff: '@@ -1,2 +1,0 @@\n-a\n-b\n' });
  });
});
