import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ContextItem } from '../../core/context/contextItem.ts';
import { countRedacted } from '../../core/context/redaction.ts';
import type { ChatSurface } from '../chat/chatSurface.ts';
import { selectedCode } from '../chat/selectedCode.ts';
import { commandIds } from '../platform/contributions.ts';
import type { Settings } from '../platform/settings.ts';
import { activeEditor } from '../workspace/selection.ts';
import { formatNumber } from '../platform/formats.ts';

/** Asks a question about the selected code, of the command's own model if it has one; the answer streams into the panel. */
export async function askSelection(
  surface: ChatSurface,
  settings: Pick<Settings, 'ownModelOf' | 'fallbacksOf'>,
): Promise<void> {
  const controller = await surface.controller();
  const editor = activeEditor();
  if (editor && (await controller.questions.refuseFile(editor.document.uri))) {
    await surface.reveal();
    return;
  }
  const selected = await selectedCode(surface, editor);
  if (!selected) {
    return;
  }
  if (controller.questions.refuse([selected])) {
    await surface.reveal();
    return;
  }
  const item = await controller.questions.cleanItem(selected);
  const question = await vscode.window.showInputBox({
    title: t('Ask About Selection'),
    prompt: promptWords(item),
    placeHolder: t('What do you want to know?'),
    ignoreFocusOut: true,
  });
  if (question === undefined || question.trim() === '') {
    return;
  }
  await surface.reveal();
  const ownModel = settings.ownModelOf(commandIds.askSelection);
  const fallbackModels = settings.fallbacksOf(commandIds.askSelection);
  await controller.ask(question, {
    context: [item],
    settings: {
      ...(ownModel !== undefined && { model: ownModel }),
      ...(fallbackModels && { fallbackModels }),
    },
    shape: (request) => ({ ...request, feature: commandIds.askSelection }),
  });
}

function promptWords({ label, tokens: count, text }: ContextItem): string {
  const [tokens, redacted] = [formatNumber(count), countRedacted(text)];
  if (redacted === 0) {
    return t('{0}, about {1} tokens', label, tokens);
  }
  return redacted === 1
    ? t('{0}, about {1} tokens, 1 secret redacted', label, tokens)
    : t('{0}, about {1} tokens, {2} secrets redacted', label, tokens, redacted);
}
