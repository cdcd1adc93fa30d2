import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FilePlace } from '../../protocol/fileLookup.ts';
import { activeEditor } from '../workspace/selection.ts';
import { findMentionedFile } from '../workspace/mentionedFile.ts';

/** Shows a place that an answer names: lines are selected; for a single line or column, the cursor is placed. */
export async function openFile(place: FilePlace): Promise<void> {
  const file = await findMentionedFile(place.path);
  if (!file) {
    void vscode.window.showWarningMessage(
      t('The workspace has no file that matches {0}, or more than one.', place.path),
    );
    return;
  }
  // A chat may be in an editor too: open the file where code already is.
  const viewColumn = activeEditor()?.viewColumn ?? vscode.ViewColumn.Active;
  if (place.line === undefined) {
    // The editor also opens images, and text where it was last viewed.
    await vscode.commands.executeCommand('vscode.open', file, viewColumn);
    return;
  }
  const document = await vscode.workspace.openTextDocument(file);
  const selection = document.validateRange(rangeOf(place.line, place));
  await vscode.window.showTextDocument(document, { selection, viewColumn });
}

function rangeOf(line: number, { column = 1, endLine }: FilePlace): vscode.Range {
  const start = new vscode.Position(line - 1, column - 1);
  // A column past the end means the end of the line.
  const end = endLine === undefined ? start : new vscode.Position(endLine - 1, Number.MAX_SAFE_INTEGER);
  return new vscode.Range(start, end);
}
