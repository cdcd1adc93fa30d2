import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ChatSurface } from '../chat/chatSurface.ts';
import { formatNumber } from '../platform/formats.ts';
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
    const { unreadable } = conversation;
    if (unreadable !== undefined) {
      controller.raise({
        severity: 'warning',
        message: t(
          "Parts of this file couldn't be read, or are images that aren't in the file. They were left out: {0}.",
          formatNumber(unreadable),
        ),
        remedies: [remedies.dismiss],
      });
    }
  } else {
    controller.raise({
      message: t("This file isn't a chat that Switchboard exported as JSON. Nothing was imported."),
      remedies: [remedies.dismiss],
    });
  }
  await surface.reveal();
}
