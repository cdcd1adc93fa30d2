import type * as vscode from 'vscode';
import { lazy } from '../../core/util/lazy.ts';
import type { ChatRoom } from '../chat/chatRoom.ts';
import { promptCommandIds, type PromptCommandId } from '../contributions.ts';
import type { PromptRunner } from './promptRunner.ts';

/** What the commands that ask for structured answers work with. */
export interface PromptParts {
  readonly room: ChatRoom;
  readonly runner: PromptRunner;
  /** Where VS Code keeps this extension's files; the user's snippets lie near it. */
  readonly globalStorage: vscode.Uri;
  /** Disposes of something with the extension. */
  readonly own: <Owned extends vscode.Disposable>(owned: Owned) => Owned;
}

/** What a command does; a menu may name what it means. */
type PromptCommand = (argument?: unknown) => Promise<void>;

/** What each command does; its code is loaded when it is first run. */
export function promptCommands(parts: PromptParts): Readonly<Record<PromptCommandId, PromptCommand>> {
  const findings = lazy(async () => parts.own(new (await import('../review/findings.ts')).Findings()));
  return {
    [promptCommandIds.generateSnippet]: async () =>
      (await import('../commands/generateSnippet.ts')).generateSnippet(parts),
    [promptCommandIds.reviewSelection]: async () =>
      (await import('../commands/reviewSelection.ts')).reviewSelection({ ...parts, findings }),
    [promptCommandIds.reviewChanges]: async (argument) =>
      (await import('../commands/reviewChanges.ts')).reviewChanges({ ...parts, findings }, argument),
  };
}
