import { t } from '@vscode/l10n';
import type { ContextItem } from '../../core/context/contextItem.ts';
import { remedies, type Report } from '../words/report.ts';
import type { Gathered } from '../workspace/gathered.ts';

/** Attaches what was gathered, and says what was left out, or that there is nothing. */
export async function attachGathered(
  controller: { attach(item: ContextItem): Promise<void>; raise(report: Report): void },
  { items, leftOut }: Gathered,
  nothing: string,
): Promise<void> {
  for (const item of items) {
    await controller.attach(item);
  }
  const message = leftOut === undefined ? nothing : t('Skipped in {0}.', leftOut);
  if (items.length === 0 || leftOut !== undefined) {
    controller.raise({ severity: 'information', message, remedies: [remedies.dismiss] });
  }
}
