import { hunksOf, shift, type Hunk } from './hunks.ts';
import { locate } from './locate.ts';
import type { Placement } from './placement.ts';
import type { Quote } from './quote.ts';
import { Snapshot } from './snapshot.ts';

/** Document lines, first and last, from 1. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** A model's remark about a place in a document, perhaps with a suggestion. */
export interface Remark {
  readonly quote: string;
  /** The line where the quote starts, from 1, as far as the model knows. */
  readonly startLine: number;
  readonly suggestion: { readonly search: string; readonly replace: string } | null;
}

/** A located remark, which moves with the text. */
export interface Mark<R extends Remark> {
  readonly remark: R;
  /** The range it refers to. */
  readonly at: Hunk;
  /** Whether that range is the quoted text rather than the named line. */
  readonly isQuoted: boolean;
  /** The suggested change, if its place is certain. */
  readonly fix?: Hunk;
}

/** All remarks on a document; those without a place weren't found in what the model was shown. */
export interface Marked<R extends Remark> {
  readonly marks: readonly Mark<R>[];
  readonly unplaced: readonly R[];
}

/** Locates remarks in these lines, which the model was shown. */
export function markRemarks<R extends Remark>(
  text: string,
  shown: readonly LineRange[],
  remarks: readonly R[],
): Marked<R> {
  const page = new Page(text, shown);
  const marks = remarks.map((remark) => markOf(page, remark));
  return {
    marks: marks.filter((mark) => mark !== undefined),
    unplaced: remarks.filter((_, index) => marks[index] === undefined),
  };
}

/**
 * The marks after changes, made at once, that led to this text; their offsets are into the text before. A mark is
 * removed if its text was edited, and kept if its text was replaced by the same, for example by formatting.
 */
export function shiftMarks<R extends Remark>(
  now: string,
  marks: readonly Mark<R>[],
  changes: readonly Placement[],
): readonly Mark<R>[] {
  return marks.flatMap(({ fix, ...mark }) => {
    const [at, moved] = shift([mark.at, ...(fix ? [fix] : [])], changes);
    return at?.state === 'pending'
      ? [{ ...mark, at, ...(moved?.state === 'pending' && { fix: moved }) }]
      : markAgain(now, mark, changes);
  });
}

/** A mark whose text was replaced as a whole, if the new text contains it. */
function markAgain<R extends Remark>(
  now: string,
  { remark, at, isQuoted }: Mark<R>,
  changes: readonly Placement[],
): readonly Mark<R>[] {
  const over = changes.find(({ start, end }) => start <= at.start && at.end <= end && start < end);
  if (!over || !isQuoted) {
    return [];
  }
  const ahead = changes.filter((each) => each !== over && each.end <= over.start);
  const start = ahead.reduce((sum, each) => sum + each.text.length - (each.end - each.start), over.start);
  const first = linesBefore(now, start);
  const lines = { start: first, end: first + linesBefore(over.text, over.text.length) - 1 };
  return markRemarks(now, [lines], [remark]).marks.filter((mark) => mark.isQuoted);
}

/** How many lines a text has up to an offset. */
function linesBefore(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Whether the marked text is still there. */
export function isInPlace(text: string, { at }: Pick<Mark<Remark>, 'at'>): boolean {
  return text.slice(at.start, at.end) === at.before;
}

/** A text and the parts of it that were shown. */
class Page {
  readonly #snapshot: Snapshot;
  readonly #shown: readonly LineRange[];

  constructor(text: string, shown: readonly LineRange[]) {
    this.#snapshot = new Snapshot(text);
    this.#shown = joined(shown);
  }

  get text(): string {
    return this.#snapshot.text;
  }

  /** Where a quote is in what was shown; matches elsewhere can't be meant. */
  find(quote: Quote): Placement | undefined {
    const location = locate(this.#snapshot, quote);
    if (location.state === 'found' && this.#isShown(location)) {
      return location;
    }
    const [found, another] = this.#shown
      .map((lines) => this.findIn(lines, quote))
      .filter((each) => each !== undefined);
    return another ? undefined : found;
  }

  findIn({ start, end }: LineRange, quote: Quote): Placement | undefined {
    const from = this.#snapshot.lineStart(start - 1);
    const piece = new Snapshot(this.text.slice(from, this.#snapshot.lineStart(end)));
    const location = locate(piece, {
      ...quote,
      ...(quote.startLine !== undefined && { startLine: quote.startLine - start + 1 }),
    });
    if (location.state !== 'found') {
      return undefined;
    }
    const text = location.text.replaceAll(piece.eol, this.#snapshot.eol);
    return { start: from + location.start, end: from + location.end, text };
  }

  /** A shown line, without its ending. */
  line(number: number): Placement | undefined {
    const isShown = this.#shown.some(({ start, end }) => start <= number && number <= end);
    if (!isShown || !Number.isInteger(number) || number > this.#snapshot.lineCount) {
      return undefined;
    }
    const start = this.#snapshot.lineStart(number - 1);
    return { start, end: start + this.#snapshot.lineText(number - 1).length, text: '' };
  }

  linesOf({ start, end }: Placement): LineRange {
    return { start: this.#lineAt(start), end: this.#lineAt(Math.max(start, end - 1)) };
  }

  #isShown(place: Placement): boolean {
    const { start, end } = this.linesOf(place);
    return this.#shown.some((lines) => lines.start <= start && end <= lines.end);
  }

  #lineAt(offset: number): number {
    const { lineCount } = this.#snapshot;
    let [low, high] = [0, lineCount - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#snapshot.lineStart(middle) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low + 1;
  }
}

function markOf<R extends Remark>(page: Page, remark: R): Mark<R> | undefined {
  const quoted = page.find({ search: remark.quote, replace: '', startLine: remark.startLine });
  const place = quoted ?? page.line(remark.startLine);
  if (!place) {
    return undefined;
  }
  const lines = page.linesOf(place);
  const fix = fixOf(page, remark, lines);
  return {
    remark,
    at: hunkAt(page.text, withoutBlankEnds(page.text, place)),
    isQuoted: quoted !== undefined,
    ...(fix && { fix: hunkAt(page.text, fix) }),
  };
}

/** A suggestion is meant for its remark's lines, and for others only if it isn't there. */
function fixOf(page: Page, { suggestion }: Remark, lines: LineRange): Placement | undefined {
  if (!suggestion || /\[redacted:/i.test(suggestion.search + suggestion.replace)) {
    return undefined;
  }
  return page.findIn(lines, suggestion) ?? page.find({ ...suggestion, startLine: lines.start });
}

function hunkAt(text: string, { start, end, text: by }: Placement): Hunk {
  const [hunk] = hunksOf(text, [{ start, end, text: by, reason: '' }]);
  if (!hunk) {
    throw new Error('one placement makes one hunk');
  }
  return hunk;
}

function withoutBlankEnds(text: string, place: Placement): Placement {
  const inside = text.slice(place.start, place.end);
  const trimmed = inside.trim();
  const start = trimmed === '' ? place.start : place.start + inside.indexOf(trimmed);
  return { ...place, start, end: start + trimmed.length };
}

/** Sorted lines without duplicates. */
function joined(shown: readonly LineRange[]): readonly LineRange[] {
  const result: LineRange[] = [];
  for (const lines of shown.toSorted((one, other) => one.start - other.start)) {
    const last = result.at(-1);
    if (last && lines.start <= last.end + 1) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, lines.end) };
    } else {
      result.push(lines);
    }
  }
  return result;
}
