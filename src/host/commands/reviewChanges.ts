import * as vscode from 'vscode';
import { reviewChanges as prompt } from '../../core/prompts/reviewChanges.ts';
import { changedFiles, repositoryOf } from '../context/sources/git.ts';
import { commandIds } from '../contributions.ts';
import { runReview, type ReviewParts } from '../review/runReview.ts';
import { gatherChanges } from '../review/workingTree.ts';

/** Reviews all that has changed since the last commit; what is found becomes problems of the changed files. */
export async function reviewChanges(parts: ReviewParts, sourceControl?: unknown): Promise<void> {
  const { questions } = await parts.room.controller();
  const repository = await repositoryOf(sourceControl);
  if (!repository) {
    void vscode.window.showWarningMessage('There is no Git repository in this workspace.');
    return;
  }
  const changes = await gatherChanges(await changedFiles(repository), questions.bounds());
  const { files, items, diffs, tokens, leftOut } = changes;
  if (files.length === 0) {
    const more = leftOut.length === 0 ? '' : ` Left out: ${leftOut.join(', ')}.`;
    void vscode.window.showInformationMessage(`There are no changes to review.${more}`);
    return;
  }
  const [only] = files.length === 1 ? files : [];
  const subject = only ? only.path.slice(only.path.lastIndexOf('/') + 1) : `${String(files.length)} files`;
  await runReview(parts, {
    prompt,
    input: {
      items: await Promise.all(items.map((item) => questions.cleanItem(item))),
      diffs: await Promise.all(diffs.map((item) => questions.cleanItem(item))),
    },
    command: commandIds.reviewChanges,
    title: `Reviewing the changes of ${subject}`,
    tokens,
    files,
    subject,
    leftOut,
    tryAgain: () => reviewChanges(parts, sourceControl),
  });
}
