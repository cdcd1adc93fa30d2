import type { JsonObject } from '../util/json.ts';
import type { ContextItem } from './contextItem.ts';

declare const clean: unique symbol;

/** Marks what may leave the machine. The mark exists for the compiler only. */
interface Clean {
  readonly [clean]: true;
}

/**
 * Text that may leave the machine. Requests take no other. A user's text becomes one in a `Cleaner` and nowhere else;
 * text of ours is written with `prose` or `verbatim`.
 */
export type CleanText = string & Clean;

/** JSON that may leave the machine: the keys and values hold no secret. */
export type CleanJson = JsonObject & Clean;

/** A piece of the user's work that may leave the machine. Its label is for people and is never sent. */
export interface CleanItem extends ContextItem {
  readonly path: CleanText;
  readonly languageId: CleanText;
  readonly text: CleanText;
}

/** What can stand between the words of a prompt. */
type Piece = CleanText | number;

/** Our own words with clean pieces in them, over several lines of the source that read as one. */
export function prose(words: TemplateStringsArray, ...pieces: readonly Piece[]): CleanText {
  const lines = words.map((each) => each.replace(/\s*\n\s*/g, ' '));
  return trimmed(filled(lines, pieces));
}

/** Our own words with clean pieces in them, exactly as they are written. */
export function verbatim(words: TemplateStringsArray, ...pieces: readonly Piece[]): CleanText {
  return filled(words, pieces);
}

/** Clean texts one after the other. */
export function joined(texts: readonly CleanText[], separator: '' | ' ' | ', ' | '\n' | '\n\n'): CleanText {
  return texts.join(separator) as CleanText;
}

/** A part of a clean text, between two positions as `slice` takes them. */
export function cut(text: CleanText, start: number, end?: number): CleanText {
  return text.slice(start, end) as CleanText;
}

/** A clean text without the white space around it. */
export function trimmed(text: CleanText): CleanText {
  return text.trim() as CleanText;
}

/** A clean text with its line breaks, and the white space around them, made into spaces. */
export function onOneLine(text: CleanText): CleanText {
  return text.replaceAll(/\s*\n\s*/g, ' ') as CleanText;
}

/** Clean JSON, written out. */
export function jsonText(json: CleanJson): CleanText {
  return JSON.stringify(json) as CleanText;
}

function filled(words: readonly string[], pieces: readonly Piece[]): CleanText {
  return words.map((each, at) => `${each}${String(pieces[at] ?? '')}`).join('') as CleanText;
}
