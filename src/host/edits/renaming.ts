import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { movedRange, type OffsetRange } from '../../core/edits/movedRange.ts';
import type { StructuredAnswer } from '../../core/prompts/structured/structuredPrompt.ts';
import { isIdentifier, usableNames, type Names } from '../../core/prompts/suggestNames.ts';
import type { WriteGuard, WriteRefusal } from '../context/writeGuard.ts';
import { costWords, type AnsweredFor } from '../words/costWords.ts';
import type { DocumentWatch } from '../workspace/documentWatch.ts';

/** A name in a document. */
export interface NamedThing {
  readonly document: vscode.TextDocument;
  readonly name: string;
  /** Where the name is. */
  readonly range: OffsetRange;
}

/** The selected name, or the one at the cursor. */
export function nameAt({ document, selection }: vscode.TextEditor): vscode.Range | undefined {
  const range = selection.isEmpty
    ? document.getWordRangeAtPosition(selection.active)
    : isIdentifier(document.getText(selection))
      ? selection
      : document.getWordRangeAtPosition(selection.start);
  const name = range && document.getText(range);
  return name !== undefined && isIdentifier(name, name) ? range : undefined;
}

/** Asks which of the suggested names it is to be; nothing where none is chosen, or none can be used. */
export async function chooseName(
  present: string,
  { value, ...answer }: StructuredAnswer<Names> & AnsweredFor,
): Promise<string | undefined> {
  const names = usableNames(value.names, present);
  if (names.length === 0) {
    void vscode.window.showWarningMessage(
      t('None of the suggested names can replace {0}{1}.', present, costWords(answer)),
    );
    return undefined;
  }
  const choice = await vscode.window.showQuickPick(
    names.map(({ name, reason }) => ({ label: name, detail: reason })),
    {
      title: t('Names for {0}{1}', present, costWords(answer)),
      placeHolder: t('Renames it everywhere'),
      matchOnDetail: true,
      ignoreFocusOut: true,
    },
  );
  return choice?.label;
}

/** Renames it as its language does; where that cannot be, the name can be copied. */
export async function rename(
  { document, name, range }: NamedThing,
  chosen: string,
  { changes }: DocumentWatch,
  writes: WriteGuard,
): Promise<void> {
  const now = document.isClosed ? undefined : movedRange(range, changes);
  const place = now && new vscode.Range(document.positionAt(now.start), document.positionAt(now.end));
  if (!place || document.getText(place) !== name) {
    await offerCopy(t('{0} has changed in the meantime, so nothing was renamed.', name), chosen);
    return;
  }
  const renaming = await renameEdit(document, place.start, chosen);
  if (typeof renaming === 'string') {
    await offerCopy(renaming, chosen);
    return;
  }
  const refusal = await refusalIn(renaming, writes);
  if (refusal) {
    await offerCopy(t('{0}, so nothing was written.', refusal.why), chosen);
  } else if (renaming.size === 0) {
    await offerCopy(t("Rename isn't available for {0} here.", name), chosen);
  } else if (!(await vscode.workspace.applyEdit(renaming, { isRefactoring: true }))) {
    await offerCopy(
      t("{0} couldn't be renamed because its files have changed in the meantime.", name),
      chosen,
    );
  }
}

/** Why one of the files that a rename changes must not be written. */
async function refusalIn(edit: vscode.WorkspaceEdit, writes: WriteGuard): Promise<WriteRefusal | undefined> {
  for (const [uri] of edit.entries()) {
    const refusal = await writes.refusalOf(uri);
    if (refusal) {
      return refusal;
    }
  }
  return undefined;
}

/** The rename's changes from the language, or why it can't rename. */
async function renameEdit(
  document: vscode.TextDocument,
  place: vscode.Position,
  name: string,
): Promise<vscode.WorkspaceEdit | string> {
  try {
    const edit: unknown = await vscode.commands.executeCommand(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      place,
      name,
    );
    return edit instanceof vscode.WorkspaceEdit ? edit : new vscode.WorkspaceEdit();
  } catch (error) {
    // The reason is the language's own message.
    const reason = error instanceof Error ? error.message : String(error);
    return t("It can't be renamed here: {0}", reason);
  }
}

async function offerCopy(message: string, name: string): Promise<void> {
  const copy = t('Copy Name');
  if ((await vscode.window.showWarningMessage(message, copy)) === copy) {
    await vscode.env.clipboard.writeText(name);
  }
}
