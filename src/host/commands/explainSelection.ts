import { t } from '@vscode/l10n';
import { answerInMarkdown } from '../../core/prompts/structured/answerInMarkdown.ts';
import { explainCode } from '../../core/prompts/explainCode.ts';
import { explanationMarkdown } from '../../core/prompts/explanationMarkdown.ts';
import type { ChatSurface } from '../chat/chatSurface.ts';
import { promptCommandIds } from '../platform/contributions.ts';
import { gatherCode } from '../prompts/givenCode.ts';
import type { PromptRunner } from '../prompts/promptRunner.ts';

/** Explains the selected code in the chat: a summary, steps that lead to their lines, and pitfalls. */
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
    answer: (request, chat, signal) =>
      answerInMarkdown(
        explainCode,
        { items },
        {
          chat,
          request: { ...request, feature: promptCommandIds.explainSelection },
          model: runner.modelOf(settings),
          toMarkdown: (value, complete) => explanationMarkdown(value, items, complete),
        },
        signal,
      ),
  });
}
