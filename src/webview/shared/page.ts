import { createContext, type Context } from 'preact';
import { useContext } from 'preact/hooks';
import type { Announcements } from './announcements.ts';
import type { Host } from './host.ts';
import type { ChatStore } from './store.ts';

/** What every component of a conversation page works with. */
export interface PageParts {
  readonly host: Host;
  readonly store: ChatStore;
  readonly narrator: Announcements;
}

/** Gives components access to the page's parts. */
export const PageContext = createContext<PageParts | undefined>(undefined);

/** The page's parts. */
export function usePage(): PageParts {
  return useRequired(PageContext);
}

/** A required context; a missing provider is our bug. */
export function useRequired<Parts>(context: Context<Parts | undefined>): Parts {
  const parts = useContext(context);
  if (parts === undefined) {
    throw new Error('a component was drawn outside of the page that it belongs to');
  }
  return parts;
}
