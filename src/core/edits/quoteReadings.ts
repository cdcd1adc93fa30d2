import { isCodeFile, plainEntities, plainEntitiesOfCode } from './entities.ts';
import { unescapedQuotes, withBreaks } from './escapedText.ts';
import type { Quote } from './quote.ts';
import { linesOf } from './snapshot.ts';

/**
 * What a quote means if its lines are wrapped or marked as models do: in a fence, with line numbers or the signs of a
 * diff, with HTML entities, or with line breaks written as `\n`. The likeliest first, without the quote itself.
 */
export function otherReadings(quote: Quote): readonly Quote[] {
  let readings: readonly Quote[] = [quote];
  for (const read of [withoutFence, withoutNumbers, withoutEntities, unescapedQuotes]) {
    readings = [...readings, ...readings.flatMap(read)];
  }
  return readings.slice(1);
}

/** A quote of which every line begins with the sign of a diff, without these. */
export function withoutSigns(quote: Quote): Quote | undefined {
  const [old, now] = [linesOf(quote.search), linesOf(quote.replace)];
  const isWhole = old.every((line) => /^[ -]|^$/.test(line)) && now.every((line) => /^[ +]|^$/.test(line));
  const hasSigns = old.some((line) => line.startsWith('-')) || now.some((line) => line.startsWith('+'));
  return isWhole && hasSigns
    ? { ...quote, search: unsigned(quote.search), replace: unsigned(quote.replace) }
    : undefined;
}

/** A quote whose replacement alone is wrapped or marked, as it is meant. */
export function withPlainReplacement(quote: Quote): Quote {
  const { search } = quote;
  let { replace } = quote;
  if (!/^[^\S\n]*(?:`{3}|~{3})/m.test(search) && isCodeFile(quote.file)) {
    replace = fenceContent(replace) ?? replace;
  }
  replace = newLinesOfDiff(search, replace) ?? replace;
  if (!replace.includes('\n') && replace.includes('\\n')) {
    replace = withBreaks(search, replace) ?? replace;
  }
  return { ...quote, replace: plainEntitiesOfCode(search, replace, quote.file) };
}

/** A new text as it is meant: without a fence around it, with its line breaks, and with plain characters in code. */
export function plainNewText(text: string, file: string | undefined): string {
  return withPlainReplacement({ search: '', replace: text, ...(file !== undefined && { file }) }).replace;
}

/** The new lines if the replacement is a diff of the quoted ones. */
function newLinesOfDiff(search: string, replace: string): string | undefined {
  const lines = linesOf(replace);
  if (!lines.every((line) => /^[ +-]|^$/.test(line)) || !lines.some((line) => line.startsWith('+'))) {
    return undefined;
  }
  const old = lines.filter((line) => !line.startsWith('+')).map(unsignedLine);
  const isSame =
    old.map((line) => line.trimEnd()).join('\n') ===
    linesOf(search)
      .map((line) => line.trimEnd())
      .join('\n');
  const isDiff = isSame && search.trim() !== '' && old.join('\n') !== lines.join('\n');
  return isDiff
    ? lines
        .filter((line) => !line.startsWith('-'))
        .map(unsignedLine)
        .join('\n') + (replace.endsWith('\n') ? '\n' : '')
    : undefined;
}

function withoutFence(quote: Quote): readonly Quote[] {
  const search = fenceContent(quote.search);
  return search === undefined || search.trim() === ''
    ? []
    : [{ ...quote, search, replace: fenceContent(quote.replace) ?? quote.replace }];
}

/** What stands in a fence that is around all of a text. */
function fenceContent(text: string): string | undefined {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const [, fence] = /^\s*(`{3,}|~{3,})[^`]*$/.exec(lines[first] ?? '') ?? [];
  if (fence === undefined || last <= first || lines[last]?.trim() !== fence) {
    return undefined;
  }
  return lines.slice(first + 1, last).join('\n');
}

/** A line with its number: the number, what separates it, and one blank after it. */
const numbered = /^[ \t]*(?:L|line )?\[?(\d{1,7})\]?(?:[ \t]*[|:│→][ \t]?|\t|[.)][ \t]|[ \t]{1,3}|$)/i;
const numberedTightly = /^[ \t]*(?:L|line )?\[?(\d{1,7})\]?(?:[ \t]*[|:│→]|\t|[.)]|[ \t]|$)/i;

function withoutNumbers(quote: Quote): readonly Quote[] {
  const old = linesOf(quote.search);
  return [numbered, numberedTightly].flatMap((pattern): readonly Quote[] => {
    const numbers = old.map((line) => numberOf(line, pattern));
    const [first] = numbers;
    const isCounted = first !== undefined && numbers.every((number, index) => number === first + index);
    // A blank separates only if every line has one.
    const both = [
      ...old,
      ...linesOf(quote.replace).filter((line) => numberOf(line, numberedTightly) !== undefined),
    ];
    const hasBlanks = both.every((line) => tightEnd(line) === '' || /^[ \t]/.test(tightEnd(line)));
    if (!isCounted || (pattern === numbered && !hasBlanks)) {
      return [];
    }
    const strip = (text: string): string =>
      text
        .split('\n')
        .map((line) => line.replace(pattern, ''))
        .join('\n');
    const now = linesOf(quote.replace);
    const isNumbered = now
      .filter((line) => line.trim() !== '')
      .every((line) => numberOf(line, pattern) !== undefined);
    const isPlain = now.every((line) => !/^[ \t]*\d+[ \t]*[|:│→]/.test(line));
    return isNumbered || isPlain
      ? [
          {
            ...quote,
            search: strip(quote.search),
            replace: isNumbered ? strip(quote.replace) : quote.replace,
            startLine: first,
          },
        ]
      : [];
  });
}

/** What follows a line's number and its sign. */
function tightEnd(line: string): string {
  return line.replace(numberedTightly, '');
}

function numberOf(line: string, pattern: RegExp): number | undefined {
  const [, digits] = pattern.exec(line) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function withoutEntities(quote: Quote): readonly Quote[] {
  const search = plainEntities(quote.search);
  return search === quote.search ? [] : [{ ...quote, search, replace: plainEntities(quote.replace) }];
}

function unsigned(text: string): string {
  return text.split('\n').map(unsignedLine).join('\n');
}

function unsignedLine(line: string): string {
  return line.slice(1);
}
