import { createContext } from 'preact';
import { useRequired } from '../shared/page.ts';
import type { Draft } from './draft.ts';
import type { Suggestions } from './suggestions.ts';

/** What the composer works with. */
export interface ComposingParts {
  readonly draft: Draft;
  readonly suggestions: Suggestions;
}

/** Gives the composer's parts access to the draft. */
export const ComposingContext = createContext<ComposingParts | undefined>(undefined);

/** What the composer works with. */
export function useComposing(): ComposingParts {
  return useRequired(ComposingContext);
}
