import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { editCode as prompt } from '../../core/prompts/editCode.ts';
import { editCode } from '../edits/editCode.ts';
import type { EditServices } from '../edits/showEdits.ts';
import { promptCommandIds } from '../platform/contributions.ts';

/** Changes the selected code as instructed. */
export function editSelection(services: EditServices): Promise<void> {
  const title = t('Edit Selection with Instruction');
  return editCode(services, {
    id: promptCommandIds.editSelection,
    title,
    doing: (label) => t('Editing {0}', label),
    prompt,
    input: async ({ items }) => {
      const instruction = await vscode.window.showInputBox({
        title,
        prompt: items.map(({ label }) => label).join(', '),
        placeHolder: t('What should change?'),
        ignoreFocusOut: true,
      });
      if (instruction === undefined || instruction.trim() === '') {
        return undefined;
      }
      const { questions } = await services.surface.controller();
      return { items, instruction: await questions.cleanText(instruction.trim()) };
    },
  });
}
