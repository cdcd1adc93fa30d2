import { diffArrays } from 'diff';

/** Characters that editors and models put in place of plain ones. */
const lookAlikes: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u201b\u2032]/g, "'"],
  [/[\u201c\u201d\u201e\u201f\u2033]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, '-'],
  [/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' '],
  [/\u2026/g, '...'],
  [/[\u00ad\u200b\u2060\ufeff]/g, ''],
];

/** Longer lines aren't compared character by character. */
const maxCarried = 2_000;

/** A text in which characters that look alike are the same. */
export function foldedText(text: string): string {
  return isPlain(text)
    ? text
    : lookAlikes.reduce(
        (each, [characters, plain]) => each.replace(characters, plain),
        text.normalize('NFC'),
      );
}

/** Characters that a model replaces together. */
const families: readonly RegExp[] = [
  /[\u2018-\u201f\u2032\u2033]/,
  /[\u2010-\u2015\u2212]/,
  /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/,
  /[\u00ad\u200b\u2060\ufeff]/,
];

/**
 * Rewrites a text with plain characters in place of look-alikes that a quote has and its document doesn't; absent if
 * there are none.
 */
export function withoutStrangers(document: string, quote: string): ((text: string) => string) | undefined {
  const strange = isPlain(quote)
    ? []
    : families.filter((family) =>
        Array.from(quote).some((each) => family.test(each) && !document.includes(each)),
      );
  const isStrange = (each: string): boolean =>
    strange.some((family) => family.test(each)) && !document.includes(each);
  return strange.length === 0
    ? undefined
    : (text) => Array.from(text, (each) => (isStrange(each) ? foldedText(each) : each)).join('');
}

/** Quoted lines and what stands in their place in the document. */
export interface LinePairs {
  readonly quoted: readonly string[];
  readonly found: readonly string[];
}

/**
 * Gives new lines the document's own quotes, dashes, and blanks, as far as the quoted lines show which those are; what
 * a new line shares with the quoted line it replaces stays as it is in the document.
 */
export function characterCarrier(pairs: LinePairs): (line: string, replaced?: number) => string {
  const known = new Map<string, Set<string>>();
  for (const [index, line] of pairs.quoted.entries()) {
    const [quoted, found] = inStep(line, pairs.found[index] ?? '') ?? ['', ''];
    for (let at = 0; at < quoted.length; at += 1) {
      const [from = '', to = ''] = [quoted[at], found[at]];
      if (from !== to || foldedText(from) !== from || /['"]/.test(from)) {
        known.set(from, (known.get(from) ?? new Set()).add(to));
      }
    }
  }
  const mapped = (text: string, before: string): string =>
    Array.from(text, (each, at) => ownCharacter(each, known.get(each), text[at - 1] ?? before)).join('');
  const isPlainly = ![...known].some(([from, to]) => !to.has(from));
  const isDecomposed = pairs.found.some((line) => line !== line.normalize('NFC'));
  const composed = (text: string): string => (isDecomposed ? text.normalize('NFD') : text);
  if (isPlainly && !isDecomposed) {
    return (line) => line;
  }
  return (line, replaced) => {
    const pair = replaced === undefined ? undefined : inStep(pairs.quoted[replaced], pairs.found[replaced]);
    return composed((pair && carried(line, pair, mapped)) ?? mapped(line, ''));
  };
}

/** The document's spelling of a character: of quotes, the opening or the closing one, by what stands before. */
function ownCharacter(character: string, own: ReadonlySet<string> | undefined, before: string): string {
  const [only = character, other] = own ?? [];
  const isCurly =
    own !== undefined &&
    /['"]/.test(character) &&
    [...own].every((each) => /[\u2018\u2019\u201c\u201d]/.test(each));
  if (isCurly) {
    const isOpening = /^$|[\s([{=,:]/.test(before);
    return character === '"' ? (isOpening ? '\u201c' : '\u201d') : isOpening ? '\u2018' : '\u2019';
  }
  return other === undefined ? only : character;
}

/** A quoted line and the document's, without indentation, if they differ by single characters only. */
function inStep(quoted = '', found = ''): readonly [string, string] | undefined {
  const [one, other] = [quoted, found].map((line) => line.normalize('NFC').trim());
  return one !== undefined && other !== undefined && one.length === other.length ? [one, other] : undefined;
}

function carried(
  line: string,
  [quoted, found]: readonly [string, string],
  mapped: (text: string, before: string) => string,
): string | undefined {
  if (quoted === found || line.length + quoted.length > maxCarried) {
    return undefined;
  }
  const words = line.trimStart();
  let [text, at] = [line.slice(0, line.length - words.length), 0];
  for (const { added, removed, value } of diffArrays(quoted.split(''), words.split(''))) {
    text += added
      ? mapped(value.join(''), text.at(-1) ?? '')
      : removed
        ? ''
        : found.slice(at, at + value.length);
    at += added ? 0 : value.length;
  }
  return text;
}

function isPlain(text: string): boolean {
  return !/[^\u0000-\u007f]/.test(text);
}
