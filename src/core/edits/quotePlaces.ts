import type { Snapshot } from './snapshot.ts';

/** The matches of a quote, in order, found lazily: two are enough to know that it isn't unique. */
export interface Places {
  readonly all: () => Iterable<number>;
  /** The matches that touch a line, from 0. */
  readonly onLine: (line: number) => Iterable<number>;
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
