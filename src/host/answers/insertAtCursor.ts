import * as vscode from 'vscode';
import { activeEditor } from '../workspace/selection.ts';

/** Inserts code from an answer at the cursor, replacing a selection as pasting does; one undo takes it back. */
export async function insertAtCursor(text: string): Promise<void> {
  const active = activeEditor();
  const editor = active
    ? await vscode.window.showTextDocument(active.document, active.viewColumn)
    : await vscode.window.showTextDocument(await vscode.workspace.openTextDocument());
  await editor.edit((edit) => {
    for (const selection of editor.selections) {
      edit.replace(selection, text);
    }
  });
}
