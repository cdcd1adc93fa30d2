import { diffArrays } from 'diff';

/** A line of a diff. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Lines that differ more than this are marked as a whole: the time grows with the square, and nobody waits for it. */
const maxEditLength = 1_000;

/** The shortest difference of two lists of lines; what goes stands before what comes. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const head = commonStart(before, after);
  const tail = commonStart(before.slice(head).toReversed(), after.slice(head).toReversed());
  return [
    ...marked('same', before.slice(0, head)),
    ...diffMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...marked('same', before.slice(before.length - tail)),
  ];
}

function commonStart(before: readonly string[], after: readonly string[]): number {
  const differing = before.findIndex((line, index) => line !== after[index]);
  return differing < 0 ? before.length : differing;
}

function diffMiddle(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const changes = diffArrays([...before], [...after], { maxEditLength });
  return changes
    ? changes.flatMap(({ added, removed, value }) =>
        marked(removed ? 'removed' : added ? 'added' : 'same', value),
      )
    : [...marked('removed', before), ...marked('added', after)];
}

function marked(kind: DiffLine['kind'], texts: readonly string[]): readonly DiffLine[] {
  return texts.map((text) => ({ kind, text }));
}
