import { lazy } from '../../core/util/lazy.ts';
import { promptCommandIds, type PromptCommandId } from '../platform/contributions.ts';
import type { PromptParts } from '../prompts/promptParts.ts';

/** A command, with what the menu that it was chosen from hands it. */
type PromptCommand = (...args: readonly unknown[]) => Promise<void>;

/** What each command does; its code is loaded when it is first run. */
export function promptCommands(
  given: Omit<PromptParts, 'findings'>,
): Readonly<Record<PromptCommandId, PromptCommand>> {
  const findings = lazy(async () => given.own(new (await import('../review/findings.ts')).Findings()));
  const parts: PromptParts = { ...given, findings };
  const editing = () => import('../edits/editCode.ts');
  return {
    [promptCommandIds.explainSelection]: async () =>
      (await import('./explainSelection.ts')).explainSelection(parts),
    [promptCommandIds.fixSelection]: async (uri, place) => (await editing()).fixSelection(parts, uri, place),
    [promptCommandIds.refactorSelection]: async () => (await editing()).refactorSelection(parts),
    [promptCommandIds.editSelection]: async () => (await editing()).editSelection(parts),
    [promptCommandIds.documentSelection]: async () => (await editing()).documentSelection(parts),
    [promptCommandIds.generateSnippet]: async () =>
      (await import('../snippets/generateSnippet.ts')).generateSnippet(parts),
    [promptCommandIds.reviewSelection]: async () =>
      (await import('./reviewSelection.ts')).reviewSelection(parts),
    [promptCommandIds.reviewChanges]: async (argument) =>
      (await import('./reviewChanges.ts')).reviewChanges(parts, argument),
    [promptCommandIds.runPromptFile]: async (uri) =>
      (await import('../promptFiles/runPromptFile.ts')).runPromptFile(parts, uri),
    [promptCommandIds.generateTests]: async () =>
      (await import('../testGeneration/generateTests.ts')).generateTests(parts),
    [promptCommandIds.suggestNames]: async () =>
      (await import('../edits/suggestNames.ts')).suggestNames(parts),
    [promptCommandIds.commitMessage]: async (source) =>
      (await import('../review/commitMessage.ts')).commitMessage(parts, source),
  };
}
