import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { diffLines, type DiffLine } from '../../../../src/core/edits/lineDiff.ts';
import { startOwnTimer } from '../../../support/ownTime.ts';

const numbered = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `line ${String(index)}`);

const without = (kind: DiffLine['kind'], lines: readonly DiffLine[]): readonly string[] =>
  lines.filter((line) => line.kind !== kind).map(({ text }) => text);

const changed = (lines: readonly DiffLine[]): number => lines.filter(({ kind }) => kind !== 'same').length;

describe('The difference of two lists of lines', () => {
  const lists = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });

  it('makes either of them, with what goes before what comes', () => {
    fc.assert(
      fc.property(lists, lists, (before, after) => {
        const lines = diffLines(before, after);
        assert.deepEqual(without('added', lines), before);
        assert.deepEqual(without('removed', lines), after);
        const order = lines.map(({ kind }) => kind[0]).join('');
        assert.doesNotMatch(order, /ar/);
      }),
    );
  });

  it('is the shortest there is', () => {
    assert.equal(changed(diffLines(Array.from('abcabba'), Array.from('cbabac'))), 5);
    assert.equal(changed(diffLines(numbered(50), numbered(50))), 0);
  });

  it('finds single changes that lie far apart in a long text', () => {
    const before = numbered(50_000);
    const lines = diffLines(before, before.with(7, 'x').with(25_000, 'y').with(49_990, 'z'));
    assert.equal(changed(lines), 6);
  });

  it('marks lines that have nothing in common as a whole, without delay', () => {
    const before = numbered(50_000);
    const after = before.map((line, index) => (index === 0 || index === 49_999 ? line : `${line}!`));
    const passed = startOwnTimer();
    const lines = diffLines(before, after);
    assert.ok(passed() < 2_000, `${String(passed())} ms`);
    assert.equal(changed(lines), 2 * 49_998);
    assert.deepEqual(without('added', lines), before);
    assert.deepEqual(without('removed', lines), after);
  });
});
