import { hunksOf, shift, type Hunk } from './hunks.ts';
import { locate, type Quote } from './locate.ts';
import type { Placement } from './placement.ts';
import { Snapshot } from './snapshot.ts';

/** Lines of a document, the first and the last, counted from 1. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** What a model says of a place in a document, and perhaps how to put it right. */
export interface Remark {
  readonly quote: string;
  /** Where the quote begins, counted from 1, as far as the model knows. */
  readonly startLine: number;
  readonly suggestion: { readonly search: string; readonly replace: string } | null;
}

/** A remark that has its place, which moves with the text. */
export interface Mark<R extends Remark> {
  readonly remark: R;
  /** Around what is meant. */
  readonly at: Hunk;
  /** Whether that is what the remark quotes, rather than the line that it names. */
  readonly isQuoted: boolean;
  /** What the suggestion comes to, where its place is certain. */
  readonly fix?: Hunk;
}

/** All remarks on a document; those without a place stand nowhere in what the model was shown. */
export interface Marked<R extends Remark> {
  readonly marks: readonly Mark<R>[];
  readonly unplaced: readonly R[];
}

/** Places remarks in the text that the model was shown these lines of. */
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
 * The marks after changes that led to this text, all at once: their offsets are into the text before. What was typed
 * in is gone; what was replaced by a text that has it again, as when a file is formatted, stays.
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

/** A mark whose text was replaced as a whole, where the same is among what came. */
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

/** Whether what is marked stands where the mark is. */
export function isInPlace(text: string, { at }: Pick<Mark<Remark>, 'at'>): boolean {
  return text.slice(at.start, at.end) === at.before;
}

/** A text, and the parts of it that were shown. */
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

  /** Where a quote stands in what was shown: what stands elsewhere, too, is still the only one that can be meant. */
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

  /** A line that was shown, without its end. */
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

/** A suggestion is meant for the lines of its remark; only where they do not have it, for others. */
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

/** Lines in order, in which none stands twice. */
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
