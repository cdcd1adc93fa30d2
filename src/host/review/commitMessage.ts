import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CleanText } from '../../core/context/clean.ts';
import { estimateTokens, type ContextItem } from '../../core/context/contextItem.ts';
import type { Usage } from '../../core/conversation/message.ts';
import { toCommitText } from '../../core/prompts/commitText.ts';
import { summarizeDiffs, type FileDiff } from '../../core/prompts/diffSummary.ts';
import { writeCommitMessage as prompt, type CommitInput } from '../../core/prompts/writeCommitMessage.ts';
import type { QuestionGuard } from '../context/questionGuard.ts';
import { findRepository, type Repository } from '../context/sources/git.ts';
import { commitChanges, type CommitChanges } from '../context/sources/gitChanges.ts';
import { commandIds, type SourceControlPlace } from '../platform/contributions.ts';
import { costWords } from '../words/costWords.ts';
import type { PromptParts } from '../prompts/promptParts.ts';

/** So many earlier commits show how messages are written here. */
const maxSubjects = 10;

/** A longer first line is no model to follow; in characters. */
const maxSubjectLength = 120;

/** How much of a change is read by the model, in characters. */
const bounds = { perFile: 8_000, inAll: 60_000 };

/** A commit that is to be described. */
interface PendingCommit {
  readonly repository: Repository;
  readonly changes: CommitChanges;
  readonly input: CommitInput;
  /** From the palette the box may not be seen; its own button is beside it. */
  readonly isOutOfSight: boolean;
}

/** Writes the message of the next commit into its box; `source` is the source control of the menu, if it was one. */
export async function commitMessage(parts: PromptParts, source?: SourceControlPlace): Promise<void> {
  const repository = await findRepository(source?.rootUri);
  if (!repository) {
    void vscode.window.showWarningMessage(t('There is no Git repository here.'));
    return;
  }
  const { questions } = await parts.surface.controller();
  const changes = await commitChanges(repository, questions.bounds().isExcluded);
  if (changes.files.length === 0) {
    void vscode.window.showInformationMessage(
      changes.leftOut.length === 0
        ? t('There are no changes to describe.')
        : t('All changed files are excluded from requests: {0}.', changes.leftOut.join(', ')),
    );
    return;
  }
  const input = await inputFor(repository, changes, questions);
  if (questions.refuse(input.items)) {
    await parts.surface.reveal();
    return;
  }
  await ask(parts, { repository, changes, input, isOutOfSight: source === undefined });
}

async function inputFor(
  repository: Repository,
  changes: CommitChanges,
  questions: QuestionGuard,
): Promise<CommitInput> {
  // Each by itself and before it is cut: half a secret is not known for one.
  const files = await Promise.all(changes.files.map((file) => cleanDiff(file, questions)));
  const inAll = Math.min(bounds.inAll, 2 * questions.bounds().tokens);
  const text = summarizeDiffs(files, { ...bounds, inAll });
  const item: ContextItem = {
    id: crypto.randomUUID(),
    label: changes.staged ? t('Staged changes') : t('Unstaged changes'),
    // For the model, in English.
    path: changes.staged ? 'Staged changes' : 'Unstaged changes',
    languageId: 'diff',
    text,
    tokens: estimateTokens(text),
  };
  const draft = await questions.cleanText(repository.inputBox.value.trim());
  return {
    items: [await questions.cleanItem(item)],
    subjects: await subjectsOf(repository, questions),
    ...(draft !== '' && { draft }),
  };
}

async function cleanDiff(file: FileDiff, questions: QuestionGuard): Promise<FileDiff> {
  if (file.diff === undefined || file.isHidden) {
    return file;
  }
  const { path, diff } = file;
  const item = { id: '', label: path, path, languageId: 'diff', text: diff, tokens: 0 };
  return { ...file, diff: (await questions.cleanItem(item)).text };
}

async function subjectsOf(repository: Repository, questions: QuestionGuard): Promise<readonly CleanText[]> {
  try {
    const commits = await repository.log({ maxEntries: maxSubjects });
    const subjects = commits
      .map(({ message }) => (message.split('\n', 1)[0] ?? '').trim())
      .filter((subject) => subject !== '' && subject.length <= maxSubjectLength);
    return await Promise.all(subjects.map((subject) => questions.cleanText(subject)));
  } catch {
    // Before the first commit there are none.
    return [];
  }
}

/** A failure shows in the panel, and can be tried again. */
async function ask(parts: PromptParts, commit: PendingCommit): Promise<void> {
  const { changes, input } = commit;
  try {
    const answer = await parts.runner.run({
      prompt,
      input,
      command: commandIds.commitMessage,
      title: t('Writing a commit message for {0}', changesWords(changes)),
      tokens: input.items.reduce((sum, { tokens }) => sum + tokens, 0),
    });
    if (answer) {
      await fill(commit, toCommitText(answer.value), answer.usage);
    }
  } catch (error) {
    const controller = await parts.surface.controller();
    controller.report(error, () => void ask(parts, commit));
    await parts.surface.reveal();
  }
}

/** Puts the message into the box; what stood there can be had back. */
async function fill(
  { repository: { inputBox }, changes, isOutOfSight }: PendingCommit,
  message: string,
  usage: Usage | undefined,
): Promise<void> {
  const typed = inputBox.value;
  inputBox.value = message;
  if (isOutOfSight) {
    await vscode.commands.executeCommand('workbench.view.scm');
  }
  const described = t('Wrote a commit message for {0}{1}.', changesWords(changes), costWords(usage));
  const { leftOut } = changes;
  const words = leftOut.length === 0 ? described : t('{0} Skipped: {1}.', described, leftOut.join(', '));
  if (typed.trim() === '' || typed === message) {
    void vscode.window.showInformationMessage(words);
    return;
  }
  const restore = t('Restore');
  const question = t('{0} You can restore the previous message.', words);
  if ((await vscode.window.showInformationMessage(question, restore)) === restore) {
    inputBox.value = typed;
  }
}

function changesWords({ staged, files }: CommitChanges): string {
  const count = files.length;
  if (staged) {
    return count === 1 ? t('1 staged file') : t('{0} staged files', count);
  }
  return count === 1 ? t('1 changed file') : t('{0} changed files', count);
}
