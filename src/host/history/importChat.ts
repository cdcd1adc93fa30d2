import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ChatSurface } from '../chat/chatSurface.ts';
import { remedies } from '../words/report.ts';
import { chatFromJson } from '../store/chatFile.ts';

/** Imports an exported JSON chat and shows it. */
export async function importChat(surface: ChatSurface): Promise<void> {
  const [source] =
    (await vscode.window.showOpenDialog({
      title: t('Import Chat'),
      openLabel: t('Import'),
      filters: { JSON: ['json'] },
    })) ?? [];
  if (!source) {
    return;
  }
  const controller = await surface.controller();
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(source));
  const conversation = await chatFromJson(text, () => crypto.randomUUID(), controller.questions);
  if (conversation) {
    controller.chats.add(conversation);
  } else {
    controller.raise({
      message: t("This file isn't a chat that Switchboard exported as JSON. Nothing was imported."),
      remedies: [remedies.dismiss],
    });
  }
  await surface.reveal();
}
