import type { Token } from 'marked';

/**
 * The first part of a line too long to be laid out again with each addition. It ends before a word, or anywhere in a
 * line without words; later text doesn't move it.
 */
export interface LongLineToken {
  readonly type: 'longLine';
  readonly raw: string;
  readonly text: string;
  readonly tokens: Token[];
}

/** The minimum length of a long line. */
const shortest = 16_000;

/** What may start a line of plain text, then enough of it to count as long. */
const start =
  /^(?! {0,3}(?:[-*+>#`~|<$=_]|\d{1,9}[.)][ \t]|\\\[)| {4}|\t)(?:[^\n]{16000,20000}?[ \t](?=\p{L})|[^\n]{20000}(?=[^\n]{2}))/u;

const lineStartOrBlank = /\n[ \t]*(?=\n|$)|\n/g;

/** Whether a token is part of a long line. */
export function isLongLine(token: Token | LongLineToken): token is LongLineToken {
  return token.type === 'longLine';
}

/** The part of a long line that a text starts with. */
export function longLineAt(source: string): string | undefined {
  return source.length < shortest ? undefined : start.exec(source)?.[0];
}

/** Where a long line starts that interrupts the paragraph at the start of a text, before a place. */
export function nextLongLine(source: string, before = source.length): number | undefined {
  if (source.length < shortest) {
    return undefined;
  }
  for (const { 0: found, index } of source.matchAll(lineStartOrBlank)) {
    if (found !== '\n' || index >= before) {
      return undefined;
    }
    if (longLineAt(source.slice(index + 1)) !== undefined) {
      return index + 1;
    }
  }
  return undefined;
}
