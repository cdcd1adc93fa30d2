import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ContextItem } from '../../core/context/contextItem.ts';
import {
  fillIn,
  inputsIn,
  variablesIn,
  type PromptVariable,
} from '../../core/prompts/files/promptVariables.ts';
import { fileContext, selectionContext } from '../workspace/selection.ts';
import { isPromptFile } from '../workspace/promptFiles.ts';

/** A prompt file's words and context, not yet redacted. */
export interface FilledPrompt {
  readonly text: string;
  readonly items: readonly ContextItem[];
}

/** What a prompt is filled in with. */
export interface PromptSource {
  readonly title: string;
  readonly body: string;
  /** The editor the prompt is about. */
  readonly editor: vscode.TextEditor | undefined;
}

/** The editor a prompt file applies to: the active one, or another visible one if that shows the prompt file. */
export function subjectEditor(): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  return [...(activeTextEditor ? [activeTextEditor] : []), ...visibleTextEditors].find(
    ({ document: { uri } }) => !isPromptFile(uri) && uri.scheme !== 'output',
  );
}

/** Says that there is no code; it must be visible beside the prompt file. */
export function tellNoCode(words: string): void {
  void vscode.window.showWarningMessage(
    t('{0} Open the file beside the prompt, then run the prompt again.', words),
  );
}

/** Whether a prompt includes a file's text. */
export function showsText(body: string): boolean {
  const used = variablesIn(body);
  return used.has('selection') || used.has('file');
}

/** Fills in a prompt and asks for its inputs; absent if that fails or is canceled. */
export async function fillPrompt({ title, body, editor }: PromptSource): Promise<FilledPrompt | undefined> {
  const used = variablesIn(body);
  if (!editor && (used.has('selection') || used.has('file') || used.has('fileBasename'))) {
    tellNoCode(t('This prompt needs a file.'));
    return undefined;
  }
  const selected = editor && selectionContext(editor);
  if (used.has('selection') && !selected) {
    tellNoCode(t('This prompt needs selected code, but nothing is selected.'));
    return undefined;
  }
  const inputs = await askInputs(title, body);
  if (!inputs) {
    return undefined;
  }
  const text = fillIn(body, { ...namesOf(editor), ...(selected && { selection: selected.text }), inputs });
  return { text, items: editor && used.has('file') ? [fileContext(editor.document)] : [] };
}

function namesOf(editor: vscode.TextEditor | undefined): Partial<Record<PromptVariable, string>> {
  const uri = editor?.document.uri;
  const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
  return {
    workspaceFolder: (folder ?? vscode.workspace.workspaceFolders?.[0])?.name ?? '',
    ...(uri && {
      file: vscode.workspace.asRelativePath(uri),
      fileBasename: uri.path.slice(uri.path.lastIndexOf('/') + 1),
    }),
  };
}

async function askInputs(title: string, body: string): Promise<ReadonlyMap<string, string> | undefined> {
  const values = new Map<string, string>();
  for (const { name, placeholder } of inputsIn(body)) {
    const value = await vscode.window.showInputBox({
      title,
      prompt: name,
      ...(placeholder !== '' && { placeHolder: placeholder }),
      ignoreFocusOut: true,
    });
    if (value === undefined) {
      return undefined;
    }
    values.set(name, value);
  }
  return values;
}
