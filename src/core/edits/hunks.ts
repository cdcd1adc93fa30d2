import { applyEdits, type PlacedEdit } from './fileEdits.ts';
import { diffLines, type DiffLine } from './lineDiff.ts';
import type { Placement } from './placement.ts';

/**
 * One change under review. Its offsets are into the current document: around the code it replaces or, once accepted,
 * around the new code.
 */
export interface Hunk extends PlacedEdit {
  /** The code it replaces. */
  readonly before: string;
  /** `stale`: its range was edited before a decision, so accepting would overwrite the typing. */
  readonly state: 'pending' | 'accepted' | 'rejected' | 'stale';
}

/** The result of accepting: the new text and hunks, and the changes to the old text, in order. */
export interface Accepted {
  readonly text: string;
  readonly hunks: readonly Hunk[];
  readonly changes: readonly Placement[];
}

/** The hunks of a text with edits to review. A hunk's index identifies it and never changes. */
export function hunksOf(text: string, placements: readonly PlacedEdit[]): readonly Hunk[] {
  return placements.map((placement) => ({
    ...placement,
    before: text.slice(placement.start, placement.end),
    state: 'pending',
  }));
}

/** Accepts those hunks that are pending and unchanged; changed ones become stale. */
export function accept(text: string, hunks: readonly Hunk[], which: ReadonlySet<number>): Accepted {
  const decided = hunks.map((hunk, index): Hunk => {
    if (hunk.state !== 'pending' || !which.has(index)) {
      return hunk;
    }
    const isAsItWas = text.slice(hunk.start, hunk.end) === hunk.before;
    return { ...hunk, state: isAsItWas ? 'accepted' : 'stale' };
  });
  const changes = decided.filter(
    ({ state }, index) => state === 'accepted' && hunks[index]?.state === 'pending',
  );
  return {
    text: applyEdits(text, changes),
    hunks: decided.map((hunk) => {
      const ahead = changes.filter((change) => change !== hunk && change.end <= hunk.start);
      const start = hunk.start + sum(ahead.map(growth));
      const length = changes.includes(hunk) ? hunk.text.length : hunk.end - hunk.start;
      return { ...hunk, start, end: start + length };
    }),
    changes: changes.map(({ start, end, text: by }) => ({ start, end, text: by })),
  };
}

/** Rejects those hunks that are pending; the text stays the same. */
export function reject(hunks: readonly Hunk[], which: ReadonlySet<number>): readonly Hunk[] {
  return hunks.map((hunk, index) =>
    hunk.state === 'pending' && which.has(index) ? { ...hunk, state: 'rejected' } : hunk,
  );
}

/**
 * The hunks after other changes to the text, made at once, in offsets into the text before. Pending hunks move along;
 * one becomes stale if its range is edited or extended within the same line.
 */
export function shift(hunks: readonly Hunk[], changes: readonly Placement[]): readonly Hunk[] {
  return hunks.map((hunk) => {
    const ahead = changes.filter((change) => isBefore(change, hunk));
    const within = changes.filter((change) => !isBefore(change, hunk) && !isAfter(change, hunk));
    const moved = sum(ahead.map(growth));
    const [first, last] = [
      Math.min(hunk.start, ...within.map(({ start }) => start)),
      Math.max(hunk.end, ...within.map(({ end }) => end)),
    ];
    const state = within.length > 0 && hunk.state === 'pending' ? 'stale' : hunk.state;
    return { ...hunk, state, start: first + moved, end: last + moved + sum(within.map(growth)) };
  });
}

/** A pending hunk line by line, and the offset of its first line: whole document lines, as they are and would be. */
export function hunkLines(
  text: string,
  { start, end, text: by }: Placement,
): { readonly start: number; readonly lines: readonly DiffLine[] } {
  const first = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const endsLine = (end === first || text[end - 1] === '\n') && (by === '' || by.endsWith('\n'));
  const last = endsLine ? end : next < 0 ? text.length : next + 1;
  const [before, after] = [
    text.slice(first, last),
    text.slice(first, start) + by + text.slice(end, last),
  ].map(splitLines);
  return { start: first, lines: diffLines(before ?? [], after ?? []) };
}

function splitLines(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Whether a change comes before a hunk; at its edge, only if it doesn't extend the hunk's first line. */
function isBefore({ end, text }: Placement, hunk: Hunk): boolean {
  if (end !== hunk.start) {
    return end < hunk.start;
  }
  return text === '' || (hunk.start < hunk.end && text.endsWith('\n'));
}

function isAfter({ start, text }: Placement, hunk: Hunk): boolean {
  if (start !== hunk.end) {
    return start > hunk.end;
  }
  const shown = hunk.state === 'accepted' ? hunk.text : hunk.before;
  return text === '' || (shown !== '' && (/^\r?\n/.test(text) || shown.endsWith('\n')));
}

function growth({ start, end, text }: Placement): number {
  return text.length - (end - start);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
