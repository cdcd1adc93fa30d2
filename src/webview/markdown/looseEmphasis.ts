/** Letters and signs of scripts that put no spaces between words. */
const wide = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\u3000-\u303f\uff00-\uffef]/u;

/** Emphasis that by CommonMark's rule of spaces would show its marks. */
export interface LooseEmphasis {
  readonly marks: string;
  /** The text between the marks. */
  readonly inner: string;
}

/**
 * Emphasis beside punctuation where no space is: in scripts without spaces (`**注意：**请`), and strong words that end in
 * punctuation (`**Note:**This`). It is on one line and has no other emphasis by asterisks inside.
 */
export function looseEmphasis(source: string, masked: string, before: string): LooseEmphasis | undefined {
  const marks = /^\*{1,3}(?![\s*])/.exec(masked)?.[0];
  if (marks === undefined) {
    return undefined;
  }
  const end = masked.indexOf('*', marks.length);
  const after = masked.charAt(end + marks.length);
  const inner = source.slice(marks.length, Math.max(end, 0));
  if (!masked.startsWith(marks, end) || after === '*' || inner.includes('\n') || inner !== inner.trim()) {
    return undefined;
  }
  const beside = [before, masked.charAt(marks.length), masked.charAt(end - 1), after];
  const isLabel =
    marks.length > 1 && /^[^\p{L}\p{N}]?$/u.test(before) && /\p{P}$/u.test(inner) && /\p{L}/u.test(after);
  return isLabel || beside.some((each) => wide.test(each)) ? { marks, inner } : undefined;
}
