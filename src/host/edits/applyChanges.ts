import * as vscode from 'vscode';
import type { Placement } from '../../core/edits/placement.ts';

/**
 * Changes a document as one undo step; returns whether the editor accepted it, which it doesn't after concurrent
 * typing. An editor that shows the document changes it within one message and frame; hidden documents take several.
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
