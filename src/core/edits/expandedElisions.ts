import { isElision } from './elision.ts';
import type { FoundLines } from './mergedLines.ts';

/** What one mark such as `// ... existing code ...` stands for. */
interface Gap {
  readonly lines: readonly string[];
  /** How many blank lines before and after the mark the document lacks. */
  readonly surplus: readonly [before: number, after: number];
}

/**
 * A found quote in which marks such as `// ... existing code ...` are replaced by the lines they stand for, on both
 * sides. `elided` if the replacement doesn't repeat them.
 */
export function expandedElisions(found: FoundLines): FoundLines | 'elided' {
  const { quoted, by, pairs } = found;
  const marks = [...quoted.keys()].filter((index) => isElision(quoted[index] ?? '') && !pairs.has(index));
  if (marks.length === 0) {
    return found;
  }
  const marksOfBy = [...by.keys()].filter((index) => isElision(by[index] ?? ''));
  const isParallel = marks.every((mark, at) => endsAt(quoted, mark) === endsAt(by, marksOfBy[at] ?? -1));
  if (marksOfBy.length !== marks.length || !isParallel) {
    return 'elided';
  }
  const gaps = marks.map((mark) => gapAt(found, mark));
  return {
    ...expanded(found, marks, gaps),
    by: spread(by, marksOfBy, gaps).map(({ text }) => text),
    present: found.present,
  };
}

/** At which ends of the lines a mark is. */
function endsAt(lines: readonly string[], mark: number): string {
  const says = (some: readonly string[]): boolean =>
    some.some((line) => line.trim() !== '' && !isElision(line));
  return [says(lines.slice(0, mark)), says(lines.slice(mark + 1))].join();
}

function gapAt({ quoted, present, pairs }: FoundLines, mark: number): Gap {
  const indexes = [...pairs.keys()].filter((index) => quoted[index]?.trim() !== '');
  const [before, after] = [
    Math.max(...indexes.filter((index) => index < mark)),
    Math.min(...indexes.filter((index) => index > mark)),
  ].map((index) => pairs.get(index));
  if (before === undefined || after === undefined) {
    // What an answer leaves out at its ends isn't part of the edit.
    return { lines: [], surplus: [blanksFrom(quoted, mark, -1), blanksFrom(quoted, mark, 1)] };
  }
  const lines = present.slice(before + 1, after);
  const [first, last] = [blanksFrom(quoted, mark, -1), blanksFrom(quoted, mark, 1)];
  const head = Math.min(first, blanksFrom(lines, -1, 1));
  const tail = Math.min(last, blanksFrom(lines.slice(head), lines.length - head, -1));
  return { lines: lines.slice(head, lines.length - tail), surplus: [first - head, last - tail] };
}

/** How many blank lines follow one, or stand before it. */
function blanksFrom(lines: readonly string[], from: number, step: 1 | -1): number {
  let count = 0;
  while (lines[from + step * (count + 1)]?.trim() === '') {
    count += 1;
  }
  return count;
}

/** The quoted lines with those left out, each paired with itself. */
function expanded(
  { quoted, present, pairs }: FoundLines,
  marks: readonly number[],
  gaps: readonly Gap[],
): Pick<FoundLines, 'quoted' | 'pairs' | 'filled'> {
  const lines = spread(quoted, marks, gaps);
  const filled = new Set<number>();
  const all = new Map<number, number>();
  let next = 0;
  for (const [place, { text, index }] of lines.entries()) {
    const pair = index === undefined ? undefined : pairs.get(index);
    if (text.trim() === '') {
      continue;
    }
    while (index === undefined && present[next]?.trim() === '') {
      next += 1;
    }
    const line = pair ?? next;
    if (index === undefined) {
      filled.add(place);
    }
    all.set(place, line);
    next = line + 1;
  }
  return { quoted: lines.map(({ text }) => text), filled, pairs: all };
}

/** The lines with the gaps filled; each tells its index among the lines, unless it is from a gap. */
function spread(
  lines: readonly string[],
  marks: readonly number[],
  gaps: readonly Gap[],
): readonly { readonly text: string; readonly index?: number }[] {
  const dropped = new Set<number>();
  for (const [at, mark] of marks.entries()) {
    const [before, after] = gaps[at]?.surplus ?? [0, 0];
    for (let step = 1; step <= Math.min(before, blanksFrom(lines, mark, -1)); step += 1) {
      dropped.add(mark - step);
    }
    for (let step = 1; step <= Math.min(after, blanksFrom(lines, mark, 1)); step += 1) {
      dropped.add(mark + step);
    }
  }
  return lines.flatMap((text, index) => {
    const mark = marks.indexOf(index);
    return mark >= 0
      ? (gaps[mark]?.lines ?? []).map((line) => ({ text: line }))
      : dropped.has(index)
        ? []
        : [{ text, index }];
  });
}
