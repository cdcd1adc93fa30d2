import type { ContextItem } from '../../core/context/contextItem.ts';
import type { CleanItem } from '../../core/context/clean.ts';
import type { CommandRecipe } from '../../core/conversation/session/preparedRequest.ts';
import { explainCode } from '../../core/prompts/explainCode.ts';
import { explanationMarkdown } from '../../core/prompts/explanationMarkdown.ts';
import { answerInMarkdown, structuredRequest } from '../../core/prompts/structured/answerInMarkdown.ts';
import { promptCommandIds } from '../platform/contributions.ts';
import type { PromptRunner } from './promptRunner.ts';

/** How code is explained in a chat, also when it is asked for again: a summary, steps with links, and pitfalls. */
export function explanationOf(
  runner: Pick<PromptRunner, 'settingsFor' | 'modelOf' | 'systemOf'>,
  items: readonly CleanItem[],
  tokens = tokensOf(items),
): CommandRecipe {
  const settings = runner.settingsFor(promptCommandIds.explainSelection, tokens);
  return {
    settings,
    shape: (request) => ({
      ...structuredRequest(explainCode, { items }, request, runner.modelOf(request)),
      system: runner.systemOf(explainCode, request.sessionId),
      feature: promptCommandIds.explainSelection,
    }),
    read: (events) =>
      answerInMarkdown(explainCode, events, (value, complete) => explanationMarkdown(value, items, complete)),
  };
}

function tokensOf(items: readonly ContextItem[]): number {
  return items.reduce((sum, { tokens }) => sum + tokens, 0);
}
