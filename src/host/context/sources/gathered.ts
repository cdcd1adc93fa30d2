import type * as vscode from 'vscode';
import type { ContextItem } from '../../../core/context/contextItem.ts';

/** What a source gives to a question, and in words what it leaves out. */
export interface Gathered {
  readonly items: readonly ContextItem[];
  readonly leftOut?: string;
}

/** What bounds a source. */
export interface Bounds {
  /** About how many tokens its items may have in all. */
  readonly tokens: number;
  readonly isExcluded: (uri: vscode.Uri) => Promise<boolean>;
}

/** `3 excluded, 1 too large`: counts with their reasons; nothing where there are none. */
export function leftOutWords(counts: Readonly<Record<string, number>>): string | undefined {
  const words = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${String(count)} ${reason}`)
    .join(', ');
  return words === '' ? undefined : words;
}
