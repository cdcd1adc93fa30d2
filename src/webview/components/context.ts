import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ToHost } from '../../protocol/toHost.ts';

/** Lets any component speak to the host without handing the line through all of them. */
export const PostContext = createContext<(message: ToHost) => void>(() => {
  throw new Error('the panel is not connected to its host');
});

/** The line to the host. */
export function usePost(): (message: ToHost) => void {
  return useContext(PostContext);
}
