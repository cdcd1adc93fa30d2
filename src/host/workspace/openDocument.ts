import * as vscode from 'vscode';

/** Shows and focuses a document in its editor, or in the notebook it is a cell of; returns its text editor. */
export async function showDocument(document: vscode.TextDocument): Promise<vscode.TextEditor | undefined> {
  const cell = cellOf(document);
  if (!cell) {
    return vscode.window.showTextDocument(document, { preserveFocus: false });
  }
  const range = new vscode.NotebookRange(cell.index, cell.index + 1);
  const editor = await vscode.window.showNotebookDocument(cell.notebook, { selections: [range] });
  editor.revealRange(range, vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
  return vscode.window.visibleTextEditors.find((each) => each.document === document);
}

/** Whether the editor's text is saved; a cell's file is its notebook's. */
export function isSaved(document: vscode.TextDocument): boolean {
  const { isDirty, isUntitled } = cellOf(document)?.notebook ?? document;
  return !isDirty && !isUntitled;
}

/** Saves a document, or the notebook it is a cell of. */
export async function saveDocument(document: vscode.TextDocument): Promise<void> {
  await (cellOf(document)?.notebook ?? document).save();
}

function cellOf(document: vscode.TextDocument): vscode.NotebookCell | undefined {
  return vscode.workspace.notebookDocuments
    .flatMap((notebook) => notebook.getCells())
    .find((cell) => cell.document === document);
}
