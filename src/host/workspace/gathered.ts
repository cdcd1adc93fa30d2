import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { ContextItem } from '../../core/context/contextItem.ts';
import { formatNumber } from '../platform/formats.ts';

/** A source's items, and in words what it skipped. */
export interface Gathered {
  readonly items: readonly ContextItem[];
  readonly leftOut?: string;
}

/** A source's bounds. */
export interface Bounds {
  /** About how many tokens its items may have in total. */
  readonly tokens: number;
  /** Whether a file must not be sent; `within` is a folder that the user chose as a whole. */
  readonly isExcluded: (uri: vscode.Uri, within?: vscode.Uri) => Promise<boolean>;
}

/** Why something is skipped. */
type LeftOutReason = 'excluded' | 'in excluded files' | 'not text' | 'too large' | 'beyond the limit';

function reasonWords(reason: LeftOutReason, number: number): string {
  const count = formatNumber(number);
  switch (reason) {
    case 'excluded':
      return t('{0} excluded', count);
    case 'in excluded files':
      return t('{0} in excluded files', count);
    case 'not text':
      return t('{0} not text', count);
    case 'too large':
      return t('{0} too large', count);
    case 'beyond the limit':
      return t('{0} over the limit', count);
    default:
      return reason satisfies never;
  }
}

/** `3 excluded, 1 too large`: counts with reasons; absent if none. */
export function leftOutWords(counts: Readonly<Partial<Record<LeftOutReason, number>>>): string | undefined {
  const words = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => reasonWords(reason as LeftOutReason, count))
    .join(', ');
  return words === '' ? undefined : words;
}
