import { promptCommandIds, type PromptCommandId } from '../contributions.ts';
import type { PromptParts } from './promptParts.ts';

/** What each command does; its code is loaded when it is first run. */
export function promptCommands(
  parts: PromptParts,
): Readonly<Record<PromptCommandId, (...args: readonly unknown[]) => Promise<void>>> {
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
    [promptCommandIds.runPromptFile]: async (uri) =>
      (await import('../commands/runPromptFile.ts')).runPromptFile(parts, uri),
  };
}
