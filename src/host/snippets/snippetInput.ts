import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SnippetInput } from '../../core/prompts/generateSnippet.ts';
import type { PromptSurface } from '../prompts/promptSurface.ts';
import { selectionContext } from '../workspace/selection.ts';

/** Asks what the snippet is to do; the selection of the editor goes along. Nothing where it must not, or the user gives up. */
export async function snippetInput(
  surface: PromptSurface,
  editor: vscode.TextEditor | undefined,
): Promise<SnippetInput | undefined> {
  const { questions } = await surface.controller();
  const selected = editor && selectionContext(editor);
  if (selected && ((await questions.refuseFile(editor.document.uri)) || questions.refuse([selected]))) {
    await surface.reveal();
    return undefined;
  }
  const selection = selected && (await questions.cleanItem(selected));
  const description = await vscode.window.showInputBox({
    title: t('Generate Snippet'),
    prompt: selection ? t('Uses {0} as an example', selection.label) : t('What should the snippet do?'),
    placeHolder: t('For example: a debounced event handler'),
    ignoreFocusOut: true,
  });
  if (description === undefined || description.trim() === '') {
    return undefined;
  }
  return {
    description: await questions.cleanText(description.trim()),
    languageId: await questions.cleanText(editor?.document.languageId ?? 'plaintext'),
    ...(selection && { selection }),
  };
}
