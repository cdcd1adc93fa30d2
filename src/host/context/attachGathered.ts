import { t } from '@vscode/l10n';
import type { ChatController } from '../chat/chatController.ts';
import { remedies } from '../report.ts';
import type { Gathered } from './sources/gathered.ts';

/** Attaches what was gathered, and says what was left out, or that there is nothing. */
export async function attachGathered(
  controller: ChatController,
  { items, leftOut }: Gathered,
  nothing: string,
): Promise<void> {
  for (const item of items) {
    await controller.attach(item);
  }
  const message = leftOut === undefined ? nothing : t('Left out of {0}.', leftOut);
  if (items.length === 0 || leftOut !== undefined) {
    controller.raise({ message, remedies: [remedies.dismiss] });
  }
}
