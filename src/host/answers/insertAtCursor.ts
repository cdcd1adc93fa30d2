import * as vscode from 'vscode';
import { activeEditor } from '../workspace/selection.ts';

/** Inserts an answer's code at the cursor, replacing the selection as pasting does; one undo reverts it. */
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
