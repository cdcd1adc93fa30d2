import type { Secret } from '../redaction.ts';

/** Finds the secrets of some kinds in a text, in linear time. */
export type Rule = (text: string) => Iterable<Secret>;

/**
 * Whether a token can begin here: after anything but a letter or a digit, unless that letter belongs to an escape: `\n`
 * in a string, `%3D` in a URL, the `m` of a terminal's color.
 */
export function isStartOfToken(text: string, at: number): boolean {
  if (at === 0 || !isLetterOrDigit(text.charCodeAt(at - 1))) {
    return true;
  }
  return /(?:\\[nrtbfv]|\\u00[0-9a-f]{2}|\\x[0-9a-f]{2}|%[0-9a-f]{2}|\u001b\[[\d;]{0,12}m)$/i.test(
    text.slice(Math.max(0, at - 16), at),
  );
}

/** Whether a character code is an ASCII letter or digit. */
export function isLetterOrDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
