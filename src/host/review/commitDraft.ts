import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CleanText } from '../../core/context/clean.ts';
import { estimateTokens, type ContextItem } from '../../core/context/contextItem.ts';
import { summarizeDiffs, type FileDiff } from '../../core/prompts/diffSummary.ts';
import type { CommitInput } from '../../core/prompts/writeCommitMessage.ts';
import type { QuestionGuard } from '../context/questionGuard.ts';
import type { Repository } from '../context/sources/git.ts';
import type { CommitChanges } from '../context/sources/gitChanges.ts';
import { costWords, type AnsweredFor } from '../words/costWords.ts';
import { formatNumber } from '../platform/formats.ts';

/** How many earlier commits are examples. */
const maxSubjects = 10;

/** A longer subject is no example; in characters. */
const maxSubjectLength = 120;

/** How much of a change is sent, in characters. */
const bounds = { perFile: 8_000, inAll: 60_000 };

/** A commit to describe. */
export interface CommitDraft {
  readonly repository: Repository;
  readonly changes: CommitChanges;
  readonly input: CommitInput;
  /** From the palette the box may be hidden; its own button is beside it. */
  readonly isOutOfSight: boolean;
}

/** What the model is shown of the changes and of earlier messages, without secrets. */
export async function commitInput(
  repository: Repository,
  changes: CommitChanges,
  questions: QuestionGuard,
): Promise<CommitInput> {
  // One at a time and before cutting: half a secret isn't recognized.
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
    // There are none before the first commit.
    return [];
  }
}

/** Puts the message into the box; the previous text can be restored. */
export async function fillInputBox(
  { repository: { inputBox }, changes, isOutOfSight }: CommitDraft,
  message: string,
  answer: AnsweredFor,
): Promise<void> {
  const typed = inputBox.value;
  inputBox.value = message;
  if (isOutOfSight) {
    await vscode.commands.executeCommand('workbench.view.scm');
  }
  const described = t('Wrote a commit message for {0}{1}.', changesWords(changes), costWords(answer));
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

/** How many files the commit is of, in words. */
export function changesWords({ staged, files }: CommitChanges): string {
  const count = files.length;
  if (staged) {
    return count === 1 ? t('1 staged file') : t('{0} staged files', formatNumber(count));
  }
  return count === 1 ? t('1 changed file') : t('{0} changed files', formatNumber(count));
}
