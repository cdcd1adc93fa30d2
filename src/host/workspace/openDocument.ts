import * as vscode from 'vscode';

/** Shows a document in its editor, or the notebook that it is a cell of, with the focus; gives the editor of its text. */
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

/** Whether what the editor has is what the file has; a cell's file is that of its notebook. */
export function isSaved(document: vscode.TextDocument): boolean {
  const { isDirty, isUntitled } = cellOf(document)?.notebook ?? document;
  return !isDirty && !isUntitled;
}

/** Saves a document, or the notebook that it is a cell of. */
export async function saveDocument(document: vscode.TextDocument): Promise<void> {
  await (cellOf(document)?.notebook ?? document).save();
}

function cellOf(document: vscode.TextDocument): vscode.NotebookCell | undefined {
  return vscode.workspace.notebookDocuments
    .flatMap((notebook) => notebook.getCells())
    .find((cell) => cell.document === document);
}
