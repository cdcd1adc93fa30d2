import { isComment } from './elision.ts';
import { expandedElisions } from './expandedElisions.ts';
import type { Alignment } from './lineAlignment.ts';
import { found, type Location } from './location.ts';
import { newLines } from './newLines.ts';
import { isFull, spacelessLine, type Snapshot } from './snapshot.ts';

/** Quoted lines that were found, and what is to stand there. */
interface AlignedLines {
  readonly quoted: readonly string[];
  readonly by: readonly string[];
  readonly alignment: Alignment;
}

/** The edit of lines that were found, in the document's spelling. */
export function writeLines(snapshot: Snapshot, given: AlignedLines): Location {
  const { quoted, by, alignment } = withCommentsBelow(snapshot, withCommentsAbove(snapshot, given));
  const [top, bottom] = [Math.min(...alignment.values()), Math.max(...alignment.values())];
  if (by.length === 0) {
    return found(snapshot, { ...lineRange(snapshot, top, bottom + 1), text: '' });
  }
  const { above, below } = blankEnds(snapshot, { quoted, by, alignment });
  const [first, last] = [top - above, bottom + below];
  const present = snapshot.lineTexts(first, last + 1);
  const pairs = new Map([...alignment].map(([index, line]) => [index, line - first]));
  const whole = expandedElisions({ quoted, by, present, pairs });
  const lines = whole === 'elided' ? whole : newLines({ ...whole, unit: snapshot.indentUnit });
  if (typeof lines === 'string') {
    return { state: lines };
  }
  const end = snapshot.lineStart(last) + (present.at(-1)?.length ?? 0);
  return found(snapshot, { start: snapshot.lineStart(first), end, text: lines.join('\n') });
}

/** New lines may begin with comments that stand above the quoted lines already. */
function withCommentsAbove(snapshot: Snapshot, given: AlignedLines): AlignedLines {
  const { quoted, by, alignment } = given;
  const [first, top] = [Math.min(...alignment.keys()), Math.min(...alignment.values())];
  const said = by.filter(isFull);
  const count = said.findIndex((line) => spacelessLine(line) === spacelessLine(quoted[first] ?? ''));
  const above = said.slice(0, Math.max(0, count));
  const isThere = above.every(
    (line, index) => saysComment(line) && snapshot.lineKey(top - count + index) === spacelessLine(line),
  );
  if (above.length === 0 || !isThere) {
    return given;
  }
  const pairs = [...alignment].map(([index, line]) => [index < first ? index : index + count, line] as const);
  return {
    quoted: quoted.toSpliced(first, 0, ...above),
    by,
    alignment: new Map([...above.map((_, index) => [first + index, top - count + index] as const), ...pairs]),
  };
}

/** Whether a comment can be told from others. */
function saysComment(line: string): boolean {
  return isComment(line) && /[\p{L}\p{N}]{3}/u.test(line);
}

/** New lines may end with comments that stand below the quoted lines already. */
function withCommentsBelow(snapshot: Snapshot, given: AlignedLines): AlignedLines {
  const { quoted, by, alignment } = given;
  const [last, bottom] = [Math.max(...alignment.keys()), Math.max(...alignment.values())];
  const said = by.filter(isFull);
  const at = said.findLastIndex((line) => spacelessLine(line) === spacelessLine(quoted[last] ?? ''));
  const below = at < 0 ? [] : said.slice(at + 1);
  const isThere = below.every(
    (line, index) => saysComment(line) && snapshot.lineKey(bottom + 1 + index) === spacelessLine(line),
  );
  return below.length === 0 || !isThere
    ? given
    : {
        quoted: quoted.toSpliced(last + 1, 0, ...below),
        by,
        alignment: new Map([
          ...alignment,
          ...below.map((_, index) => [last + 1 + index, bottom + 1 + index] as const),
        ]),
      };
}

/** How many of the document's blank lines belong to the quote at its ends. */
function blankEnds(
  snapshot: Snapshot,
  { quoted, by, alignment }: AlignedLines,
): { readonly above: number; readonly below: number } {
  const [top, bottom] = [Math.min(...alignment.values()), Math.max(...alignment.values())];
  const countFrom = (from: number, step: 1 | -1, most: number): number => {
    let count = 0;
    while (count < most && snapshot.lineKey(from + step * (count + 1)) === '') {
      count += 1;
    }
    return count;
  };
  const head = Math.min(...alignment.keys());
  const tail = quoted.length - 1 - Math.max(...alignment.keys());
  const [ahead, behind] = [by.findIndex(isFull), by.length - 1 - by.findLastIndex(isFull)];
  return {
    above:
      head > 0 && quoted.slice(0, head).every((line) => !isFull(line))
        ? countFrom(top, -1, Math.max(head, ahead))
        : 0,
    below:
      tail > 0 && quoted.slice(-tail).every((line) => !isFull(line))
        ? countFrom(bottom, 1, Math.max(tail, behind))
        : 0,
  };
}

/** Whole lines to delete: at the end of the text, with the line break before them. */
function lineRange(
  snapshot: Snapshot,
  first: number,
  next: number,
): { readonly start: number; readonly end: number } {
  const [start, end] = [snapshot.lineStart(first), snapshot.lineStart(next)];
  const isLast = next === snapshot.lineCount && first > 0;
  return { start: isLast ? snapshot.lineStart(first - 1) + snapshot.lineText(first - 1).length : start, end };
}
