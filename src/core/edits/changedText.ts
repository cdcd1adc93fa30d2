import { diffLines, type DiffLine } from './lineDiff.ts';
import type { LineRange } from './marks.ts';

/** How many unchanged lines are shown around a change, in the text and in the diff. */
const contextLines = { text: 12, diff: 3 };

/** What has changed in a text. */
export interface ChangedText {
  /** The changed lines of the current text, with context. */
  readonly regions: readonly LineRange[];
  /** The changes as a unified diff without file names. */
  readonly diff: string;
}

/** Compares two texts line by line, ignoring line endings. */
export function changedText(before: string, after: string): ChangedText {
  const lines = numbered(diffLines(splitLines(before), splitLines(after)));
  return {
    regions: around(lines, contextLines.text)
      .map((group) => group.filter(({ kind }) => kind !== 'removed'))
      .filter((group) => group.length > 0)
      .map((group) => ({ start: group[0]?.now ?? 1, end: group.at(-1)?.now ?? 1 })),
    diff: around(lines, contextLines.diff).map(render).join(''),
  };
}

/** A line with its number in each text; if one lacks it, the number of the next line there. */
interface NumberedLine extends DiffLine {
  readonly old: number;
  readonly now: number;
}

function numbered(lines: readonly DiffLine[]): readonly NumberedLine[] {
  let [old, now] = [1, 1];
  return lines.map((line) => {
    const each = { ...line, old, now };
    old += line.kind === 'added' ? 0 : 1;
    now += line.kind === 'removed' ? 0 : 1;
    return each;
  });
}

/** The changed lines with context; overlapping groups are merged. */
function around(lines: readonly NumberedLine[], context: number): readonly (readonly NumberedLine[])[] {
  const groups: NumberedLine[][] = [];
  let next = 0;
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') {
      continue;
    }
    const from = Math.max(0, index - context);
    const end = Math.min(lines.length, index + context + 1);
    const last = groups.at(-1);
    if (last && from <= next) {
      last.push(...lines.slice(next, end));
    } else {
      groups.push(lines.slice(from, end));
    }
    next = end;
  }
  return groups;
}

const signs: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', removed: '-', added: '+' };

function render(group: readonly NumberedLine[]): string {
  const [first] = group;
  const [old, now] = (['added', 'removed'] as const).map(
    (absent) => group.filter(({ kind }) => kind !== absent).length,
  );
  const heading = `@@ -${String(first?.old)},${String(old)} +${String(first?.now)},${String(now)} @@\n`;
  return heading + group.map(({ kind, text }) => `${signs[kind]}${text}\n`).join('');
}

function splitLines(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
