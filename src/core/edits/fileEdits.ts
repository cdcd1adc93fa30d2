import { locate } from './locate.ts';
import type { Placement } from './placement.ts';
import type { Quote } from './quote.ts';
import { plainText, Snapshot } from './snapshot.ts';

/** A change to one file, as a model returns it. */
export interface Edit extends Quote {
  readonly file: string;
  /** Why, in a few words. */
  readonly reason: string;
}

/** An edit that was located. */
export interface PlacedEdit extends Placement {
  readonly reason: string;
}

/** An edit that can't be made, and why; `index` is its position in the answer. */
export interface RefusedEdit {
  readonly index: number;
  readonly edit: Edit;
  readonly why: 'missing' | 'ambiguous' | 'elided' | 'unchanged' | 'empty' | 'overlapping';
}

/** All edits of one file: located, in order, without overlap; or the edits that prevent this. */
export type FileEdits =
  | { readonly state: 'placed'; readonly placements: readonly PlacedEdit[] }
  | { readonly state: 'refused'; readonly refusals: readonly RefusedEdit[] };

/** Locates all edits of one file in the text the model was shown; a missing file is an empty text. */
export function placeEdits(text: string, edits: readonly Edit[]): FileEdits {
  const snapshot = new Snapshot(text);
  const placed: (PlacedEdit & { readonly index: number })[] = [];
  const whys = new Map<number, RefusedEdit['why']>();
  for (const [index, edit] of edits.entries()) {
    const location = locate(snapshot, edit);
    if (location.state === 'found') {
      const { start, end, text: by } = location;
      placed.push({ start, end, text: by, reason: edit.reason, index });
    } else {
      whys.set(index, location.state);
    }
  }
  placed.sort((one, other) => one.start - other.start || one.end - other.end);
  for (const index of overlapping(placed)) {
    whys.set(index, 'overlapping');
  }
  if (whys.size === 0) {
    return { state: 'placed', placements: placed.map(({ index: _, ...placement }) => placement) };
  }
  const refusals = edits.flatMap((edit, index) => {
    const why = whys.get(index);
    return why ? [{ index, edit, why }] : [];
  });
  return { state: 'refused', refusals };
}

/** Files that an answer creates or empties, by name, with their text. */
export interface FileTexts {
  readonly made: ReadonlyMap<string, string>;
  readonly emptied: ReadonlyMap<string, string>;
}

/** Renames: emptied files whose text returns unchanged under another name, by old name. */
export function renamesIn({ made, emptied }: FileTexts): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  for (const [name, text] of made) {
    const [before] = [...emptied].find(([old, was]) => !renames.has(old) && isSameText(was, text)) ?? [];
    if (before !== undefined) {
      renames.set(before, name);
    }
  }
  return renames;
}

function isSameText(one: string, other: string): boolean {
  return plainText(one).trim() === plainText(other).trim();
}

/** A text with several ranges replaced; they are in order and don't overlap. */
export function applyEdits(text: string, placements: readonly Placement[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text: by } of placements) {
    pieces.push(text.slice(at, start), by);
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

/** Both edits of each pair that overlaps or starts at the same place: their order is unknown. */
function overlapping(sorted: readonly (Placement & { readonly index: number })[]): ReadonlySet<number> {
  const indexes = new Set<number>();
  let furthest = sorted[0];
  for (const placement of sorted.slice(1)) {
    if (furthest && (placement.start < furthest.end || placement.start === furthest.start)) {
      indexes.add(furthest.index).add(placement.index);
    }
    furthest = furthest && furthest.end > placement.end ? furthest : placement;
  }
  return indexes;
}
