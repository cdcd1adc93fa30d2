import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ModelCatalog } from '../../core/model/catalog.ts';
import { fitTo, type RequestSettings } from '../../core/model/requestSettings.ts';
import { insertAtCursor } from '../answers/insertAtCursor.ts';
import { newFile } from '../answers/newFile.ts';
import type { WriteGuard } from '../context/writeGuard.ts';
import { requestSettings } from '../platform/requestSettings.ts';
import type { Settings } from '../platform/settings.ts';
import { activeEditor } from '../workspace/selection.ts';
import type { ChatSurface } from './chatSurface.ts';

/** Writes programs that ask a model. */
export interface ClientCodeFormat<Form extends string = string> {
  readonly forms: readonly Form[];
  code(form: Form, settings: RequestSettings): Promise<string>;
  /** The variable of the environment from which the program takes the key. */
  readonly keyVariable: string;
}

export interface ClientCodeParts<Form extends string> {
  readonly surface: ChatSurface;
  readonly format: ClientCodeFormat<Form>;
  readonly settings: Settings;
  readonly catalog: ModelCatalog;
  readonly writes: WriteGuard;
}

/** The forms that we have words for, in the order in which they are offered. */
type KnownForm = 'typescriptSdk' | 'typescriptFetch' | 'pythonSdk' | 'pythonLibrary' | 'curl';

/**
 * Inserts code at the cursor, or opens it in a new file, that asks the chat's model with the chat's settings: for a
 * program of the user's own. Nothing is sent.
 */
export async function insertClientCode({
  surface,
  format,
  settings,
  catalog,
  writes,
}: ClientCodeParts<KnownForm>): Promise<void> {
  const { model } = await surface.controller();
  const set = fitTo(requestSettings(settings, model), catalog.find(model), 0, (id) => catalog.find(id));
  const language = activeEditor()?.document.languageId ?? '';
  const rows = format.forms
    .map((form) => ({ ...rowOf(form), form }))
    .sort((one, other) => Number(isFor(other, language)) - Number(isFor(one, language)));
  const row = await vscode.window.showQuickPick(rows, {
    title: t('Insert Client Code'),
    placeHolder: t('Code that asks {0} with the settings of this chat', catalog.nameOf(model)),
    matchOnDescription: true,
  });
  if (!row) {
    return;
  }
  const code = await format.code(row.form, set);
  await (activeEditor()
    ? insertAtCursor(code, writes)
    : newFile({ text: code, language: row.languages[0] }, writes));
  if (code.includes(format.keyVariable)) {
    void vscode.window.showInformationMessage(
      t('The code reads the key from the variable {0}.', format.keyVariable),
    );
  }
}

interface Row extends vscode.QuickPickItem {
  /** The languages of editors in which it comes first; a new file has the first one. */
  readonly languages: readonly [string, ...string[]];
}

function rowOf(form: KnownForm): Row {
  const typescript = ['typescript', 'javascript', 'typescriptreact', 'javascriptreact'] as const;
  switch (form) {
    case 'typescriptSdk':
      return { label: t('TypeScript'), description: t('OpenAI SDK'), languages: typescript };
    case 'typescriptFetch':
      return { label: t('TypeScript'), description: t('fetch'), languages: typescript };
    case 'pythonSdk':
      return { label: t('Python'), description: t('OpenAI SDK'), languages: ['python'] };
    case 'pythonLibrary':
      return { label: t('Python'), description: t('standard library'), languages: ['python'] };
    case 'curl':
      return { label: t('cURL'), description: t('shell command'), languages: ['shellscript'] };
    default:
      return form satisfies never;
  }
}

function isFor({ languages }: Row, language: string): boolean {
  return languages.includes(language);
}
