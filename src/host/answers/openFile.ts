import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FilePlace } from '../../protocol/fileLookup.ts';
import { activeEditor } from '../workspace/selection.ts';
import { findMentionedFile } from '../workspace/mentionedFile.ts';

/** Shows a place that an answer names: lines are selected, and at one line or column the cursor stands. */
export async function openFile(place: FilePlace): Promise<void> {
  const file = await findMentionedFile(place.path);
  if (!file) {
    void vscode.window.showWarningMessage(
      t('The workspace has no file that matches {0}, or more than one.', place.path),
    );
    return;
  }
  // A chat may be in an editor, too: the file belongs where code is already.
  const viewColumn = activeEditor()?.viewColumn ?? vscode.ViewColumn.Active;
  if (place.line === undefined) {
    // The editor opens a picture as well, and text where it was last looked at.
    await vscode.commands.executeCommand('vscode.open', file, viewColumn);
    return;
  }
  const document = await vscode.workspace.openTextDocument(file);
  const selection = document.validateRange(rangeOf(place.line, place));
  await vscode.window.showTextDocument(document, { selection, viewColumn });
}

function rangeOf(line: number, { column = 1, endLine }: FilePlace): vscode.Range {
  const start = new vscode.Position(line - 1, column - 1);
  // Past its last character a line ends where it does.
  const end = endLine === undefined ? start : new vscode.Position(endLine - 1, Number.MAX_SAFE_INTEGER);
  return new vscode.Range(start, end);
}
