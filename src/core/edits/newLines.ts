import { blockBalance, filledLines } from './elidedLines.ts';
import { characterCarrier } from './foldedText.ts';
import { indenter, indentOf } from './indentation.ts';
import { diffLines } from './lineDiff.ts';
import { mergedLines, type FoundLines } from './mergedLines.ts';
import { spacelessLine } from './snapshot.ts';

/** The lines to write, or why they can't be told. */
export type NewLines = readonly string[] | 'elided' | 'missing';

/** What the quoted lines are in the document, as far as they were compared. */
export interface Quoting extends FoundLines {
  /** The document's indentation unit, if known. */
  readonly unit: string | undefined;
}

/** The lines that an edit writes in place of the found ones, in the document's own spelling. */
export function newLines({ unit, ...found }: Quoting): NewLines {
  const filled = filledLines(found.quoted, found.by);
  if (filled === 'elided') {
    return filled;
  }
  const by = atQuotedDepth(found.quoted, filled);
  if (!by) {
    return 'missing';
  }
  const own = [...found.pairs].filter(([index]) => found.filled?.has(index) !== true);
  const pairs = own.map(([index, line]) => [index, found.present[line] ?? ''] as const);
  const opposite = new Map(pairs);
  const quoted = pairs.map(([index]) => found.quoted[index] ?? '');
  const present = pairs.map(([, line]) => line);
  const indent = indenter({ quoted, found: present, by, unit });
  const carry = characterCarrier({
    quoted: found.quoted,
    found: found.quoted.map((_, index) => opposite.get(index) ?? ''),
  });
  const addsBlanks = quoted.some(
    (line, index) => /\S[ \t]+$/.test(line) && !/[ \t]$/.test(present[index] ?? ''),
  );
  const lines = mergedLines({ ...found, by }, (line, replaced) => {
    const written = carry(line, replaced);
    return indent(addsBlanks ? written.trimEnd() : written);
  });
  return lines ?? 'missing';
}

/**
 * New lines that came back at another depth than quoted, moved to where the quoted lines are: the first line and every
 * unchanged one are off by the same step, and no block was opened or closed around them.
 */
function atQuotedDepth(quoted: readonly string[], by: readonly string[]): readonly string[] | undefined {
  const [old, now] = [quoted, by].map((lines) => lines.filter((line) => line.trim() !== ''));
  const step = commonStep(old ?? [], now ?? []);
  const isWhole = old?.length === now?.length && now?.every((line, at) => line.trim() === old?.[at]?.trim());
  if (step === undefined || step === '' || isWhole === true) {
    return by;
  }
  if (blockBalance(quoted) !== blockBalance(by)) {
    return undefined;
  }
  const [sign, blanks] = [step.slice(0, 1), step.slice(1)];
  if (sign === '-') {
    return by.map((line) => (line.trim() === '' ? line : blanks + line));
  }
  const isDeep = by.every((line) => line.trim() === '' || line.startsWith(blanks));
  return isDeep ? by.map((line) => line.slice(blanks.length)) : by;
}

/** By what the first line and the last or all unchanged ones are off, if by the same; a lone bracket shows nothing. */
function commonStep(quoted: readonly string[], by: readonly string[]): string | undefined {
  const step = stepBetween(indentOf(quoted[0] ?? ''), indentOf(by[0] ?? ''));
  const last = stepBetween(indentOf(quoted.at(-1) ?? ''), indentOf(by.at(-1) ?? ''));
  const isFramed = [0, -1].every(
    (at) => spacelessLine(quoted.at(at) ?? '') === spacelessLine(by.at(at) ?? ''),
  );
  if (isFramed && by.length > 1 && quoted.length > 1) {
    return step === last ? step : undefined;
  }
  let [old, now, same, says] = [0, 0, 0, false];
  for (const { kind } of diffLines(quoted.map(spacelessLine), by.map(spacelessLine))) {
    const [was = '', is = ''] = [quoted[old], by[now]];
    if (kind === 'same') {
      if (stepBetween(indentOf(was), indentOf(is)) !== step) {
        return undefined;
      }
      same += 1;
      says ||= /\w/.test(is) || (same > 1 && old === quoted.length - 1 && now === by.length - 1);
    }
    old += kind === 'added' ? 0 : 1;
    now += kind === 'removed' ? 0 : 1;
  }
  return says ? step : undefined;
}

/** `+` or `-` with the indentation that came or went; empty if none did. */
function stepBetween(was: string, is: string): string | undefined {
  if (was === is) {
    return '';
  }
  return is.endsWith(was)
    ? `+${is.slice(0, is.length - was.length)}`
    : was.endsWith(is)
      ? `-${was.slice(0, was.length - is.length)}`
      : undefined;
}
