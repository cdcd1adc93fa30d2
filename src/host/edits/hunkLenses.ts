import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { toCommand } from '../platform/commands.ts';
import { commandIds } from '../platform/contributions.ts';
import type { PendingHunk } from './fileReview.ts';

/** What stands above each pending change of a document. */
export function lensesOf(document: vscode.TextDocument, pending: readonly PendingHunk[]): vscode.CodeLens[] {
  return pending.flatMap(({ index, hunk }, at) => {
    const place = firstLineOf(document, hunk);
    return [
      new vscode.CodeLens(place, {
        ...toCommand(commandIds.acceptChange, t('Accept'), document.uri, index),
        tooltip: hunk.reason,
      }),
      new vscode.CodeLens(place, {
        ...toCommand(commandIds.rejectChange, t('Reject'), document.uri, index),
        tooltip: hunk.reason,
      }),
      new vscode.CodeLens(place, toCommand(commandIds.nextChange, t('{0} of {1}', at + 1, pending.length))),
      ...(at === 0 && pending.length > 1 ? lensesForAll(place, document.uri) : []),
    ];
  });
}

/** Only at the first change: they decide all. */
function lensesForAll(place: vscode.Range, uri: vscode.Uri): readonly vscode.CodeLens[] {
  return [
    new vscode.CodeLens(place, toCommand(commandIds.acceptAllChanges, t('Accept All'), uri)),
    new vscode.CodeLens(place, toCommand(commandIds.rejectAllChanges, t('Reject All'), uri)),
  ];
}

function firstLineOf(document: vscode.TextDocument, { start }: PendingHunk['hunk']): vscode.Range {
  const { line } = document.positionAt(start);
  return new vscode.Range(line, 0, line, 0);
}
