import * as vscode from 'vscode';
import { tellRefused, type WriteGuard } from '../context/writeGuard.ts';
import { activeEditor } from '../workspace/selection.ts';

/** Inserts an answer's code at the cursor, replacing the selection as pasting does; one undo reverts it. */
export async function insertAtCursor(text: string, writes: WriteGuard): Promise<void> {
  const active = activeEditor();
  const editor = active
    ? await vscode.window.showTextDocument(active.document, active.viewColumn)
    : await vscode.window.showTextDocument(await vscode.workspace.openTextDocument());
  const { document, selections } = editor;
  const texts = await Promise.all(
    selections.map(({ start, end }) =>
      writes.textIn(document, text, (by) => ({
        start: document.offsetAt(start),
        end: document.offsetAt(end),
        text: by,
      })),
    ),
  );
  const refusal = texts.find((each) => each.state === 'refused');
  if (refusal) {
    tellRefused(refusal);
    return;
  }
  await editor.edit((edit) => {
    for (const [at, selection] of selections.entries()) {
      const allowed = texts[at];
      edit.replace(selection, allowed?.state === 'allowed' ? allowed.text : '');
    }
  });
}
