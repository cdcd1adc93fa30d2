import * as vscode from 'vscode';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { ChatController } from '../chat/chatController.ts';
import type { ChatRoom } from '../chat/chatRoom.ts';
import { chooseFile, readChosenFile } from '../context/chosenFile.ts';
import { activeEditor, fileContext, selectionContext } from '../context/selection.ts';
import { remedies } from '../report.ts';

interface Choice extends vscode.QuickPickItem {
  /** Absent for a file that is still to be chosen. */
  readonly item?: ContextItem;
}

/** Attaches to the next question: the selection or the file of the active editor, or any file, also a picture. */
export async function attachContext(room: ChatRoom): Promise<void> {
  const controller = await room.controller();
  const editor = activeEditor();
  const choice = await vscode.window.showQuickPick(choicesOf(editor), { title: 'Attach Context' });
  if (!choice) {
    return;
  }
  if (!choice.item) {
    await attachFile(controller);
  } else if (!editor || !(await controller.questions.refuseFile(editor.document.uri))) {
    await controller.attach(choice.item);
  }
  await room.focusComposer();
}

function choicesOf(editor: vscode.TextEditor | undefined): readonly Choice[] {
  const selected = editor && selectionContext(editor);
  return [
    ...(selected ? [toChoice('$(selection) Selection', selected)] : []),
    ...(editor ? [toChoice('$(file-code) Current file', fileContext(editor.document))] : []),
    { label: '$(folder-opened) File…', detail: 'Text, a picture, a PDF or a sound' },
  ];
}

async function attachFile(controller: ChatController): Promise<void> {
  const uri = await chooseFile();
  if (!uri || (await controller.questions.refuseFile(uri))) {
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

function toChoice(label: string, item: ContextItem): Choice {
  return {
    label,
    description: item.label,
    detail: `about ${item.tokens.toLocaleString('en-US')} tokens`,
    item,
  };
}
