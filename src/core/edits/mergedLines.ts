import { likeness } from './likeness.ts';
import { diffLines } from './lineDiff.ts';

/** A new comment that is more alike replaces an old one. */
const minAlike = 0.4;

/** A quote whose lines were found, and what is to stand there. */
export interface FoundLines {
  readonly quoted: readonly string[];
  readonly by: readonly string[];
  /** The document's lines from the first to the last quoted one. */
  readonly present: readonly string[];
  /** For each quoted line that isn't blank, by index, the one in `present`. */
  readonly pairs: ReadonlyMap<number, number>;
  /** The quoted lines that the quote left out and that were filled from the document. */
  readonly filled?: ReadonlySet<number>;
}

/** Indents a new line; `replaced` is the index of the quoted line it replaces. */
export type NewLine = (line: string, replaced: number | undefined) => string | undefined;

/** A line that isn't blank, with the blank ones before it. */
interface Row {
  readonly text: string;
  readonly index: number;
  readonly blanks: readonly string[];
}

/**
 * The lines that take the place of the found ones: what the edit doesn't change stays as it is in the document, together
 * with blank lines and comments that the quote lacks. Absent if it is unclear where those belong.
 */
export function mergedLines(found: FoundLines, newLine: NewLine): readonly string[] | undefined {
  const [old, now] = [rowsOf(found.quoted), rowsOf(found.by)];
  const merge = new Merge(found, old, now, newLine);
  let [at, to] = [-1, -1];
  for (const { kind } of diffLines(old.map(keyOf), now.map(keyOf))) {
    if (kind === 'removed') {
      at += 1;
    } else if (kind === 'added') {
      to += 1;
    } else if (!merge.block(at, to)) {
      return undefined;
    } else {
      // The end is the same on both sides, so everything comes here.
      [at, to] = [at + 1, to + 1];
      merge.keep(at, to);
    }
  }
  return merge.lines;
}

/** The last row of a block on each side. */
interface Rows {
  readonly old: number;
  readonly now: number;
}

/** Puts the new lines together, from one unchanged line to the next. */
class Merge {
  readonly lines: string[] = [];
  readonly #found: FoundLines;
  readonly #old: readonly Row[];
  readonly #now: readonly Row[];
  readonly #newLine: NewLine;
  /** The last unchanged line on each side; -1 is the beginning. */
  #last = { old: -1, now: -1 };

  constructor(found: FoundLines, old: readonly Row[], now: readonly Row[], newLine: NewLine) {
    this.#found = found;
    this.#old = old;
    this.#now = now;
    this.#newLine = newLine;
  }

  /** Adds an unchanged line; the last row is the end. */
  keep(old: number, now: number): void {
    this.#last = { old, now };
    const row = this.#old[old];
    if (row && row.text !== '') {
      this.lines.push(this.#found.present[this.#lineOf(old)] ?? '');
    }
  }

  /** Adds what stands between the last unchanged line and the one after these; returns whether that is clear. */
  block(old: number, now: number): boolean {
    const removed = old - this.#last.old;
    const added = now - this.#last.now;
    const [first, last] = [this.#gap(this.#last.old + 1), this.#gap(old + 1)];
    const [r1, r2] = [this.#blanks(this.#last.now + 1), this.#blanks(now + 1)];
    if (removed === 0 && added === 0) {
      return this.#addUnchangedGap(first, r1);
    }
    if (removed === 0) {
      return this.#insert(first, [r1, r2], { old, now });
    }
    for (let row = this.#last.old + 2; row <= old; row += 1) {
      if (this.#gap(row).comments.length > 0) {
        return false;
      }
    }
    return added === 0 ? this.#remove(first, last, r1) : this.#replace(first, last, [r1, r2], { old, now });
  }

  #addUnchangedGap({ lines, comments, quoted }: Gap, by: readonly string[]): boolean {
    const present = lines.length;
    if (comments.length > 0 || by.length === quoted || by.length === present) {
      this.lines.push(...lines);
      return true;
    }
    this.lines.push(...by);
    return true;
  }

  #insert(gap: Gap, [before, after]: readonly [readonly string[], readonly string[]], rows: Rows): boolean {
    const added = this.#texts(rows.now);
    if (gap.comments.length > 0) {
      if (added.join('\n') === gap.comments.join('\n')) {
        this.lines.push(...gap.lines);
        return true;
      }
      const has =
        startsWith(added, gap.comments) || startsWith(added.toReversed(), gap.comments.toReversed());
      return has && this.#add(before, rows, after);
    }
    const [present, { quoted }] = [gap.lines.length, gap];
    if (present === quoted || (before.length >= present && after.length >= present && present > quoted)) {
      return this.#add(before, rows, after);
    }
    if (present > quoted) {
      return false;
    }
    // As many as the document has are its own; of more, those that the quote alone has are left out.
    const [surplus, total] = [quoted - present, before.length + after.length];
    if (total <= present) {
      return this.#add(before, rows, after);
    }
    const isOneSided = before.length === 0 || after.length === 0;
    return isOneSided && total >= surplus && this.#add(before.slice(surplus), rows, after.slice(surplus));
  }

  #remove(first: Gap, last: Gap, by: readonly string[]): boolean {
    if (first.comments.length > 0) {
      return false;
    }
    const present = first.lines.length + last.blanks;
    const missing = present - first.quoted - last.quoted;
    if (by.length > 0 && missing !== 0 && by.length <= present && (missing < 0 || by.length < present)) {
      return false;
    }
    const written = missing < 0 ? by.slice(0, Math.max(0, by.length + missing)) : by;
    const asWritten = missing <= 0 || by.length > 0;
    const kept = [...first.lines, ...last.lines.filter((line) => line.trim() === '')];
    this.lines.push(
      ...(asWritten ? written : kept.slice(0, missing)),
      ...last.lines.filter((line) => line.trim() !== ''),
    );
    return true;
  }

  #replace(
    first: Gap,
    last: Gap,
    [before, after]: readonly [readonly string[], readonly string[]],
    rows: Rows,
  ): boolean {
    const added = this.#texts(rows.now);
    const isRepeated = first.comments.length > 0 && startsWith(added, first.comments);
    if (
      !isRepeated &&
      first.comments.some((comment) => added.some((line) => likeness(line, comment) >= minAlike))
    ) {
      return false;
    }
    const lead = first.comments.length === 0 ? first.between(before) : isRepeated ? before : first.lines;
    const has = startsWith(added.toReversed(), last.comments.toReversed());
    const trail = last.comments.length === 0 ? last.between(after) : has ? after : last.lines;
    return lead !== undefined && trail !== undefined && this.#add(lead, rows, trail);
  }

  /** Adds the new lines up to this row, with blank lines around them. */
  #add(before: readonly string[], { old, now }: Rows, after: readonly string[]): boolean {
    const first = this.#last.now + 1;
    const replaced = this.#replacedBy(old, now);
    for (let row = first; row <= now; row += 1) {
      const line = this.#newLine(this.#now[row]?.text ?? '', replaced?.(row));
      if (line === undefined) {
        return false;
      }
      this.lines.push(...(row === first ? before : this.#blanks(row)), line);
    }
    this.lines.push(...after);
    return true;
  }

  /** Which quoted line a new one replaces, if as many go as come. */
  #replacedBy(old: number, now: number): ((row: number) => number | undefined) | undefined {
    const [first, next] = [this.#last.now + 1, this.#last.old + 1];
    return old - next === now - first ? (row) => this.#old[next + row - first]?.index : undefined;
  }

  #texts(now: number): readonly string[] {
    return this.#now.slice(this.#last.now + 1, now + 1).map(({ text }) => text.trim());
  }

  #blanks(row: number): readonly string[] {
    return this.#now[row]?.blanks ?? [];
  }

  #lineOf(old: number): number {
    const { present, pairs } = this.#found;
    const row = this.#old[old];
    return old < 0 ? -1 : ((row && pairs.get(row.index)) ?? present.length);
  }

  /** What stands before a quoted row, in the document and in the quote. */
  #gap(old: number): Gap {
    const { present } = this.#found;
    return new Gap(
      present.slice(this.#lineOf(old - 1) + 1, this.#lineOf(old)),
      this.#old[old]?.blanks.length ?? 0,
    );
  }
}

/** The document's lines between two quoted ones: blank lines and comments. */
class Gap {
  readonly lines: readonly string[];
  /** How many blank lines the quote has there. */
  readonly quoted: number;
  /** Trimmed. */
  readonly comments: readonly string[];

  constructor(lines: readonly string[], quoted: number) {
    this.lines = lines;
    this.quoted = quoted;
    this.comments = lines.filter((line) => line.trim() !== '').map((line) => line.trim());
  }

  get blanks(): number {
    return this.lines.length - this.comments.length;
  }

  /** The blank lines to stand here; absent if the document, the quote, and the edit all differ. */
  between(by: readonly string[]): readonly string[] | undefined {
    const present = this.lines.length;
    if (by.length === this.quoted || by.length === present) {
      return this.lines;
    }
    return present === this.quoted ? by : undefined;
  }
}

/** The rows of a text; an empty one at the end holds the last blank lines. */
function rowsOf(lines: readonly string[]): readonly Row[] {
  const rows: Row[] = [];
  let blanks: string[] = [];
  for (const [index, text] of lines.entries()) {
    if (text.trim() === '') {
      blanks.push(text);
    } else {
      rows.push({ text, index, blanks });
      blanks = [];
    }
  }
  return [...rows, { text: '', index: -1, blanks }];
}

function keyOf({ text }: Row): string {
  return text.trimEnd();
}

function startsWith(lines: readonly string[], first: readonly string[]): boolean {
  return first.every((line, index) => lines[index] === line);
}
