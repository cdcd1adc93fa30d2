import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { CodeColours } from '../code/codeColours.ts';
import type { KnownFiles } from '../files/knownFiles.ts';
import type { Draft } from '../draft.ts';
import type { Host } from '../host.ts';
import type { Narrator } from '../narrator.ts';
import type { ChatStore } from '../store.ts';

/** What the components of the panel work with. */
export interface PanelParts {
  readonly host: Host;
  readonly store: ChatStore;
  readonly draft: Draft;
  readonly narrator: Narrator;
  readonly colours: CodeColours;
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
