import { t } from '@vscode/l10n';
import type { ChatSurface } from '../chat/chatSurface.ts';
import { explanationOf } from '../prompts/explanation.ts';
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
  const recipe = explanationOf(runner, items, tokens);
  const controller = await surface.controller();
  await surface.reveal();
  await controller.ask('Explain this code.', { context: items, ...recipe });
}
