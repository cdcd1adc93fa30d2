import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { chatToMarkdown } from '../../core/conversation/chatMarkdown.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { ChatSurface } from '../chat/chatSurface.ts';
import { remedies } from '../words/report.ts';
import { chatToJson } from '../store/chatFile.ts';

interface Format extends vscode.QuickPickItem {
  readonly extension: string;
  readonly write: (conversation: Conversation) => string;
}

const formats = (): readonly Format[] => [
  { label: 'Markdown', description: t('for reading'), extension: 'md', write: chatToMarkdown },
  { label: 'JSON', description: t('can be imported again'), extension: 'json', write: chatToJson },
];

/** Exports the visible chat to a file: Markdown to read or JSON to import again. */
export async function exportChat(surface: ChatSurface): Promise<void> {
  const controller = await surface.controller();
  const { conversation } = controller;
  if (conversation.messages.length === 0) {
    controller.raise({
      severity: 'information',
      message: t('The chat is empty, so there is nothing to export yet.'),
      remedies: [remedies.dismiss],
    });
    await surface.reveal();
    return;
  }
  const format = await vscode.window.showQuickPick(formats(), { title: t('Export Chat') });
  const target =
    format &&
    (await vscode.window.showSaveDialog({
      title: t('Export Chat'),
      saveLabel: t('Export'),
      defaultUri: defaultUri(conversation.title, format.extension),
      filters: { [format.label]: [format.extension] },
    }));
  if (!target) {
    return;
  }
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(format.write(conversation)));
  const open = t('Open');
  if ((await vscode.window.showInformationMessage(t('Chat exported.'), open)) === open) {
    await vscode.window.showTextDocument(target);
  }
}

function defaultUri(title: string, extension: string): vscode.Uri {
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|(?<!-)-+$/g, '');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('');
  return vscode.Uri.joinPath(folder, `${name === '' ? 'chat' : name}.${extension}`);
}
