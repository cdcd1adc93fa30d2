import { createContext } from 'preact';
import { useRequired } from '../shared/page.ts';
import type { Draft } from './draft.ts';
import type { Suggestions } from './suggestions.ts';

/** What writing a question works with. */
export interface ComposingParts {
  readonly draft: Draft;
  readonly suggestions: Suggestions;
}

/** Lets the composer reach the question that is being written. */
export const ComposingContext = createContext<ComposingParts | undefined>(undefined);

/** What writing a question works with. */
export function useComposing(): ComposingParts {
  return useRequired(ComposingContext);
}
