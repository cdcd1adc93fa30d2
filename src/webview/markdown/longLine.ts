import type { Token } from 'marked';

/**
 * The first part of a line that is too long to be laid out anew whenever more of it comes. It ends before a word, or
 * anywhere in a line without words; no later text changes where that is.
 */
export interface LongLineToken {
  readonly type: 'longLine';
  readonly raw: string;
  readonly text: string;
  readonly tokens: Token[];
}

/** No shorter line is long. */
const shortest = 16_000;

/** What may stand at the beginning of a line of plain text, then so much of it that the line counts as long. */
const start =
  /^(?! {0,3}(?:[-*+>#`~|<$=_]|\d{1,9}[.)][ \t]|\\\[)| {4}|\t)(?:[^\n]{16000,20000}?[ \t](?=\p{L})|[^\n]{20000}(?=[^\n]{2}))/u;

const lineStartOrBlank = /\n[ \t]*(?=\n|$)|\n/g;

/** Tells whether a token is a part of a long line. */
export function isLongLine(token: Token | LongLineToken): token is LongLineToken {
  return token.type === 'longLine';
}

/** The part of a long line that a text begins with, as it is written. */
export function longLineAt(source: string): string | undefined {
  return source.length < shortest ? undefined : start.exec(source)?.[0];
}

/** Where a long line begins that interrupts the paragraph at the beginning of a text. */
export function nextLongLine(source: string): number | undefined {
  if (source.length < shortest) {
    return undefined;
  }
  for (const { 0: found, index } of source.matchAll(lineStartOrBlank)) {
    if (found !== '\n') {
      return undefined;
    }
    if (longLineAt(source.slice(index + 1)) !== undefined) {
      return index + 1;
    }
  }
  return undefined;
}
