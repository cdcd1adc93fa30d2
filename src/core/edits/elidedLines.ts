import { isBareElision, isElision } from './elision.ts';
import { likeness } from './likeness.ts';
import { spacelessLine } from './snapshot.ts';

/** Below this, two lines aren't versions of one another. */
const minAlike = 0.4;

/** The next best line must be this much less alike. */
const minLead = 0.15;

/**
 * New lines with what they leave out filled from the quoted ones, such as the lines that `// ... existing code ...` stands
 * for. `elided` if it isn't certain which those are.
 */
export function filledLines(quoted: readonly string[], by: readonly string[]): readonly string[] | 'elided' {
  const own = new Set(quoted.map(spacelessLine));
  const isMark = (line: string): boolean => isElision(line) && !own.has(spacelessLine(line));
  if (!by.some(isMark)) {
    return by;
  }
  const chunks = chunksOf(by, isMark).map((chunk, index, all) =>
    withoutBlanksBeside(chunk, index, all.length),
  );
  const filled: string[] = [...(chunks[0] ?? [])];
  let from = 0;
  for (const [index, chunk] of chunks.entries()) {
    const next = chunks[index + 1];
    if (!next) {
      continue;
    }
    const start = isEmpty(chunk) ? from : lastOf(quoted, chunk, from);
    const end =
      start === undefined ? undefined : isEmpty(next) ? quoted.length : firstOf(quoted, next, start);
    if (start === undefined || end === undefined || (isEmpty(next) && index + 2 < chunks.length)) {
      return 'elided';
    }
    filled.push(...quoted.slice(start, end), ...next);
    from = end;
  }
  return staysWhole(quoted, by, filled, isMark) ? filled : 'elided';
}

/** A mark that would stand for nothing may be code of its own, and one that hides an end leaves brackets open. */
function staysWhole(
  quoted: readonly string[],
  by: readonly string[],
  filled: readonly string[],
  isMark: (line: string) => boolean,
): boolean {
  const marks = by.filter(isMark);
  const isCode = marks.some(isBareElision) && filled.length === by.length - marks.length;
  return !isCode && blockBalance(filled) === blockBalance(quoted);
}

/** How many more blocks open at the ends of lines than close at their beginnings; brackets in strings don't count. */
export function blockBalance(lines: readonly string[]): number {
  const opening = lines.filter((line) => /[{([]\s*(?:\/\/.*)?$/.test(line)).length;
  return opening - lines.filter((line) => /^\s*[})\]]/.test(line)).length;
}

function chunksOf(
  lines: readonly string[],
  isMark: (line: string) => boolean,
): readonly (readonly string[])[] {
  const chunks: string[][] = [[]];
  for (const line of lines) {
    if (isMark(line)) {
      chunks.push([]);
    } else {
      chunks.at(-1)?.push(line);
    }
  }
  return chunks;
}

/** Blank lines beside a mark stand for the document's own. */
function withoutBlanksBeside(chunk: readonly string[], index: number, count: number): readonly string[] {
  const isFull = (line: string): boolean => line.trim() !== '';
  const [first, last] = [chunk.findIndex(isFull), chunk.findLastIndex(isFull)];
  return first < 0 ? [] : chunk.slice(index === 0 ? 0 : first, index === count - 1 ? undefined : last + 1);
}

function isEmpty(chunk: readonly string[]): boolean {
  return chunk.every((line) => line.trim() === '');
}

/** After which quoted line a chunk ends. */
function lastOf(quoted: readonly string[], chunk: readonly string[], from: number): number | undefined {
  const at = edgeIn(quoted.slice(from).reverse(), chunk.toReversed());
  return at === undefined ? undefined : quoted.length - at;
}

/** At which quoted line a chunk begins. */
function firstOf(quoted: readonly string[], chunk: readonly string[], from: number): number | undefined {
  const at = edgeIn(quoted.slice(from), chunk);
  return at === undefined ? undefined : from + at;
}

/** Where the chunk's first line is among these lines, as it is or in another version. */
function edgeIn(lines: readonly string[], chunk: readonly string[]): number | undefined {
  const wanted = chunk.filter((line) => line.trim() !== '');
  const [first = ''] = wanted;
  const same = indexesOf(lines, first);
  if (same.length === 1) {
    return same[0];
  }
  if (same.length > 1) {
    const [whole, other] = same.filter((at) => isAt(lines, wanted, at));
    return other === undefined ? whole : undefined;
  }
  const alike = alikeIn(lines, first);
  return alike !== undefined && isReplacedLineByLine(lines, wanted, alike) ? alike : undefined;
}

/** Whether as many new lines as old ones stand between here and the next unchanged line. */
function isReplacedLineByLine(lines: readonly string[], wanted: readonly string[], from: number): boolean {
  const rest = lines.slice(from).filter((line) => line.trim() !== '');
  const count = wanted.findIndex((line) => indexesOf(rest, line).length > 0);
  return count < 0
    ? wanted.length === rest.length
    : spacelessLine(rest[count] ?? '') === spacelessLine(wanted[count] ?? '');
}

function alikeIn(lines: readonly string[], wanted: string): number | undefined {
  const scores = lines.map((line, at) => ({ at, score: likeness(line, wanted) }));
  const [best, next] = scores.sort((one, other) => other.score - one.score);
  return best && best.score >= minAlike && best.score - (next?.score ?? 0) >= minLead ? best.at : undefined;
}

function isAt(lines: readonly string[], wanted: readonly string[], at: number): boolean {
  const rest = lines.slice(at).filter((line) => line.trim() !== '');
  return wanted.slice(0, 3).every((line, index) => spacelessLine(rest[index] ?? '') === spacelessLine(line));
}

function indexesOf(lines: readonly string[], wanted: string): readonly number[] {
  const key = spacelessLine(wanted);
  return lines.flatMap((line, at) => (spacelessLine(line) === key ? [at] : []));
}
