import { t } from '@vscode/l10n';
import { documentCode } from '../../core/prompts/editCode.ts';
import { editCode } from '../edits/editCode.ts';
import type { EditServices } from '../edits/showEdits.ts';
import { promptCommandIds } from '../platform/contributions.ts';

/** Documents the selected code. */
export function documentSelection(services: EditServices): Promise<void> {
  return editCode(services, {
    id: promptCommandIds.documentSelection,
    title: t('Document Selection'),
    doing: (label) => t('Documenting {0}', label),
    prompt: documentCode,
    input: ({ items }) => ({ items }),
  });
}
