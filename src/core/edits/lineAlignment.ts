import { isComment, isElision } from './elision.ts';
import { indentOf } from './indentation.ts';
import type { Snapshot } from './snapshot.ts';

/** What a document's lines may have that the quote lacks. */
export type Skipping = 'blank' | 'comment';

/** A place of quoted lines: for each of them, by index, its line in the document; absent for blank and elided ones. */
export type Alignment = ReadonlyMap<number, number>;

/** Comments in a row that a quote may have left out. */
const maxSkipped = 8;

/** More places than this are as good as none. */
const maxPlaces = 200;

interface QuotedLine {
  readonly index: number;
  readonly key: string;
}

/**
 * The places where quoted lines stand in order, though other lines may stand between them: blank ones, comments, and
 * whatever stands where the quote leaves code out.
 */
export function alignments(
  snapshot: Snapshot,
  quoted: readonly string[],
  skipping: Skipping,
): readonly Alignment[] {
  const pieces = piecesOf(snapshot, quoted);
  const [first, ...rest] = pieces;
  if (!first) {
    return [];
  }
  const places: Alignment[] = [];
  for (const row of snapshot.rows.at(first[0]?.key ?? '')) {
    const start = walk(snapshot, first, { row, skipping });
    const ends = start ? continued(snapshot, start, { pieces: rest, skipping }) : [];
    places.push(...ends.map((each) => new Map(each)));
    if (places.length > maxPlaces) {
      return [];
    }
  }
  return places;
}

/** The lines that aren't blank, cut where code is left out. */
function piecesOf({ rows }: Snapshot, quoted: readonly string[]): readonly (readonly QuotedLine[])[] {
  const pieces: QuotedLine[][] = [[]];
  for (const [index, line] of quoted.entries()) {
    if (isElision(line)) {
      pieces.push([]);
    } else if (line.trim() !== '') {
      pieces.at(-1)?.push({ index, key: rows.keyOf(line) });
    }
  }
  return pieces.filter(({ length }) => length > 0);
}

type Pairs = readonly (readonly [index: number, line: number])[];

/** The lines from a row on that match a piece. */
function walk(
  { rows }: Snapshot,
  piece: readonly QuotedLine[],
  { row, skipping }: { readonly row: number; readonly skipping: Skipping },
): Pairs | undefined {
  const pairs: [number, number][] = [];
  let at = row;
  for (const { index, key } of piece) {
    let skipped = 0;
    while (rows.keys[at] !== key) {
      skipped += 1;
      const mayPass = skipping === 'comment' && pairs.length > 0 && skipped <= maxSkipped;
      if (!mayPass || !isComment(rows.textAt(at))) {
        return undefined;
      }
      at += 1;
    }
    pairs.push([index, rows.lines[at] ?? 0]);
    at += 1;
  }
  return pairs;
}

/** All ways on over the gaps. */
function continued(
  snapshot: Snapshot,
  pairs: Pairs,
  { pieces, skipping }: { readonly pieces: readonly (readonly QuotedLine[])[]; readonly skipping: Skipping },
): readonly Pairs[] {
  const [piece, ...rest] = pieces;
  if (!piece) {
    return [pairs];
  }
  const last = pairs.at(-1)?.[1] ?? 0;
  const ways = snapshot.rows
    .at(piece[0]?.key ?? '')
    .filter((row) => (snapshot.rows.lines[row] ?? 0) > last)
    .slice(0, maxPlaces)
    .map((row) => walk(snapshot, piece, { row, skipping }))
    .filter((way) => way !== undefined);
  const fitting =
    ways.length === 1 ? ways : ways.filter(([next]) => isWithinBlock(snapshot, last, next?.[1] ?? 0));
  return fitting.flatMap((way) => continued(snapshot, [...pairs, ...way], { pieces: rest, skipping }));
}

/** Whether the lines between two lines belong to the block of these: what is left out doesn't end it. */
function isWithinBlock(snapshot: Snapshot, from: number, to: number): boolean {
  const [before, after] = [snapshot.lineText(from), snapshot.lineText(to)];
  const [outer, inner] = [before, after]
    .map((line) => indentOf(line).length)
    .sort((one, other) => one - other);
  const opens = /(?:[{([:]|=>|\bthen|\bdo)\s*(?:\/\/.*)?$/.test(before);
  for (let line = from + 1; line < to; line += 1) {
    const text = snapshot.lineText(line);
    if (text.trim() === '') {
      continue;
    }
    const depth = indentOf(text).length;
    const isDeep = opens && outer === indentOf(before).length ? depth > outer : depth >= (outer ?? 0);
    if (
      !isDeep &&
      !(depth === outer && inner === outer && /^\s*(?:[})\]]|else|elif|except|catch|finally)/.test(text))
    ) {
      return false;
    }
  }
  return true;
}
