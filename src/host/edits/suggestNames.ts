import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CleanItem, CleanText } from '../../core/context/clean.ts';
import { movedRange, type OffsetRange } from '../../core/edits/movedRange.ts';
import type { StructuredAnswer } from '../../core/prompts/structured/structuredPrompt.ts';
import {
  isIdentifier,
  suggestNames as prompt,
  usableNames,
  type Names,
} from '../../core/prompts/suggestNames.ts';
import { activeEditor, rangeContext } from '../workspace/selection.ts';
import { codeAround } from '../context/sources/symbols.ts';
import { commandIds } from '../platform/contributions.ts';
import { DocumentWatch } from '../workspace/documentWatch.ts';
import { costWords } from '../words/costWords.ts';
import type { PromptParts } from '../prompts/promptParts.ts';

/** A name in a document, and the code that shows what it is for. */
interface NamedThing {
  readonly document: vscode.TextDocument;
  readonly name: string;
  /** The name as the model is told it. */
  readonly symbol: CleanText;
  /** Where the name stands. */
  readonly range: OffsetRange;
  readonly code: CleanItem;
}

/** Suggests names for the symbol at the cursor, and renames it as its language does. */
export async function suggestNames(parts: PromptParts): Promise<void> {
  const editor = activeEditor();
  const name = editor && nameAt(editor);
  if (!name) {
    void vscode.window.showWarningMessage(t('Place the cursor on a name, then run the command again.'));
    return;
  }
  const { document } = editor;
  const { questions } = await parts.surface.controller();
  if (await questions.refuseFile(document.uri)) {
    await parts.surface.reveal();
    return;
  }
  const code = rangeContext(document, await codeAround(document, name.start));
  if (questions.refuse([code])) {
    await parts.surface.reveal();
    return;
  }
  const range = { start: document.offsetAt(name.start), end: document.offsetAt(name.end) };
  const word = document.getText(name);
  await ask(parts, {
    document,
    name: word,
    symbol: await questions.cleanText(word),
    range,
    code: await questions.cleanItem(code),
  });
}

/** The selected name, or the one that the cursor is in. */
function nameAt({ document, selection }: vscode.TextEditor): vscode.Range | undefined {
  const range = selection.isEmpty
    ? document.getWordRangeAtPosition(selection.active)
    : isIdentifier(document.getText(selection))
      ? selection
      : document.getWordRangeAtPosition(selection.start);
  const name = range && document.getText(range);
  return name !== undefined && isIdentifier(name, name) ? range : undefined;
}

/** A failure shows in the panel, and can be tried again. */
async function ask(parts: PromptParts, thing: NamedThing): Promise<void> {
  const watch = new DocumentWatch(thing.document);
  try {
    const answer = await parts.runner.run({
      prompt,
      input: { items: [thing.code], symbol: thing.symbol },
      command: commandIds.suggestNames,
      title: t('Finding names for {0}', thing.name),
      tokens: thing.code.tokens,
    });
    const chosen = answer && (await choose(thing.name, answer));
    if (chosen !== undefined) {
      await rename(thing, chosen, watch);
    }
  } catch (error) {
    const controller = await parts.surface.controller();
    controller.report(error, () => void ask(parts, thing));
    await parts.surface.reveal();
  } finally {
    watch.dispose();
  }
}

async function choose(
  present: string,
  { value, usage }: StructuredAnswer<Names>,
): Promise<string | undefined> {
  const names = usableNames(value.names, present);
  if (names.length === 0) {
    void vscode.window.showWarningMessage(
      t('None of the suggested names can replace {0}{1}.', present, costWords(usage)),
    );
    return undefined;
  }
  const choice = await vscode.window.showQuickPick(
    names.map(({ name, reason }) => ({ label: name, detail: reason })),
    {
      title: t('Names for {0}{1}', present, costWords(usage)),
      placeHolder: t('Renames it everywhere'),
      matchOnDetail: true,
      ignoreFocusOut: true,
    },
  );
  return choice?.label;
}

async function rename(
  { document, name, range }: NamedThing,
  chosen: string,
  { changes }: DocumentWatch,
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
  } else if (renaming.size === 0) {
    await offerCopy(t("Rename isn't available for {0} here.", name), chosen);
  } else if (!(await vscode.workspace.applyEdit(renaming, { isRefactoring: true }))) {
    await offerCopy(
      t("{0} couldn't be renamed because its files have changed in the meantime.", name),
      chosen,
    );
  }
}

/** The changes that a rename makes, as the language says; in words why it cannot be. */
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
    // The reason is the language's own, in words for people.
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
