import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { toCommitText } from '../../core/prompts/commitText.ts';
import { writeCommitMessage as prompt } from '../../core/prompts/writeCommitMessage.ts';
import { findRepository } from '../context/sources/git.ts';
import { commitChanges } from '../context/sources/gitChanges.ts';
import { commandIds, type SourceControlPlace } from '../platform/contributions.ts';
import { reportFailure, type PromptServices } from '../prompts/promptSurface.ts';
import { changesWords, commitInput, fillInputBox, type CommitDraft } from '../review/commitDraft.ts';

/** Writes the next commit's message into its box; `source` is the menu's source control, if any. */
export async function commitMessage(services: PromptServices, source?: SourceControlPlace): Promise<void> {
  const repository = await findRepository(source?.rootUri);
  if (!repository) {
    void vscode.window.showWarningMessage(t('There is no Git repository here.'));
    return;
  }
  const { questions } = await services.surface.controller();
  const changes = await commitChanges(repository, questions.bounds().isExcluded);
  if (changes.files.length === 0) {
    void vscode.window.showInformationMessage(
      changes.leftOut.length === 0
        ? t('There are no changes to describe.')
        : t('All changed files are excluded from requests: {0}.', changes.leftOut.join(', ')),
    );
    return;
  }
  const input = await commitInput(repository, changes, questions);
  if (questions.refuse(input.items)) {
    await services.surface.reveal();
    return;
  }
  await ask(services, { repository, changes, input, isOutOfSight: source === undefined });
}

async function ask(services: PromptServices, draft: CommitDraft): Promise<void> {
  const { changes, input } = draft;
  const again = (): void => void ask(services, draft);
  await reportFailure(services.surface, again, async () => {
    const answer = await services.runner.run({
      prompt,
      input,
      command: commandIds.commitMessage,
      title: t('Writing a commit message for {0}', changesWords(changes)),
      tokens: input.items.reduce((sum, { tokens }) => sum + tokens, 0),
    });
    if (answer) {
      await fillInputBox(draft, toCommitText(answer.value), answer);
    }
  });
}
