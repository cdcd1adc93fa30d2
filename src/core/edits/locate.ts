import { indenter, unitOf } from './indentation.ts';
import { diffLines } from './lineDiff.ts';
import type { Placement } from './placement.ts';
import { linePlaces, textPlaces, type Places } from './quotePlaces.ts';
import { plainText, spacelessLine, type Snapshot } from './snapshot.ts';

/** A range of a document as a model quotes it, and its replacement. */
export interface Quote {
  readonly search: string;
  readonly replace: string;
  /** The line where the quote starts, from 1, as far as the model knows. */
  readonly startLine?: number | undefined;
}

/** Where a quote is, or why it can't be used. */
export type Location =
  | ({ readonly state: 'found' } & Placement)
  /** It isn't there, or the indentation of its lines is unclear. */
  | { readonly state: 'missing' }
  /** It appears more than once, and its line doesn't say which one is meant. */
  | { readonly state: 'ambiguous' }
  /** The replacement equals the quote. */
  | { readonly state: 'unchanged' }
  /** It quotes nothing, in a document that isn't empty. */
  | { readonly state: 'empty' };

/**
 * Locates a model's quote in the text it was shown: exactly, or else line by line, ignoring white space. If there are
 * several matches, the only one that touches the hinted line wins. The hint refers to that text; `shift` accounts for
 * later typing.
 */
export function locate(snapshot: Snapshot, quote: Quote): Location {
  const [search, replace] = [plainText(quote.search), plainText(quote.replace)];
  if (search.trim() === '') {
    return snapshot.isBlank
      ? found(snapshot, { start: snapshot.lineStart(0), end: snapshot.text.length, text: replace })
      : { state: 'empty' };
  }
  const at = onlyPlace(textPlaces(snapshot, search), quote.startLine);
  if (at === 'missing') {
    return locateLines(snapshot, { search, replace, startLine: quote.startLine });
  }
  if (at === 'ambiguous') {
    return { state: at };
  }
  const [start, end] = [snapshot.offsetOf(at), snapshot.offsetOf(at + search.length)];
  // Otherwise the line after the quote would be joined to the last new one.
  const closing = search.endsWith('\n') && replace !== '' && !replace.endsWith('\n') ? '\n' : '';
  return found(snapshot, { start, end, text: replace + closing });
}

function locateLines(snapshot: Snapshot, { search, replace, startLine }: Quote): Location {
  const { quoted, by } = withoutCommonBlankEnds(linesOf(search), replace === '' ? [] : linesOf(replace));
  const first = onlyPlace(linePlaces(snapshot, quoted.map(spacelessLine)), startLine);
  if (typeof first === 'string') {
    return { state: first };
  }
  const next = first + quoted.length;
  const start = snapshot.lineStart(first);
  if (by.length === 0) {
    return found(snapshot, { start, end: snapshot.lineStart(next), text: '' });
  }
  const present = snapshot.lineTexts(first, next);
  const lines = asInDocument(snapshot, { quoted, by, present });
  const end = snapshot.lineStart(next - 1) + (present.at(-1)?.length ?? 0);
  return lines ? found(snapshot, { start, end, text: lines.join('\n') }) : { state: 'missing' };
}

/** The new lines: unchanged ones as in the document, others indented to match. */
function asInDocument(
  snapshot: Snapshot,
  { quoted, by, present }: Readonly<Record<'quoted' | 'by' | 'present', readonly string[]>>,
): readonly string[] | undefined {
  const indented = indenter({
    quoted,
    found: present,
    quotedUnit: unitOf([...quoted, ...by]),
    foundUnit: unitOf(present) ?? snapshot.indentUnit,
  });
  const lines: string[] = [];
  let index = 0;
  for (const { kind, text } of diffLines(quoted, by)) {
    const line = kind === 'same' ? present[index] : kind === 'added' ? indented(text) : '';
    if (line === undefined) {
      return undefined;
    }
    if (kind !== 'removed') {
      lines.push(line);
    }
    index += kind === 'added' ? 0 : 1;
  }
  return lines;
}

/** The one match of a quote, by its line if there are several. */
function onlyPlace({ all, onLine }: Places, hint: number | undefined): number | 'missing' | 'ambiguous' {
  const [first, second] = firstTwo(all());
  if (first === undefined || second === undefined) {
    return first ?? 'missing';
  }
  const [hinted, other] = hint === undefined ? [] : firstTwo(onLine(hint - 1));
  return hinted === undefined || other !== undefined ? 'ambiguous' : hinted;
}

function firstTwo(places: Iterable<number>): readonly number[] {
  const two: number[] = [];
  for (const place of places) {
    if (two.push(place) === 2) {
      break;
    }
  }
  return two;
}

function found({ text, eol }: Snapshot, placement: Placement): Location {
  if (plainText(text.slice(placement.start, placement.end)) === placement.text) {
    return { state: 'unchanged' };
  }
  return { state: 'found', ...placement, text: placement.text.replaceAll('\n', eol) };
}

function linesOf(text: string): readonly string[] {
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

/** Unchanged blank lines around a quote aren't part of the edit: the document may have none there. */
function withoutCommonBlankEnds(
  quoted: readonly string[],
  by: readonly string[],
): { readonly quoted: readonly string[]; readonly by: readonly string[] } {
  const isBlank = (line: string | undefined): boolean => line?.trim() === '';
  let [head, tail] = [0, 0];
  while (isBlank(quoted[head]) && isBlank(by[head])) {
    head += 1;
  }
  while (isBlank(quoted.at(-1 - tail)) && isBlank(by.at(-1 - tail)) && head + tail < by.length) {
    tail += 1;
  }
  return { quoted: quoted.slice(head, quoted.length - tail), by: by.slice(head, by.length - tail) };
}
