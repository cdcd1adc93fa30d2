import type * as vscode from 'vscode';
import { lazy } from '../../core/util/lazy.ts';
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
  /** Disposes of something with the extension. */
  readonly own: <Owned extends vscode.Disposable>(owned: Owned) => Owned;
}

/** What each command does; its code is loaded when it is first run. */
export function promptCommands(
  parts: PromptParts,
): Readonly<Record<PromptCommandId, (...args: readonly unknown[]) => Promise<void>>> {
  const findings = lazy(async () => parts.own(new (await import('../review/findings.ts')).Findings()));
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
    [promptCommandIds.reviewSelection]: async () =>
      (await import('../commands/reviewSelection.ts')).reviewSelection({ ...parts, findings }),
    [promptCommandIds.reviewChanges]: async (argument) =>
      (await import('../commands/reviewChanges.ts')).reviewChanges({ ...parts, findings }, argument),
    [promptCommandIds.runPromptFile]: async (uri) =>
      (await import('../commands/runPromptFile.ts')).runPromptFile(parts, uri),
  };
}
