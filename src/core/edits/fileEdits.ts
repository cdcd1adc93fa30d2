import { locate, type Quote } from './locate.ts';
import type { Placement } from './placement.ts';
import { plainText, Snapshot } from './snapshot.ts';

/** A change of one file, as a model answers it. */
export interface Edit extends Quote {
  readonly file: string;
  /** Why, in a few words. */
  readonly reason: string;
}

/** An edit that has its place. */
export interface PlacedEdit extends Placement {
  readonly reason: string;
}

/** An edit that cannot be made, and why; `index` is its place in the answer. */
export interface RefusedEdit {
  readonly index: number;
  readonly edit: Edit;
  readonly why: 'missing' | 'ambiguous' | 'unchanged' | 'empty' | 'overlapping';
}

/** All edits of one file: each in its place, in order and without overlap; or those that keep it from being so. */
export type FileEdits =
  | { readonly state: 'placed'; readonly placements: readonly PlacedEdit[] }
  | { readonly state: 'refused'; readonly refusals: readonly RefusedEdit[] };

/** Places all edits of one file in the text that the model was shown; a file that does not exist is an empty text. */
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

/** Files that an answer makes and files that it leaves nothing of; each by its name, with its text. */
export interface FileTexts {
  readonly made: ReadonlyMap<string, string>;
  readonly emptied: ReadonlyMap<string, string>;
}

/** The emptied files that come back under other names as they were: by their old names, the new ones. */
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

/** A text with several stretches of it replaced; they are in order, and do not overlap. */
export function applyEdits(text: string, placements: readonly Placement[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text: by } of placements) {
    pieces.push(text.slice(at, start), by);
    at = end;
  }
  return pieces.join('') + text.slice(at);
}

/** Both of each pair that shares a character, or begins at one place: neither says which of them goes first. */
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
