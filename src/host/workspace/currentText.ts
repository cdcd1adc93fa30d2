import * as vscode from 'vscode';

/** A file's text from its unsaved editor, or else from disk. */
export async function currentText(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  // Editors notice disk changes a little late.
  return open && (open.isDirty || open.isUntitled)
    ? open.getText()
    : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
