import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, type PlacedEdit } from '../../../../src/core/edits/fileEdits.ts';
import { accept, hunkLines, hunksOf, reject, shift, type Hunk } from '../../../../src/core/edits/hunks.ts';
import { applyPlacement, type Placement } from '../../../../src/core/edits/placement.ts';

const place = (start: number, end: number, text: string): PlacedEdit => ({ start, end, text, reason: '' });
const states = (hunks: readonly Hunk[]): string => hunks.map(({ state }) => state).join(' ');

/** A text with stretches to replace: what is between them, what they are, what they become. */
const piece = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n', '\t', '日'), maxLength: 5 });
const reviews = fc
  .array(fc.record({ gap: piece, old: piece.filter((each) => each !== ''), by: piece }), { maxLength: 6 })
  .chain((parts) => piece.map((rest) => ({ parts, rest })))
  .map(({ parts, rest }) => {
    let text = '';
    const placements: PlacedEdit[] = [];
    for (const { gap, old, by } of parts) {
      text += gap;
      placements.push(place(text.length, text.length + old.length, by));
      text += old;
    }
    return { text: text + rest, placements };
  });

const decisions = fc.array(
  fc.record({ which: fc.array(fc.nat({ max: 5 }), { maxLength: 3 }), accepts: fc.boolean() }),
  { maxLength: 8 },
);

describe('The hunks of a review', () => {
  it('produce the same text in any order of accepting and rejecting', () => {
    fc.assert(
      fc.property(reviews, decisions, ({ text, placements }, steps) => {
        let [now, hunks] = [text, hunksOf(text, placements)];
        const first = new Map<number, boolean>();
        for (const { which, accepts } of steps) {
          for (const index of which) {
            first.set(index, first.get(index) ?? accepts);
          }
          if (accepts) {
            const accepted = accept(now, hunks, new Set(which));
            assert.equal(applyEdits(now, accepted.changes), accepted.text);
            [now, hunks] = [accepted.text, accepted.hunks];
          } else {
            hunks = reject(hunks, new Set(which));
          }
        }
        const kept = placements.filter((_, index) => first.get(index) === true);
        assert.equal(now, applyEdits(text, kept));
        for (const [index, hunk] of hunks.entries()) {
          const decided = first.get(index);
          assert.equal(hunk.state, decided === undefined ? 'pending' : decided ? 'accepted' : 'rejected');
          assert.equal(now.slice(hunk.start, hunk.end), decided === true ? hunk.text : hunk.before);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never overwrite text typed meanwhile, and stay elsewhere', () => {
    const typing = fc.record({ at: fc.nat(), length: fc.nat({ max: 4 }), text: piece });
    const steps = fc.array(fc.tuple(typing, fc.array(fc.nat({ max: 5 }), { maxLength: 2 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(reviews, steps, ({ text, placements }, each) => {
        let hunks = hunksOf(text, placements);
        // Each character with the hunk that it was in at first: typed ones and accepted ones are in none.
        let cells = [...text.split('')].map((character, index) => ({
          character,
          of: placements.findIndex(({ start, end }) => start <= index && index < end),
        }));
        const textOf = (): string => cells.map(({ character }) => character).join('');
        const put = ({ start, end, text: by }: Placement): void => {
          const typed = by.split('').map((character) => ({ character, of: -1 }));
          cells = [...cells.slice(0, start), ...typed, ...cells.slice(end)];
        };
        for (const [{ at, length, text: by }, which] of each) {
          const start = at % (cells.length + 1);
          const change = { start, end: Math.min(start + length, cells.length), text: by };
          const before = hunks;
          hunks = shift(hunks, [change]);
          for (const [index, hunk] of before.entries()) {
            const isApart = change.end < hunk.start || change.start > hunk.end;
            assert.ok(!isApart || hunks[index]?.state === hunk.state);
          }
          put(change);
          const accepted = accept(textOf(), hunks, new Set(which));
          const taken = hunks.flatMap((hunk, index) =>
            which.includes(index) && hunk.state === 'pending' ? [index] : [],
          );
          assert.deepEqual(
            accepted.changes.map(({ start: from, end: to }) => [
              ...new Set(cells.slice(from, to).map(({ of }) => of)),
            ]),
            taken.map((index) => [index]),
          );
          accepted.changes.toReversed().forEach(put);
          assert.equal(textOf(), accepted.text);
          ({ hunks } = accepted);
          for (const hunk of hunks.filter(({ state }) => state === 'pending')) {
            assert.equal(accepted.text.slice(hunk.start, hunk.end), hunk.before);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('move with several changes at once as with one after the other', () => {
    fc.assert(
      fc.property(reviews, reviews, ({ text, placements }, { placements: typed }) => {
        const changes = typed.filter(({ end }) => end <= text.length);
        const hunks = hunksOf(text, placements);
        const atOnce = shift(hunks, changes);
        const oneByOne = changes.toReversed().reduce((moved, change) => shift(moved, [change]), hunks);
        for (const [index, hunk] of atOnce.entries()) {
          if (hunk.state === 'pending' && oneByOne[index]?.state === 'pending') {
            assert.deepEqual(hunk, oneByOne[index]);
            assert.equal(applyEdits(text, changes).slice(hunk.start, hunk.end), hunk.before);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  const text = 'a\nbb\nc\n';
  const typed: readonly (readonly [string, Placement, string])[] = [
    ['a line above', { start: 0, end: 0, text: 'new\n' }, 'pending'],
    ['a line just above', { start: 2, end: 2, text: 'new\n' }, 'pending'],
    ['a line just below', { start: 4, end: 4, text: '\r\nnew' }, 'pending'],
    ['the line above, deleted', { start: 0, end: 2, text: '' }, 'pending'],
    ['the line below, deleted', { start: 5, end: 7, text: '' }, 'pending'],
    ['words before it in its line', { start: 2, end: 2, text: 'x' }, 'stale'],
    ['words behind it in its line', { start: 4, end: 4, text: 'x' }, 'stale'],
    ['words in it', { start: 3, end: 3, text: 'x' }, 'stale'],
    ['a part of it, deleted', { start: 1, end: 3, text: '' }, 'stale'],
    ['all of it, deleted', { start: 2, end: 4, text: '' }, 'stale'],
    ['everything', { start: 0, end: 7, text }, 'stale'],
  ];
  for (const [what, change, state] of typed) {
    it(`are ${state} after ${what} is typed`, () => {
      const hunks = shift(hunksOf(text, [place(2, 4, 'B')]), [change]);
      assert.equal(states(hunks), state);
      const now = applyPlacement(text, change);
      const wanted = state === 'pending' ? now.replace('bb', 'B') : now;
      assert.equal(accept(now, hunks, new Set([0])).text, wanted);
    });
  }

  it('are stale where the text is another than it should be, and decided once', () => {
    const hunks = hunksOf(text, [place(2, 4, 'B')]);
    const late = accept('a\nxx\nc\n', hunks, new Set([0]));
    assert.deepEqual([late.text, states(late.hunks), late.changes], ['a\nxx\nc\n', 'stale', []]);
    const { hunks: accepted } = accept(text, hunks, new Set([0]));
    assert.equal(states(reject(accepted, new Set([0]))), 'accepted');
    assert.equal(states(shift(accepted, [{ start: 2, end: 3, text: 'x' }])), 'accepted');
  });

  it('of an empty file are stale as soon as something is typed in it', () => {
    const hunks = hunksOf('', [place(0, 0, 'a\n')]);
    const accepted = accept('', hunks, new Set([0]));
    assert.deepEqual([accepted.text, accepted.hunks[0]?.start, accepted.hunks[0]?.end], ['a\n', 0, 2]);
    assert.equal(states(shift(hunks, [{ start: 0, end: 0, text: 'x\n' }])), 'stale');
  });
});

describe('The lines of a hunk', () => {
  const shown = (text: string, placement: Placement): string =>
    hunkLines(text, placement)
      .lines.map(({ kind, text: line }) => `${{ same: ' ', removed: '-', added: '+' }[kind]}${line}`)
      .join('|');

  it('are whole lines, and only those are marked that differ', () => {
    const text = 'a\r\nb x\r\nc\r\nd\r\n';
    assert.equal(shown(text, { start: 5, end: 6, text: 'y' }), '-b x|+b y');
    assert.equal(shown(text, { start: 0, end: 11, text: 'a\r\nnew\r\nb x\r\n' }), ' a|+new| b x|-c');
    assert.equal(shown(text, { start: 3, end: 8, text: '' }), '-b x');
    assert.equal(shown(text, { start: 3, end: 8, text: 'b' }), '-b x|-c|+bc');
    assert.equal(shown('', { start: 0, end: 0, text: 'a\nb' }), '+a|+b');
    assert.equal(hunkLines(text, { start: 5, end: 6, text: 'y' }).start, 3);
  });

  it('are those of the text before and after', () => {
    fc.assert(
      fc.property(reviews, ({ text, placements }) => {
        for (const placement of placements) {
          const { start, lines } = hunkLines(text, placement);
          const of = (kind: string): string =>
            lines
              .flatMap((line) => (line.kind === kind || line.kind === 'same' ? [line.text] : []))
              .join('\n');
          const plain = (each: string): string => each.replaceAll('\r\n', '\n');
          assert.ok(plain(text.slice(start)).startsWith(of('removed')));
          assert.ok(plain(applyPlacement(text, placement).slice(start)).startsWith(of('added')));
        }
      }),
    );
  });

  it('are marked as a whole where there are too many of them', () => {
    const many = (word: string): string =>
      Array.from({ length: 1_100 }, (_, at) => `${word}${at}\n`).join('');
    const text = many('a');
    const { lines } = hunkLines(text, { start: 0, end: text.length, text: many('b') });
    assert.deepEqual([lines.length, lines[1_099]?.kind, lines[1_100]?.kind], [2_200, 'removed', 'added']);
  });
});
