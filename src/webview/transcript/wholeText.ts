import { createContext } from 'preact';

/** Whether a text was whole when it came into view, and not one that is watched while it grows. */
export const WholeText = createContext(false);
