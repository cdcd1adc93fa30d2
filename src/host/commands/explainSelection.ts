import { t } from '@vscode/l10n';
import { answerInMarkdown, structuredRequest } from '../../core/prompts/structured/answerInMarkdown.ts';
import { explainCode } from '../../core/prompts/explainCode.ts';
import { explanationMarkdown } from '../../core/prompts/explanationMarkdown.ts';
import type { ChatSurface } from '../chat/chatSurface.ts';
import { promptCommandIds } from '../platform/contributions.ts';
import { gatherCode } from '../prompts/givenCode.ts';
import type { PromptRunner } from '../prompts/promptRunner.ts';

/** Explains the selected code in the chat: a summary, steps with links to their lines, and pitfalls. */
export async function explainSelection({
  surface,
  runner,
}: {
  readonly surface: ChatSurface;
  readonly runner: PromptRunner;
}): Promise<void> {
  const given = await gatherCode(surface, t('Explain Selection'));
  if (!given) {
    return;
  }
  given.watch.dispose();
  const { items, tokens } = given;
  const settings = runner.settingsFor(promptCommandIds.explainSelection, tokens);
  const controller = await surface.controller();
  await surface.reveal();
  await controller.ask('Explain this code.', {
    context: items,
    settings,
    shape: (request) => ({
      ...structuredRequest(explainCode, { items }, request, runner.modelOf(settings)),
      feature: promptCommandIds.explainSelection,
    }),
    read: (events) =>
      answerInMarkdown(explainCode, events, (value, complete) => explanationMarkdown(value, items, complete)),
  });
}
