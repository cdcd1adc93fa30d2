import { t } from '@vscode/l10n';
import { refactorCode } from '../../core/prompts/editCode.ts';
import { editCode } from '../edits/editCode.ts';
import type { EditServices } from '../edits/showEdits.ts';
import { promptCommandIds } from '../platform/contributions.ts';

/** Improves the selected code without changing what it does. */
export function refactorSelection(services: EditServices): Promise<void> {
  return editCode(services, {
    id: promptCommandIds.refactorSelection,
    title: t('Refactor Selection'),
    doing: (label) => t('Refactoring {0}', label),
    prompt: refactorCode,
    input: ({ items }) => ({ items }),
  });
}
