import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  generateSnippet as prompt,
  type Snippet,
  type SnippetInput,
} from '../../core/prompts/generateSnippet.ts';
import type { StructuredAnswer } from '../../core/prompts/structured/structuredPrompt.ts';
import { activeEditor, selectionContext } from '../workspace/selection.ts';
import { commandIds } from '../platform/contributions.ts';
import type { PromptParts } from '../prompts/promptParts.ts';
import { placeSnippet } from './placeSnippet.ts';

/** Generates a snippet from a description, and the selection if there is one, and inserts it at the cursor. */
export async function generateSnippet(parts: PromptParts): Promise<void> {
  const editor = activeEditor();
  const selected = editor && selectionContext(editor);
  const controller = await parts.surface.controller();
  if (
    selected &&
    ((await controller.questions.refuseFile(editor.document.uri)) || controller.questions.refuse([selected]))
  ) {
    await parts.surface.reveal();
    return;
  }
  const selection = selected && (await controller.questions.cleanItem(selected));
  const description = await vscode.window.showInputBox({
    title: t('Generate Snippet'),
    prompt: selection ? t('Uses {0} as an example', selection.label) : t('What should the snippet do?'),
    placeHolder: t('For example: a debounced event handler'),
    ignoreFocusOut: true,
  });
  if (description === undefined || description.trim() === '') {
    return;
  }
  const { questions } = controller;
  await produce(
    parts,
    {
      description: await questions.cleanText(description.trim()),
      languageId: await questions.cleanText(editor?.document.languageId ?? 'plaintext'),
      ...(selection && { selection }),
    },
    editor?.document,
  );
}

/** Asks, inserts and offers to save; a failure shows in the panel and can be tried again with the same words. */
async function produce(
  parts: PromptParts,
  input: SnippetInput,
  document: vscode.TextDocument | undefined,
): Promise<void> {
  const { questions } = await parts.surface.controller();
  const ask = async (besides: readonly string[]): Promise<StructuredAnswer<Snippet> | undefined> =>
    parts.runner.run({
      prompt,
      input: { ...input, besides: await Promise.all(besides.map((each) => questions.cleanText(each))) },
      command: commandIds.generateSnippet,
      title: t('Generating a snippet'),
      tokens: input.selection?.tokens ?? 0,
    });
  try {
    const answer = await ask([]);
    if (answer) {
      await placeSnippet(parts, answer, { languageId: input.languageId, document, another: ask });
    }
  } catch (error) {
    const controller = await parts.surface.controller();
    controller.report(error, () => void produce(parts, input, document));
    await parts.surface.reveal();
  }
}
