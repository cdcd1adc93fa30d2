import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { CodeColors } from '../code/codeColors.ts';
import type { KnownFiles } from '../files/knownFiles.ts';
import type { Draft } from '../composer/draft.ts';
import type { Host } from '../shared/host.ts';
import type { TexPainter } from '../markdown/texPainter.ts';
import type { Narrator } from '../chat/narrator.ts';
import type { ChatStore } from '../shared/store.ts';
import type { Suggestions } from '../composer/suggestions.ts';

/** What writing a question works with. */
export interface ComposingParts {
  readonly draft: Draft;
  readonly suggestions: Suggestions;
}

/** What the components of the panel work with. */
export interface PanelParts {
  readonly host: Host;
  readonly store: ChatStore;
  /** Absent on a page on which nothing is asked. */
  readonly composing?: ComposingParts;
  readonly narrator: Pick<Narrator, 'spoken' | 'say'>;
  readonly colors: CodeColors;
  readonly tex: TexPainter;
  readonly files: KnownFiles;
}

/** Lets any component reach the panel's parts without handing them through all of them. */
export const PanelContext = createContext<PanelParts | undefined>(undefined);

/** The panel's parts. */
export function usePanel(): PanelParts {
  const parts = useContext(PanelContext);
  if (!parts) {
    throw new Error('a component of the panel was drawn outside of it');
  }
  return parts;
}

/** What writing a question works with, on a page that has a composer. */
export function useComposing(): ComposingParts {
  const { composing } = usePanel();
  if (!composing) {
    throw new Error('a composer was drawn on a page without one');
  }
  return composing;
}
