import type { JsonObject } from '../util/json.ts';
import { toOneLine } from '../util/oneLine.ts';
import type { ContextItem } from './contextItem.ts';

declare const clean: unique symbol;

/** Marks text that may leave the machine. It exists only for the compiler. */
interface Clean {
  readonly [clean]: true;
}

/**
 * Text that may leave the machine. Requests accept nothing else. Only a `Cleaner` makes it from the user's text; our
 * own text uses `prose` or `verbatim`.
 */
export type CleanText = string & Clean;

/** JSON that may leave the machine: no key or value holds a secret. */
export type CleanJson = JsonObject & Clean;

/** Context that may leave the machine. Its label is for people and is never sent. */
export interface CleanItem extends ContextItem {
  readonly path: CleanText;
  readonly languageId: CleanText;
  readonly text: CleanText;
}

/** What a prompt template may interpolate. */
type Piece = CleanText | number;

/** Our own words with clean pieces, written over several lines that read as one. */
export function prose(words: TemplateStringsArray, ...pieces: readonly Piece[]): CleanText {
  const lines = words.map((each) => toOneLine(each));
  return trimmed(filled(lines, pieces));
}

/** Our own words with clean pieces, exactly as written. */
export function verbatim(words: TemplateStringsArray, ...pieces: readonly Piece[]): CleanText {
  return filled(words, pieces);
}

/** Joins clean texts. */
export function joined(texts: readonly CleanText[], separator: '' | ' ' | ', ' | '\n' | '\n\n'): CleanText {
  return texts.join(separator) as CleanText;
}

/** A slice of a clean text. */
export function cut(text: CleanText, start: number, end?: number): CleanText {
  return text.slice(start, end) as CleanText;
}

/** A clean text, trimmed. */
export function trimmed(text: CleanText): CleanText {
  return text.trim() as CleanText;
}

/** A clean text with line breaks and the white space around them replaced by spaces. */
export function onOneLine(text: CleanText): CleanText {
  return toOneLine(text) as CleanText;
}

/** Clean JSON as text. */
export function jsonText(json: CleanJson): CleanText {
  return JSON.stringify(json) as CleanText;
}

function filled(words: readonly string[], pieces: readonly Piece[]): CleanText {
  return words.map((each, at) => `${each}${String(pieces[at] ?? '')}`).join('') as CleanText;
}
