import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatCost } from '../../core/model/money.ts';
import {
  generateSnippet as prompt,
  type Snippet,
  type SnippetInput,
} from '../../core/prompts/generateSnippet.ts';
import { toSnippetText } from '../../core/prompts/snippetText.ts';
import type { StructuredAnswer } from '../../core/prompts/structuredPrompt.ts';
import { activeEditor, selectionContext } from '../context/selection.ts';
import { commandIds } from '../contributions.ts';
import type { PromptParts } from '../prompts/promptParts.ts';
import { saveSnippet, snippetFiles, type SnippetFile } from '../snippets/snippetFiles.ts';

/** Generates a snippet from a description, and the selection if there is one, and inserts it at the cursor. */
export async function generateSnippet(parts: PromptParts): Promise<void> {
  const editor = activeEditor();
  const selected = editor && selectionContext(editor);
  const controller = await parts.room.controller();
  if (
    selected &&
    ((await controller.questions.refuseFile(editor.document.uri)) || controller.questions.refuse([selected]))
  ) {
    await parts.room.reveal();
    return;
  }
  const selection = selected && (await controller.questions.cleanItem(selected));
  const description = await vscode.window.showInputBox({
    title: t('Generate Snippet'),
    prompt: selection ? t('With {0} as the model', selection.label) : t('What should the snippet do?'),
    placeHolder: t('For example: a debounced event handler'),
    ignoreFocusOut: true,
  });
  if (description === undefined || description.trim() === '') {
    return;
  }
  const languageId = editor?.document.languageId ?? 'plaintext';
  await produce(
    parts,
    {
      description: await controller.questions.cleanText(description.trim()),
      languageId,
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
  try {
    const answer = await parts.runner.run({
      prompt,
      input,
      command: commandIds.generateSnippet,
      title: t('Generating a snippet'),
      tokens: input.selection?.tokens ?? 0,
    });
    if (answer) {
      await placeSnippet(parts, answer, { languageId: input.languageId, document });
    }
  } catch (error) {
    const controller = await parts.room.controller();
    controller.report(error, () => void produce(parts, input, document));
    await parts.room.reveal();
  }
}

/** Where a snippet belongs. */
interface SnippetPlace {
  readonly languageId: string;
  readonly document: vscode.TextDocument | undefined;
}

/** Inserts a snippet, and offers to keep it. */
export async function placeSnippet(
  parts: PromptParts,
  answer: StructuredAnswer<Snippet>,
  { languageId, document }: SnippetPlace,
): Promise<void> {
  await insert(answer.value, document);
  await offerToSave(parts, answer, languageId);
}

/** Inserts below a selection, else at the cursor, wherever that has moved meanwhile; never over what is there. */
async function insert(snippet: Snippet, document: vscode.TextDocument | undefined): Promise<void> {
  const editor =
    document && !document.isClosed
      ? await vscode.window.showTextDocument(document)
      : await vscode.window.showTextDocument(
          await vscode.workspace.openTextDocument({ language: await knownLanguage(snippet.language) }),
        );
  const { end, isEmpty } = editor.selection;
  const text = toSnippetText(snippet);
  const ownLines = end.character === 0 ? `${text}\n` : `\n${text}`;
  await editor.insertSnippet(new vscode.SnippetString(isEmpty ? text : ownLines), end);
}

async function knownLanguage(language: string): Promise<string> {
  return (await vscode.languages.getLanguages()).includes(language) ? language : 'plaintext';
}

async function offerToSave(
  parts: PromptParts,
  { value, usage }: StructuredAnswer<Snippet>,
  languageId: string,
): Promise<void> {
  const { name, prefix } = value;
  const words =
    usage?.cost === undefined
      ? t('Inserted "{0}". Keep it for later under "{1}"?', name, prefix)
      : t('Inserted "{0}" ({1}). Keep it for later under "{2}"?', name, formatCost(usage.cost), prefix);
  const files = await snippetFiles(parts.globalStorage);
  const choice = await vscode.window.showInformationMessage<SnippetFile & vscode.MessageItem>(
    words,
    ...files,
  );
  if (!choice) {
    return;
  }
  await saveSnippet(choice.uri, value, languageId);
  const open = t('Open File');
  if ((await vscode.window.showInformationMessage(t('Saved "{0}".', value.name), open)) === open) {
    await vscode.window.showTextDocument(choice.uri);
  }
}
