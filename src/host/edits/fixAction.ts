import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { toCommand } from '../platform/commands.ts';
import { promptCommandIds } from '../platform/contributions.ts';

/** Offers to fix the problems at the cursor, from any source; nothing is sent until it is chosen. */
export function registerFixAction(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    '*',
    { provideCodeActions: fixActions },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function fixActions(
  { uri }: vscode.TextDocument,
  _range: vscode.Range,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  const [first] = diagnostics;
  if (!first) {
    return [];
  }
  const place = diagnostics.reduce((all, { range }) => all.union(range), first.range);
  const title = t('Fix with Switchboard');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = toCommand(promptCommandIds.fixSelection, title, uri, place);
  action.diagnostics = [...diagnostics];
  return [action];
}
