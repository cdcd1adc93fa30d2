import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, placeEdits, type Edit } from '../../../../src/core/edits/fileEdits.ts';
import { accept, hunksOf, shift } from '../../../../src/core/edits/hunks.ts';
import type { Placement } from '../../../../src/core/edits/placement.ts';

/** A character that somebody has typed is one that stands in no document and in no answer. */
const typed = fc.string({ unit: fc.constantFrom('⌨', '\n', '⌨⌨'), maxLength: 4 });
const line = fc.constantFrom('', 'a', '  a', '\tb', 'b c', '});', 'return a;', '日本');
const documents = fc
  .tuple(
    fc.constantFrom('', '\uFEFF'),
    fc.array(line, { minLength: 1, maxLength: 10 }),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([mark, lines, eol, ends]) => mark + lines.join(eol) + (ends ? eol : ''))
  // A document with nothing to quote is replaced as a whole.
  .filter((text) => text.trim() !== '');
const typings = fc.array(fc.record({ at: fc.nat(), length: fc.nat({ max: 6 }), text: typed }), {
  maxLength: 5,
});

/** Quotes lines of the document, and gives them back with a mark behind each that is not blank. */
function editOf(text: string, from: number, count: number, hinted: boolean): Edit {
  const lines = text.replace('\uFEFF', '').split(/\r?\n/);
  const first = from % lines.length;
  const search = lines.slice(first, first + count).join('\n');
  const replace = search.replace(/\S$/gm, '$&§');
  return { file: 'a', search, replace, reason: '', ...(hinted && { startLine: first + 1 }) };
}

describe('An answer about a document that is edited meanwhile', () => {
  const edits = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 3 }), fc.boolean()), { maxLength: 4 });

  it('is applied if its quote still exists, else rejected; typed text is never lost', () => {
    fc.assert(
      fc.property(documents, edits, typings, (text, wanted, changes) => {
        const result = placeEdits(
          text,
          wanted.map((each) => editOf(text, ...each)),
        );
        if (result.state === 'refused') {
          return;
        }
        let [now, hunks] = [text, hunksOf(text, result.placements)];
        for (const { at, length, text: by } of changes) {
          const start = at % (now.length + 1);
          const change: Placement = { start, end: Math.min(start + length, now.length), text: by };
          hunks = shift(hunks, [change]);
          now = applyEdits(now, [change]);
        }
        const before = now;
        const pending = hunks.filter(({ state }) => state === 'pending');
        const { text: after, changes: made } = accept(now, hunks, new Set(hunks.keys()));
        assert.equal(made.length, pending.length, 'each is honored or refused');
        for (const { start, end } of made) {
          assert.doesNotMatch(before.slice(start, end), /⌨/, 'nothing is written over typing');
        }
        const count = (each: string): number => each.split('⌨').length - 1;
        assert.equal(count(after), count(before));
        assert.equal(after.replaceAll('§', ''), before, 'nothing but the edit has changed');
      }),
      { numRuns: 500 },
    );
  });

  it('is honored as a whole where all was typed elsewhere', () => {
    fc.assert(
      fc.property(documents, fc.nat(), typed, (text, from, by) => {
        const result = placeEdits(text, [editOf(text, from, 1, true)]);
        if (result.state === 'refused') {
          return;
        }
        const added = `⌨${by}\n`;
        const mark = text.startsWith('\uFEFF') ? 1 : 0;
        const hunks = shift(hunksOf(text, result.placements), [{ start: mark, end: mark, text: added }]);
        const now = applyEdits(text, [{ start: mark, end: mark, text: added }]);
        const { text: after, changes } = accept(now, hunks, new Set([0]));
        assert.equal(changes.length, 1);
        assert.equal(after, text.slice(0, mark) + added + applyEdits(text, result.placements).slice(mark));
      }),
      { numRuns: 500 },
    );
  });
});
