import type { Placement } from './placement.ts';
import { plainText, type Snapshot } from './snapshot.ts';

/** Where a quote is, or why it can't be used. */
export type Location =
  | ({ readonly state: 'found' } & Placement)
  /** It isn't there, or the indentation of its lines is unclear. */
  | { readonly state: 'missing' }
  /** It appears more than once, and its line doesn't say which one is meant. */
  | { readonly state: 'ambiguous' }
  /** The replacement leaves out code, and it is unclear which. */
  | { readonly state: 'elided' }
  /** The replacement equals the quote. */
  | { readonly state: 'unchanged' }
  /** It quotes nothing, in a document that isn't empty. */
  | { readonly state: 'empty' };

/** A place with its new text, unless that is there already. */
export function found({ text, eol }: Snapshot, placement: Placement): Location {
  if (plainText(text.slice(placement.start, placement.end)) === placement.text) {
    return { state: 'unchanged' };
  }
  return { state: 'found', ...placement, text: placement.text.replaceAll('\n', eol) };
}
