import type * as vscode from 'vscode';
import type { ChatRoom } from '../chat/chatRoom.ts';
import { promptCommandIds, type PromptCommandId } from '../contributions.ts';
import type { InlineReview } from '../edits/inlineReview.ts';
import type { PromptRunner } from './promptRunner.ts';

/** What the commands that ask for structured answers work with. */
export interface PromptParts {
  readonly room: ChatRoom;
  readonly runner: PromptRunner;
  readonly review: () => Promise<InlineReview>;
  /** Where VS Code keeps this extension's files; the user's snippets lie near it. */
  readonly globalStorage: vscode.Uri;
}

/** A command, with what the menu that it was chosen from hands it. */
type PromptCommand = (...args: readonly unknown[]) => Promise<void>;

/** What each command does; its code is loaded when it is first run. */
export function promptCommands(parts: PromptParts): Readonly<Record<PromptCommandId, PromptCommand>> {
  const editing = () => import('../commands/editCode.ts');
  return {
    [promptCommandIds.explainSelection]: async () =>
      (await import('../commands/explainSelection.ts')).explainSelection(parts),
    [promptCommandIds.fixSelection]: async () => (await editing()).fixSelection(parts),
    [promptCommandIds.refactorSelection]: async () => (await editing()).refactorSelection(parts),
    [promptCommandIds.editSelection]: async () => (await editing()).editSelection(parts),
    [promptCommandIds.documentSelection]: async () => (await editing()).documentSelection(parts),
    [promptCommandIds.generateSnippet]: async () =>
      (await import('../commands/generateSnippet.ts')).generateSnippet(parts),
    [promptCommandIds.generateTests]: async () =>
      (await import('../commands/generateTests.ts')).generateTests(parts),
    [promptCommandIds.suggestNames]: async () =>
      (await import('../commands/suggestNames.ts')).suggestNames(parts),
    [promptCommandIds.commitMessage]: async (source) =>
      (await import('../commands/commitMessage.ts')).commitMessage(parts, source),
  };
}
