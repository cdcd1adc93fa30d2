import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { fixCode } from '../../core/prompts/fixCode.ts';
import { editCode } from '../edits/editCode.ts';
import { fixTargetAt, problemsIn } from '../edits/fixTarget.ts';
import type { EditServices } from '../edits/showEdits.ts';
import { runCommand } from '../platform/commands.ts';
import { promptCommandIds } from '../platform/contributions.ts';

/**
 * Fixes the selected code, including the problems VS Code lists there. With a document and a position, fixes the
 * problems there, with the surrounding code.
 */
export async function fixSelection(
  services: EditServices,
  uri?: vscode.Uri,
  place?: vscode.Range,
): Promise<void> {
  const target = await fixTargetAt(uri, place);
  await editCode(services, {
    id: promptCommandIds.fixSelection,
    title: t('Fix Selection'),
    doing: (label) => t('Fixing {0}', label),
    prompt: fixCode,
    input: async ({ items, document, ranges }) => {
      const { questions } = await services.surface.controller();
      return { items, problems: await problemsIn(document, target ? [target.place] : ranges, questions) };
    },
    source: target,
    again: () => runCommand(promptCommandIds.fixSelection, uri, place),
  });
}
