/** One measured figure, as `npm run bench` prints it. */
export interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: 'ms' | 'KB' | 'MB' | '%';
  /** What was measured beside it, in the same run and in the same way. */
  readonly comparison: { readonly what: string; readonly value: number };
  /** How many times the comparison the value is; `null` where the comparison is zero. */
  readonly ratio: number | null;
  /** What the value may be at most. */
  readonly limit: number;
  /** How many measurements the value is the median of. */
  readonly runs: number;
}

/** Rounds what was measured, and sets it against the comparison. */
export function toFigure(
  measured: Omit<Figure, 'ratio'> & { readonly comparison: Figure['comparison'] },
): Figure {
  const { figure, unit, limit, runs, comparison } = measured;
  const value = rounded(measured.value);
  const compared = rounded(comparison.value);
  return {
    figure,
    value,
    unit,
    comparison: { what: comparison.what, value: compared },
    ratio: compared === 0 ? null : Math.round((value / compared) * 100) / 100,
    limit,
    runs,
  };
}

/** The middle of some measurements; noise on one side does not move it. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) {
    throw new Error('nothing was measured');
  }
  return (lower + upper) / 2;
}

/** Tells a person how far it is; the figures alone go to standard output. */
export function progress(words: string): void {
  console.error(words);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
