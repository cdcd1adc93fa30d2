import type { Snapshot } from './snapshot.ts';

/** The matches of a quote, in order, found lazily: two are enough to know that it isn't unique. */
export interface Places {
  readonly all: () => Iterable<number>;
  /** The matches that touch a line, from 0. */
  readonly onLine: (line: number) => Iterable<number>;
  /** The line, from 0, where a match begins. */
  readonly lineOf: (place: number) => number;
}

/** A model may be wrong about a line by so many. */
const maxDistance = 3;

/** The one match of a quote: if there are several, the one at the hinted line, or else the only one near it. */
export function onlyPlace(places: Places, hint: number | undefined): number | 'missing' | 'ambiguous' {
  const [first, second] = firstTwo(places.all());
  if (first === undefined || second === undefined) {
    return first ?? 'missing';
  }
  if (hint === undefined || !Number.isInteger(hint) || hint < 1) {
    return 'ambiguous';
  }
  const [hinted, other] = firstTwo(places.onLine(hint - 1));
  return other !== undefined ? 'ambiguous' : (hinted ?? nearest(places, hint - 1) ?? 'ambiguous');
}

/** The nearest match if the next one is more than twice as far away. */
function nearest(places: Places, line: number): number | undefined {
  const found = new Map<number, number>();
  for (let near = line - farthest(maxDistance); near <= line + farthest(maxDistance); near += 1) {
    for (const place of places.onLine(near)) {
      found.set(place, Math.abs(places.lineOf(place) - line));
    }
  }
  const [first, second] = [...found].sort(([, one], [, other]) => one - other);
  const distance = first?.[1] ?? Infinity;
  return distance <= maxDistance && (second?.[1] ?? Infinity) > farthest(distance) ? first?.[0] : undefined;
}

/** Within this distance, another match could be meant as well. */
function farthest(distance: number): number {
  return 2 * distance + 2;
}

function firstTwo(places: Iterable<number>): readonly number[] {
  const two: number[] = [];
  for (const place of places) {
    if (two.push(place) === 2) {
      break;
    }
  }
  return two;
}

/** The offsets of all matches in the plain text, including overlapping ones. */
export function textPlaces(snapshot: Snapshot, quote: string): Places {
  const { plain, plainStarts } = snapshot;
  return {
    *all() {
      const candidates = snapshot.words.candidates(quote);
      if (!candidates) {
        yield* occurrences(plain, quote);
        return;
      }
      for (const offset of candidates.offsets) {
        const start = offset - candidates.within;
        if (start >= 0 && plain.startsWith(quote, start)) {
          yield start;
        }
      }
    },
    *onLine(line) {
      const start = plainStarts[line];
      if (start !== undefined) {
        // All matches that touch that line, and no others, lie in this range.
        const from = Math.max(0, start - quote.length + 1);
        const to = (plainStarts[line + 1] ?? plain.length) - 1 + quote.length;
        for (const at of occurrences(plain.slice(from, to), quote)) {
          yield from + at;
        }
      }
    },
    lineOf: (place) => snapshot.lineAt(place),
  };
}

/** The lines, from 0, where consecutive lines match these, ignoring white space. */
export function linePlaces(snapshot: Snapshot, keys: readonly string[]): Places {
  const isAt = (line: number): boolean =>
    line >= 0 && keys.every((key, index) => snapshot.lineKey(line + index) === key);
  return {
    *all() {
      const joined = `\n${keys.join('\n')}\n`;
      const candidates = snapshot.words.candidates(joined);
      if (!candidates) {
        yield* placesAmong(isAt, 0, snapshot.lineCount);
        return;
      }
      const within = joined.slice(1, candidates.within).split('\n').length - 1;
      let last = -1;
      for (const offset of candidates.offsets) {
        const line = snapshot.lineAt(offset) - within;
        // A word may appear twice in its line.
        if (line !== last && isAt(line)) {
          yield line;
        }
        last = line;
      }
    },
    onLine: (line) => placesAmong(isAt, line - keys.length + 1, line + 1),
    lineOf: (line) => line,
  };
}

function* placesAmong(isAt: (line: number) => boolean, from: number, to: number): Iterable<number> {
  for (let line = from; line < to; line += 1) {
    if (isAt(line)) {
      yield line;
    }
  }
}

function* occurrences(text: string, quote: string): Iterable<number> {
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    yield at;
  }
}
