import * as vscode from 'vscode';
import type { Placement } from '../../core/edits/placement.ts';

/**
 * Changes a document as one step of undo; says whether the editor took it, which it does not where something was typed
 * on the way. An editor that shows the document changes it within one message and one frame; the way for documents
 * that nobody sees takes several.
 */
export function applyChanges(
  document: vscode.TextDocument,
  changes: readonly Placement[],
): Thenable<boolean> {
  const places = changes.map(({ start, end, text }) => ({
    range: new vscode.Range(document.positionAt(start), document.positionAt(end)),
    text,
  }));
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  if (editor) {
    return editor.edit((builder) => {
      for (const { range, text } of places) {
        builder.replace(range, text);
      }
    });
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { range, text } of places) {
    edit.replace(document.uri, range, text);
  }
  return vscode.workspace.applyEdit(edit);
}
