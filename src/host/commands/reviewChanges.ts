import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { verbatim } from '../../core/context/clean.ts';
import { reviewChanges as prompt } from '../../core/prompts/reviewCode.ts';
import { changedFiles, repositoryOf } from '../context/sources/git.ts';
import { commandIds, type SourceControlPlace } from '../platform/contributions.ts';
import { runReview, type ReviewServices } from '../review/runReview.ts';
import { gatherChanges } from '../review/workingTree.ts';
import { formatNumber } from '../platform/formats.ts';

/** Reviews everything changed since the last commit; findings become problems of the changed files. */
export async function reviewChanges(services: ReviewServices, source?: SourceControlPlace): Promise<void> {
  const { questions } = await services.surface.controller();
  const repository = await repositoryOf(source);
  if (!repository) {
    void vscode.window.showWarningMessage(t('There is no Git repository in this workspace.'));
    return;
  }
  const changes = await gatherChanges(await changedFiles(repository), questions.bounds());
  const { files, items, diffs, tokens, leftOut } = changes;
  if (files.length === 0) {
    const none = t('There are no changes to review.');
    void vscode.window.showInformationMessage(
      leftOut.length === 0 ? none : t('{0} Skipped: {1}.', none, leftOut.join(', ')),
    );
    return;
  }
  const [only] = files.length === 1 ? files : [];
  const subject = only
    ? only.path.slice(only.path.lastIndexOf('/') + 1)
    : t('{0} files', formatNumber(files.length));
  const input = {
    items: await questions.cleanItems(items),
    diffs: await questions.cleanItems(diffs),
  };
  await runReview(services, {
    prompt,
    input,
    command: commandIds.reviewChanges,
    title: t('Reviewing changes in {0}', subject),
    tokens,
    files,
    subject,
    leftOut,
    question: verbatim`Review these changes.`,
    shown: [...input.items, ...input.diffs],
    tryAgain: () => reviewChanges(services, source),
  });
}
