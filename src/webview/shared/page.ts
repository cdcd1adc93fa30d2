import { createContext, type Context } from 'preact';
import { useContext } from 'preact/hooks';
import type { Announcements } from './announcements.ts';
import type { Host } from './host.ts';
import type { ChatStore } from './store.ts';

/** What every component of a page with a conversation works with. */
export interface PageParts {
  readonly host: Host;
  readonly store: ChatStore;
  readonly narrator: Announcements;
}

/** Lets any component reach the parts of its page without handing them through all of them. */
export const PageContext = createContext<PageParts | undefined>(undefined);

/** The parts of the page. */
export function usePage(): PageParts {
  return useRequired(PageContext);
}

/** What a component cannot do without; a missing provider is a mistake of ours. */
export function useRequired<Parts>(context: Context<Parts | undefined>): Parts {
  const parts = useContext(context);
  if (parts === undefined) {
    throw new Error('a component was drawn outside of the page that it belongs to');
  }
  return parts;
}
