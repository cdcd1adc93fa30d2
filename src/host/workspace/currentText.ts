import * as vscode from 'vscode';

/** The text of a file as its editor has it while it is not saved, and else as it is on the disk. */
export async function currentText(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  // An editor learns a little late that a file has changed on the disk.
  return open && (open.isDirty || open.isUntitled)
    ? open.getText()
    : new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}
