import { indentOf } from './indentation.ts';

/** The lines around a place, to tell what indentation is natural there. */
export interface Surroundings {
  /** What stands before the quote in its line. */
  readonly prefix: string;
  readonly after: string | undefined;
}

/**
 * Lines that take the place of one that was quoted without its indentation: it is added to the later ones too, unless
 * they have it already. Absent if both would look natural.
 */
export function withPrefix(by: readonly string[], around: Surroundings): readonly string[] | undefined {
  const { prefix } = around;
  const [first, ...rest] = by;
  if (first === undefined) {
    return [];
  }
  const written = [prefix + first, ...rest];
  if (prefix === '' || rest.every((line) => line.trim() === '')) {
    return written;
  }
  const indented = [prefix + first, ...rest.map((line) => (line.trim() === '' ? line : prefix + line))];
  const [asWritten, asIndented] = [faults(written, around), faults(indented, around)];
  return asWritten === asIndented ? undefined : asWritten < asIndented ? written : indented;
}

/** How often a line is deeper or less deep than the one before it without a reason. */
function faults(lines: readonly string[], { after }: Surroundings): number {
  const all = [...lines, ...(after === undefined ? [] : [after])].filter((line) => line.trim() !== '');
  let count = 0;
  for (const [index, line] of all.entries()) {
    const before = all[index - 1];
    if (before !== undefined) {
      count += faultBetween(before, line, index === all.length - 1 && after !== undefined);
    }
  }
  return count;
}

function faultBetween(before: string, line: string, isLast: boolean): number {
  const step = indentOf(line).length - indentOf(before).length;
  const opens = /[{([:]\s*(?:\/\/.*|#.*)?$|=>\s*$|\b(?:then|do|else)\s*$/.test(before);
  const closes = /^\s*(?:[})\]]|<\/|end\b|else\b|elif\b|except\b|finally\b|case\b|default\b)/.test(line);
  if (opens) {
    return closes ? Number(step !== 0) : Number(step <= 0);
  }
  // Whatever follows may end a block without a sign.
  return step > 0 ? 1 : step < 0 && !closes && !isLast ? 0.5 : step === 0 && closes ? 0.5 : 0;
}
