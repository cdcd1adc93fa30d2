import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ChatController } from '../chat/chatController.ts';
import { remedies } from '../report.ts';
import { attachGathered } from './attachGathered.ts';
import { readChosenFile } from './chosenFile.ts';
import { folderContext } from './sources/folder.ts';

/** Attaches a file, or the text files of a folder; what must not or cannot go with a question is refused in words. */
export async function attachUri(controller: ChatController, uri: vscode.Uri): Promise<void> {
  const { type } = await vscode.workspace.fs.stat(uri);
  if ((type & vscode.FileType.Directory) !== 0) {
    const gathered = await folderContext(uri, controller.questions.bounds());
    const name = vscode.workspace.asRelativePath(uri);
    await attachGathered(controller, gathered, t('There is no text to attach in {0}.', name));
    return;
  }
  if (await controller.questions.refuseFile(uri)) {
    return;
  }
  const file = await readChosenFile(uri);
  switch (file.kind) {
    case 'text':
      await controller.attach(file.item);
      break;
    case 'media':
      controller.attachMedia(file.item);
      break;
    case 'refused':
      controller.raise({ message: file.message, remedies: [remedies.dismiss] });
      break;
    default:
      file satisfies never;
  }
}
