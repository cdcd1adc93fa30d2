import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { CleanText } from '../../core/context/clean.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { MediaItem } from '../../core/conversation/mediaItem.ts';
import { remedies, type Report } from '../words/report.ts';
import type { Bounds, Gathered } from '../workspace/gathered.ts';

/** Where things are attached: the next question of a chat, as far as this needs to know it. */
export interface Attacher {
  attach(item: ContextItem): Promise<void>;
  attachMedia(item: MediaItem): void;
  raise(report: Report): void;
  readonly questions: {
    refuseFile(uri: vscode.Uri): Promise<boolean>;
    refusalOfFile(uri: vscode.Uri): Promise<Report | undefined>;
    bounds(): Bounds;
    cleanText(text: string): Promise<CleanText>;
  };
}

/** Attaches what was gathered, and says what was skipped or that there is nothing. */
export async function attachGathered(
  next: Pick<Attacher, 'attach' | 'raise'>,
  { items, leftOut }: Gathered,
  nothing: string,
): Promise<void> {
  for (const item of items) {
    await next.attach(item);
  }
  const message = leftOut === undefined ? nothing : t('Skipped in {0}.', leftOut);
  if (items.length === 0 || leftOut !== undefined) {
    next.raise({ severity: 'information', message, remedies: [remedies.dismiss] });
  }
}
