import { withoutStrangers } from './foldedText.ts';
import { alignments, type Alignment, type Skipping } from './lineAlignment.ts';
import { found, type Location } from './location.ts';
import { withPrefix } from './partOfLine.ts';
import type { Quote } from './quote.ts';
import { linePlaces, onlyPlace, textPlaces, type Places } from './quotePlaces.ts';
import { otherReadings, withoutSigns, withPlainReplacement } from './quoteReadings.ts';
import { isFull, linesOf, plainText, spacelessLine, type Snapshot } from './snapshot.ts';
import { writeLines } from './writtenLines.ts';

/** A line of a comment in one of the usual languages. */
const commentLine = /^(?:\*|\/[/*]|#|--|<!--|;)/;
/** Lines around an edit that tell whether it repeats one. */
const aroundLines = 4;

type Step = (snapshot: Snapshot, quote: Quote) => Location | undefined;

/**
 * Locates a model's quote in the text it was shown: exactly, or else as models misquote, each way only after the stricter
 * ones: other white space, other quotes and dashes, signs, numbers and fences around the lines, and lines left out. If
 * there are several matches, the line decides if it can. The line refers to that text; `shift` accounts for later typing.
 */
export function locate(snapshot: Snapshot, given: Quote): Location {
  const plain = { ...given, search: plainText(given.search), replace: plainText(given.replace) };
  const quote = withPlainReplacement(plain);
  if (quote.search.trim() === '') {
    return snapshot.isBlank
      ? found(snapshot, { start: snapshot.lineStart(0), end: snapshot.text.length, text: quote.replace })
      : { state: 'empty' };
  }
  const exact = locateText(snapshot, quote);
  if (exact) {
    return exact;
  }
  const signed = withoutSigns(plain);
  const readings = readingsOf(snapshot, quote, plain);
  const attempts: readonly (readonly [Step, readonly Quote[]])[] = [
    [locateStrictly, signed ? [signed] : []],
    [locateStrictly, readings],
    [(...given) => locateAligned(...given, 'blank'), signed ? [signed, ...readings] : readings],
    [(...given) => locateAligned(...given, 'comment'), signed ? [signed, ...readings] : readings],
  ];
  for (const [step, quotes] of attempts) {
    for (const each of quotes) {
      const location = step(snapshot, each);
      if (location) {
        return location;
      }
    }
  }
  return { state: 'missing' };
}

/** What the quote may mean, the likeliest first. */
function readingsOf(snapshot: Snapshot, quote: Quote, plain: Quote): readonly Quote[] {
  const own = withoutStrangers(snapshot.plain, quote.search);
  const spelled = own && { ...quote, search: own(quote.search), replace: own(quote.replace) };
  return [...(spelled ? [spelled] : []), quote, ...otherReadings(spelled ?? plain)];
}

function locateStrictly(snapshot: Snapshot, quote: Quote): Location | undefined {
  return locateText(snapshot, quote) ?? locateLines(snapshot, quote);
}

/** Finds the quote exactly. */
function locateText(snapshot: Snapshot, quote: Quote): Location | undefined {
  const { search, replace, startLine } = quote;
  if (search.trim() === '') {
    return undefined;
  }
  const at = onlyPlace(textPlaces(snapshot, search), startLine);
  if (typeof at === 'string') {
    return at === 'missing' ? undefined : { state: at };
  }
  if (standsElsewhere(snapshot, quote, at)) {
    return { state: 'ambiguous' };
  }
  const end = at + search.length;
  const first = snapshot.lineAt(at);
  const last = snapshot.lineAt(search.endsWith('\n') ? end - 1 : end);
  const prefix = snapshot.plain.slice(snapshot.plainStarts[first], at);
  const rest = snapshot.lineText(last).slice(end - (snapshot.plainStarts[last] ?? 0));
  const endsLine = search.endsWith('\n') || rest === '';
  if (prefix.trim() === '' && endsLine) {
    return wholeLines(snapshot, quote, { first, last, prefix });
  }
  if (prefix.trim() !== '' && search.startsWith('\n')) {
    // Its first line is blank, and this one isn't.
    return undefined;
  }
  if (cutsWord({ search, prefix, rest: endsLine ? '' : rest })) {
    return undefined;
  }
  // Otherwise the line after the quote would be joined to the last new one.
  const closing = search.endsWith('\n') && replace !== '' && !replace.endsWith('\n') ? '\n' : '';
  return found(snapshot, {
    start: snapshot.offsetOf(at),
    end: snapshot.offsetOf(end),
    text: replace + closing,
  });
}

interface Lines {
  readonly first: number;
  readonly last: number;
  /** The indentation that the quote lacks. */
  readonly prefix: string;
}

function wholeLines(
  snapshot: Snapshot,
  { search, replace }: Quote,
  { first, last, prefix }: Lines,
): Location {
  const present = snapshot.lineTexts(first, last + 1);
  // A line break that ends the quote ends its last line; any other one is a line.
  const lines = replace === '' ? [] : search.endsWith('\n') ? linesOf(replace) : replace.split('\n');
  const by =
    first === last
      ? withPrefix(lines, { prefix, after: nextLine(snapshot, last) })
      : withFirst(lines, prefix);
  return by
    ? withoutPrefix(writeLines(snapshot, { quoted: present, by, alignment: inOrder(present, first) }), prefix)
    : { state: 'missing' };
}

/** The edit without the indentation that stays as it is. */
function withoutPrefix(location: Location, prefix: string): Location {
  return location.state === 'found' && location.text.startsWith(prefix)
    ? { ...location, start: location.start + prefix.length, text: location.text.slice(prefix.length) }
    : location;
}

function withFirst([first, ...rest]: readonly string[], prefix: string): readonly string[] {
  return first === undefined ? [] : [prefix + first, ...rest];
}

function nextLine(snapshot: Snapshot, line: number): string | undefined {
  for (let next = line + 1; next < snapshot.lineCount; next += 1) {
    if (snapshot.lineText(next).trim() !== '') {
      return snapshot.lineText(next);
    }
  }
  return undefined;
}

/** Whether the line names another place where the same stands, white space aside. */
function standsElsewhere(snapshot: Snapshot, { search, startLine = 0 }: Quote, at: number): boolean {
  const keys = linesOf(search).map(spacelessLine);
  const line = startLine - 1;
  const isMeant = snapshot.lineAt(at) === line;
  const isThere = keys.every((key, index) => snapshot.lineKey(line + index) === key);
  return !isMeant && isThere && keys.some((key) => key !== '');
}

/** Whether a quote of the beginning or the end of a line breaks off in a word: then it is that of another line. */
function cutsWord({ search, prefix, rest }: Readonly<Record<'search' | 'prefix' | 'rest', string>>): boolean {
  const isWord = (sign: string | undefined): boolean => sign !== undefined && /[\w$]/.test(sign);
  const cutsEnd = isWord(search.at(-1)) && isWord(rest[0]);
  const cutsStart = isWord(search[0]) && isWord(prefix.at(-1));
  return (prefix.trim() === '' && cutsEnd) || (rest === '' && cutsStart);
}

/** Finds the quote line by line, ignoring white space; the document may lack its blank lines at the ends. */
function locateLines(snapshot: Snapshot, { search, replace, startLine }: Quote): Location | undefined {
  const quoted = linesOf(search);
  const [head, last] = [quoted.findIndex(isFull), quoted.findLastIndex(isFull)];
  const core = quoted.slice(head, last + 1);
  const hint = startLine === undefined ? undefined : startLine + head;
  const first = onlyPlace(linePlaces(snapshot, core.map(spacelessLine)), hint);
  if (typeof first === 'string') {
    return first === 'missing' ? undefined : { state: first };
  }
  const alignment = new Map(core.map((_, index) => [head + index, first + index]));
  return writtenOnce(snapshot, { quoted, by: replace === '' ? [] : linesOf(replace), alignment });
}

function inOrder(quoted: readonly string[], first: number): Alignment {
  return new Map(quoted.map((_, index) => [index, first + index]));
}

/** Finds the quote with other lines in between. */
function locateAligned(
  snapshot: Snapshot,
  { search, replace, startLine }: Quote,
  skipping: Skipping,
): Location | undefined {
  const [quoted, by] = [linesOf(search), replace === '' ? [] : linesOf(replace)];
  const all = alignments(snapshot, quoted, skipping);
  const at = onlyPlace(alignedPlaces(all), startLine);
  if (typeof at === 'string') {
    return at === 'missing' ? undefined : { state: at };
  }
  const alignment = all[at];
  return alignment && writtenOnce(snapshot, { quoted, by, alignment });
}

/** A comment that the quote left out, and that would be there twice now: it isn't sure what is to become of it. */
function writtenOnce(snapshot: Snapshot, written: Parameters<typeof writeLines>[1]): Location {
  const location = writeLines(snapshot, written);
  if (location.state !== 'found') {
    return location;
  }
  const { start, end, text } = location;
  const before = snapshot.text.slice(linesBefore(snapshot.text, start), start);
  const after = snapshot.text.slice(end, linesBehind(snapshot.text, end));
  const was =
    doubledComments(before + snapshot.text.slice(start, end) + after) +
    doubledComments(written.by.join('\n'));
  return doubledComments(before + text + after) > was ? { state: 'missing' } : location;
}

/** How many comments are followed by the same, with nothing but blank lines between. */
function doubledComments(text: string): number {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.filter((line, at) => line === lines[at + 1] && commentLine.test(line)).length;
}

/** Where a few lines begin before the one with this place. */
function linesBefore(text: string, at: number): number {
  let start = at;
  for (let count = 0; count < aroundLines && start > 0; count += 1) {
    start = text.lastIndexOf('\n', start - 1);
  }
  return Math.max(0, start);
}

/** Where a few lines end behind the one with this place. */
function linesBehind(text: string, at: number): number {
  let end = at - 1;
  for (let count = 0; count < aroundLines && end < text.length; count += 1) {
    const next = text.indexOf('\n', end + 1);
    end = next < 0 ? text.length : next;
  }
  return end;
}

/** Places with gaps may contain one another, so a line means the one that begins there. */
function alignedPlaces(all: readonly Alignment[]): Places {
  const lineOf = (place: number): number => Math.min(...(all[place]?.values() ?? []));
  return {
    all: () => all.keys(),
    onLine: (line) => [...all.keys()].filter((place) => lineOf(place) === line),
    lineOf,
  };
}
