import type { Placement } from './placement.ts';

/** A range of a text, in offsets. */
export interface OffsetRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Where a range is after changes: each entry is a set of changes made at once, in offsets into the text before them.
 * Absent if one touched the range itself.
 */
export function movedRange(
  range: OffsetRange,
  changes: readonly (readonly Placement[])[],
): OffsetRange | undefined {
  let { start, end } = range;
  for (const together of changes) {
    let by = 0;
    for (const change of together) {
      if (change.end <= start) {
        by += change.text.length - (change.end - change.start);
      } else if (change.start < end) {
        return undefined;
      }
    }
    [start, end] = [start + by, end + by];
  }
  return { start, end };
}
