import { LineMaths } from './maths.ts';

/** The cells of a table's row, as many as it has columns: what is beyond the last belongs to the last. */
export function cellsOf(line: string, columns: number): readonly string[] {
  const plain = cells(line, line);
  const aware = /[`$\\]/.test(line) ? cells(line, mask(line)) : plain;
  const best = plain.length === columns && aware.length !== columns ? plain : aware;
  return Array.from({ length: columns }, (_, at) =>
    at === columns - 1 ? best.slice(at).join(' | ') : (best[at] ?? ''),
  );
}

/** A line whose bars in code and formulas are escaped. */
export function withEscapedBars(line: string): string {
  const masked = mask(line);
  const starts = [0, ...Array.from(barsIn(line)).filter((at) => masked.charAt(at) !== '|')];
  return starts.map((start, at) => line.slice(start, starts[at + 1])).join('\\');
}

function cells(line: string, masked: string): readonly string[] {
  const starts = [0, ...Array.from(barsIn(masked), (at) => at + 1)];
  const all = starts.map((start, at) => line.slice(start, (starts[at + 1] ?? line.length + 1) - 1));
  const from = all[0]?.trim() === '' ? 1 : 0;
  const to = all.length > from && all.at(-1)?.trim() === '' ? all.length - 1 : all.length;
  return all.slice(from, to).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** Where bars are that aren't escaped. */
function* barsIn(text: string): Generator<number> {
  for (const { 0: mark, index } of text.matchAll(/\\[^]|\|/g)) {
    if (mark === '|') {
      yield index;
    }
  }
}

/** A text of the same length with letters in place of formulas and code. */
function mask(line: string): string {
  const text = new LineMaths(line).mask(line);
  const runs = Array.from(text.matchAll(/`+/g));
  const parts: string[] = [];
  let done = 0;
  for (const [at, end] of closingRuns(runs)) {
    const start = runs[at]?.index ?? 0;
    if (start >= done) {
      parts.push(text.slice(done, start), 'a'.repeat(end - start));
      done = end;
    }
  }
  return parts.join('') + text.slice(done);
}

/** Of each run of backticks that is closed, where the code ends; in order. */
function closingRuns(runs: readonly RegExpMatchArray[]): readonly (readonly [run: number, end: number])[] {
  const ends = new Map<number, number>();
  return runs
    .map(({ 0: marks, index = 0 }, at) => [at, marks.length, index + marks.length] as const)
    .reverse()
    .flatMap(([at, length, own]) => {
      const end = ends.get(length);
      ends.set(length, own);
      return end === undefined ? [] : [[at, end] as const];
    })
    .reverse();
}
