/** A line of a difference. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Above this many pairs of lines, what lies between the common ends is marked as a whole: nobody waits for better. */
const pairsAtMost = 1_000_000;

/** The difference of two lists of lines, by their longest common subsequence; what goes stands before what comes. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) {
    head += 1;
  }
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) {
    tail += 1;
  }
  return [
    ...marked('same', before.slice(0, head)),
    ...diffMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...marked('same', before.slice(before.length - tail)),
  ];
}

function diffMiddle(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const common = before.length * after.length > pairsAtMost ? undefined : commonLengths(before, after);
  if (!common) {
    return [...marked('removed', before), ...marked('added', after)];
  }
  const width = after.length + 1;
  const lines: DiffLine[] = [];
  let [old, now] = [0, 0];
  while (old < before.length && now < after.length) {
    const [one, other] = [before[old] ?? '', after[now] ?? ''];
    if (one === other) {
      lines.push({ kind: 'same', text: one });
      old += 1;
      now += 1;
    } else if ((common[(old + 1) * width + now] ?? 0) >= (common[old * width + now + 1] ?? 0)) {
      lines.push({ kind: 'removed', text: one });
      old += 1;
    } else {
      lines.push({ kind: 'added', text: other });
      now += 1;
    }
  }
  return [...lines, ...marked('removed', before.slice(old)), ...marked('added', after.slice(now))];
}

/** For each pair of places, how many lines the rests from there have in common, row by row. */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  for (let old = before.length - 1; old >= 0; old -= 1) {
    for (let now = after.length - 1; now >= 0; now -= 1) {
      const at = old * width + now;
      common[at] =
        before[old] === after[now]
          ? (common[at + width + 1] ?? 0) + 1
          : Math.max(common[at + width] ?? 0, common[at + 1] ?? 0);
    }
  }
  return common;
}

function marked(kind: DiffLine['kind'], texts: readonly string[]): readonly DiffLine[] {
  return texts.map((text) => ({ kind, text }));
}
