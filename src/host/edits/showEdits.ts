import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { countRedacted } from '../../core/context/redaction.ts';
import { editPath } from '../../core/edits/editPath.ts';
import { placeEdits, type Edit, type RefusedEdit } from '../../core/edits/fileEdits.ts';
import { formatCost } from '../../core/model/money.ts';
import type { Edits } from '../../core/prompts/edits.ts';
import type { StructuredAnswer } from '../../core/prompts/structuredPrompt.ts';
import { commandIds } from '../contributions.ts';
import { remedies } from '../report.ts';
import type { GivenCode } from '../prompts/givenCode.ts';
import type { PromptParts } from '../prompts/promptParts.ts';
import { FileReview } from './fileReview.ts';
import { findExactFile } from './workspaceFile.ts';

/** What a command was answered, and its title. */
interface AnsweredEdits extends StructuredAnswer<Edits> {
  readonly title: string;
}

/** The edits of one file, with the text that they are to be found in. */
interface FileTarget {
  readonly document: vscode.TextDocument;
  readonly text: string;
  readonly edits: readonly Edit[];
}

/** Why an answer is not shown for review: in words, an edit a line. */
class Misfit extends Error {}

function refusalWords(file: string, why: RefusedEdit['why']): string {
  switch (why) {
    case 'missing':
      return t('{0}: the code that it replaces is not in the file.', file);
    case 'ambiguous':
      return t('{0}: the code that it replaces is there more than once.', file);
    case 'unchanged':
      return t('{0}: it changes nothing.', file);
    case 'empty':
      return t('{0}: it does not say what it replaces.', file);
    case 'overlapping':
      return t('{0}: it overlaps with another one.', file);
    default:
      return why satisfies never;
  }
}

/**
 * Shows the edits of an answer for review: in the editor where they are of the document that was asked about, and in
 * VS Code's Refactor Preview where they are of several files. An answer that does not fit changes nothing, and says why.
 */
export async function showEdits(
  parts: PromptParts,
  given: GivenCode,
  { value, usage, title }: AnsweredEdits,
): Promise<void> {
  const cost = usage?.cost === undefined ? '' : formatCost(usage.cost);
  const summary = cost === '' ? value.summary : `${value.summary} (${cost})`;
  if (value.edits.length === 0) {
    void vscode.window.showInformationMessage(summary);
    return;
  }
  try {
    const targets = await targetsOf(parts, given, value.edits);
    const [only] = targets;
    if (targets.length === 1 && only?.document === given.document) {
      await reviewInline(parts, given, only);
      tellSummary(summary);
    } else {
      await previewAll(targets, title);
    }
  } catch (error) {
    if (!(error instanceof Misfit)) {
      throw error;
    }
    const controller = await parts.room.controller();
    controller.raise({
      message:
        cost === ''
          ? t(
              'The answer does not fit the code, so nothing was changed. Run the command again, or switch to another model.',
            )
          : t(
              'The answer does not fit the code ({0}), so nothing was changed. Run the command again, or switch to another model.',
              cost,
            ),
      detail: `${error.message}\n\n${JSON.stringify(value, null, 2)}`,
      remedies: [remedies.switchModel, remedies.dismiss],
    });
    await parts.room.reveal();
  }
}

/** The files that the edits are of: the one that was asked about, and others of the workspace. */
async function targetsOf(
  { room }: PromptParts,
  given: GivenCode,
  edits: readonly Edit[],
): Promise<readonly FileTarget[]> {
  const targets = new Map<vscode.TextDocument, FileTarget>();
  const { questions } = await room.controller();
  for (const edit of edits) {
    if (countRedacted(edit.replace) > 0) {
      throw new Misfit(t('{0}: it would write a mark in the place of a secret into the file.', edit.file));
    }
    const isGiven = given.items.some(({ path, label }) => path === edit.file || label === edit.file);
    const document = isGiven
      ? given.document
      : await otherDocument(edit.file, (uri) => questions.bounds().isExcluded(uri));
    const before = targets.get(document)?.edits ?? [];
    const text = document === given.document ? given.watch.text : document.getText();
    targets.set(document, { document, text, edits: [...before, edit] });
  }
  return [...targets.values()];
}

async function otherDocument(
  name: string,
  isExcluded: (uri: vscode.Uri) => Promise<boolean>,
): Promise<vscode.TextDocument> {
  const path = editPath(name);
  const uri = path.state === 'allowed' ? await findExactFile(path.path) : undefined;
  if (!uri) {
    throw new Misfit(t('{0}: there is no such file in the workspace.', name));
  }
  if (await isExcluded(uri)) {
    throw new Misfit(t('{0}: the file is excluded in "switchboard.context.exclude".', name));
  }
  return vscode.workspace.openTextDocument(uri);
}

async function reviewInline(
  { review }: PromptParts,
  { watch }: GivenCode,
  { document, text, edits }: FileTarget,
): Promise<void> {
  const placements = placed(text, edits);
  const proposed = new FileReview(document, { text, placements, since: watch.changes });
  await (await review()).propose(proposed);
}

/** The user chooses there, file by file and change by change; nothing is written before. */
async function previewAll(targets: readonly FileTarget[], title: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { document, text, edits } of targets) {
    for (const { start, end, text: by, reason } of placed(text, edits)) {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      edit.replace(document.uri, range, by, { needsConfirmation: true, label: title, description: reason });
    }
  }
  await vscode.workspace.applyEdit(edit, { isRefactoring: true });
}

function placed(text: string, edits: readonly Edit[]) {
  const result = placeEdits(text, edits);
  if (result.state === 'refused') {
    throw new Misfit(result.refusals.map(({ edit, why }) => refusalWords(edit.file, why)).join('\n'));
  }
  return result.placements;
}

/** Says what the changes are for; both ways on are there at once. */
function tellSummary(summary: string): void {
  const [acceptAll, rejectAll] = [t('Accept All'), t('Reject All')];
  void vscode.window
    .showInformationMessage(summary, acceptAll, rejectAll)
    .then((choice) =>
      choice === undefined
        ? undefined
        : vscode.commands.executeCommand(
            choice === acceptAll ? commandIds.acceptAllChanges : commandIds.rejectAllChanges,
          ),
    );
}
