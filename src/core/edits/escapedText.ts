import { outsideStrings } from './entities.ts';
import type { Quote } from './quote.ts';

/** A line break that a regular expression names. */
const inPattern = /[/[(|^]\\n|\\n[/\])|+*?{]/;

/** What a quote on one line with `\n` in it may mean. */
export function unescapedQuotes(quote: Quote): readonly Quote[] {
  const { search, replace } = quote;
  if (/\n./.test(search) || !search.includes('\\n')) {
    return [];
  }
  const [old, now] = [fromJson(search), fromJson(replace)];
  if (old !== undefined && now !== undefined && /\\["\\]/.test(search + replace)) {
    return [{ ...quote, search: old, replace: now }];
  }
  const lines = breaks(search);
  const byLines = breaksOf(replace, new Set(lines.split('\n').map((line) => line.trim())));
  const unquoted = outsideStrings(search, breaks);
  const byStrings = outsideStrings(replace, breaks);
  return [
    ...(byLines === undefined ? [] : [{ ...quote, search: lines, replace: byLines }]),
    ...(unquoted === lines || unquoted === search
      ? []
      : [{ ...quote, search: unquoted, replace: byStrings }]),
  ];
}

/**
 * New code on one line with the breaks it means: all `\n` stand outside of strings, and there are several, or the quoted
 * line comes back. What looks like a command of TeX, such as `\nu`, isn't read without such a line.
 */
export function withBreaks(search: string, replace: string): string | undefined {
  const read = outsideStrings(replace, breaks);
  if (search.includes('\\n') || read !== breaks(replace) || inPattern.test(replace)) {
    return undefined;
  }
  const lines = read.split('\n');
  const isReturned = lines.some((line) => line.trim() === search.trim());
  const isTex = lines
    .slice(1)
    .some((line) => /^(?:u|e|i|eq|abla|ewline|oindent|ode|ewcommand|ot|otag|ormalsize)\b/.test(line));
  const isText = lines.length > 2 || (search === '' && lines.length > 1 && lines[1]?.trim() !== '');
  return isReturned || (isText && !isTex) ? read : undefined;
}

/** New code with its breaks, if none of them may stand in a string; quoted lines come back whole. */
function breaksOf(text: string, known: ReadonlySet<string>): string | undefined {
  const lines = breaks(text).split('\n');
  const mayBreakString = lines.some((line, index) => {
    const next = lines[index + 1];
    return (
      next !== undefined &&
      !known.has(line.trim()) &&
      !known.has(next.trim()) &&
      (isOpen(line) || isOpen(next))
    );
  });
  return mayBreakString ? undefined : lines.join('\n');
}

/** Whether a string may begin or end in a line without ending or beginning there. */
function isOpen(line: string): boolean {
  const text = line.replace(/(?<=\p{L})'(?=\p{L})/gu, '');
  return ['"', "'", '`'].some((sign) => text.split(sign).length % 2 === 0);
}

function breaks(text: string): string {
  return text.replace(/(?<!\\)\\(?:r\\n|[nt])/g, (found) => (found === '\\t' ? '\t' : '\n'));
}

/** What a text means that was written as JSON once more than needed. */
function fromJson(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(`"${text.replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`);
    return typeof value === 'string' ? value : undefined;
  } catch {
    // It isn't a text of JSON.
    return undefined;
  }
}
