import type { Secret } from './redaction.ts';

/** A mark as we write it, or as a model may write it back. */
const anyMark = /\[\s{0,3}redacted\s{0,3}:[^\]\n]{0,200}\]/gi;

/** A mark in a text that was sent: what stands before it in its line, and what it stands for. */
export interface KnownMark {
  readonly key: string;
  readonly value: string;
  /** Where the value is in the real text. */
  readonly start: number;
  readonly end: number;
}

/** A text whose marks were put back, and which of the known ones they are. */
export interface Restored {
  readonly text: string;
  readonly used: readonly KnownMark[];
}

/** Whether a text has a mark in the place of a secret. */
export function hasMarks(text: string): boolean {
  return text.search(anyMark) >= 0;
}

/** More marks than this aren't put back: nobody writes them by hand. */
const maxMarks = 1_000;

/** The marks that a real text was sent with; one that the text itself has stands for itself. */
export function marksOf(real: string, secrets: readonly Secret[]): readonly KnownMark[] {
  const hidden = merged(secrets).map(({ start, end, kind }) => ({ start, end, mark: `[redacted: ${kind}]` }));
  const literal = Array.from(real.matchAll(anyMark), ({ index, 0: mark }) => ({
    ...{ start: index, end: index + mark.length, mark },
  }));
  if (hidden.length + literal.length > maxMarks) {
    return [];
  }
  const seen = literal.filter(
    ({ start, end }) => !hidden.some((each) => start < each.end && each.start < end),
  );
  const places = [...hidden, ...seen].toSorted((one, other) => one.start - other.start);
  const marks: KnownMark[] = [];
  let [line, last] = ['', 0];
  for (const { start, end, mark } of places) {
    line = lastLine(line + real.slice(last, start)) + mark;
    last = end;
    marks.push({ key: keyOf(line), value: real.slice(start, end), start, end });
  }
  return marks;
}

/**
 * Puts the originals in the place of the marks: where a line is, up to the mark, one that was sent, and its value the
 * only one that may be meant. With `once`, each known mark is used once. Absent if any mark can't be put back exactly.
 */
export function restoreMarks(text: string, known: readonly KnownMark[], once: boolean): Restored | undefined {
  const left = new Set(known);
  const used: KnownMark[] = [];
  let [result, end] = ['', 0];
  for (const { index, 0: mark } of text.matchAll(anyMark)) {
    if (used.length === maxMarks) {
      return undefined;
    }
    const line = lastLine(text.slice(0, index + mark.length));
    const same = known.filter(({ key }) => key === keyOf(line));
    const next = same.find((each) => !once || left.has(each));
    if (!next || same.some(({ value }) => value !== next.value)) {
      return undefined;
    }
    left.delete(next);
    used.push(next);
    result += text.slice(end, index) + next.value;
    end = index + mark.length;
  }
  return { text: result + text.slice(end), used };
}

/** Overlapping secrets are one, of the first one's kind, as redaction writes them. */
function merged(secrets: readonly Secret[]): readonly Secret[] {
  const all: Secret[] = [];
  for (const secret of secrets.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = all.at(-1);
    if (!last || secret.start >= last.end) {
      all.push(secret);
    } else if (secret.end > last.end) {
      all[all.length - 1] = { ...last, end: secret.end };
    }
  }
  return all;
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf('\n') + 1);
}

/** Indentation and the way that a mark is written don't matter. */
function keyOf(line: string): string {
  return line.trimStart().replaceAll(anyMark, (mark) => mark.toLowerCase().replaceAll(/\s/g, ''));
}
