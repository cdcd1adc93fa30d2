import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ContextItem } from '../../core/context/contextItem.ts';
import { remedies } from '../words/report.ts';
import { fileContext, selectionContext } from '../workspace/selection.ts';
import type { ChatSurface } from './chatSurface.ts';

/** An editor's selection; without one, the user is told and can choose the whole file. */
export async function selectedCode(
  surface: ChatSurface,
  editor: vscode.TextEditor | undefined,
): Promise<ContextItem | undefined> {
  const selected = editor && selectionContext(editor);
  if (selected) {
    return selected;
  }
  const controller = await surface.controller();
  const where = editor ? t('Nothing is selected in {0}.', fileName(editor)) : t('No text editor is open.');
  controller.raise({
    severity: 'warning',
    message: t('{0} Select some code, then ask again.', where),
    remedies: [remedies.dismiss],
  });
  const wholeFile = t('Ask About the Whole File');
  const choice = await vscode.window.showWarningMessage(where, ...(editor ? [wholeFile] : [t('Open Chat')]));
  if (choice === wholeFile && editor) {
    return fileContext(editor.document);
  }
  if (choice !== undefined) {
    await surface.reveal();
  }
  return undefined;
}

function fileName({ document }: vscode.TextEditor): string {
  return document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
}
