import { diffLines } from './lineDiff.ts';
import type { Placement } from './placement.ts';

/**
 * The changes that turn one text into another, line by line: offsets into the first text, in order, applied at once.
 */
export function changesBetween(before: string, after: string): readonly Placement[] {
  const changes: Placement[] = [];
  let at = 0;
  for (const { kind, text } of diffLines(linesOf(before), linesOf(after))) {
    const end = kind === 'added' ? at : at + text.length;
    const last = changes.at(-1);
    if (kind !== 'same' && last?.end === at) {
      changes[changes.length - 1] = { ...last, end, text: last.text + (kind === 'added' ? text : '') };
    } else if (kind !== 'same') {
      changes.push({ start: at, end, text: kind === 'added' ? text : '' });
    }
    at = end;
  }
  return changes;
}

/** The changes that give every line this ending, applied at once. */
export function changesOfEnds(text: string, end: '\n' | '\r\n'): readonly Placement[] {
  return [...text.matchAll(/\r?\n/g)]
    .filter(([present]) => present !== end)
    .map(({ 0: present, index }) => ({ start: index, end: index + present.length, text: end }));
}

/** Lines with their endings. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
