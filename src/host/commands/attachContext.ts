import * as vscode from 'vscode';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { ChatRoom } from '../chat/chatRoom.ts';
import { activeEditor, fileContext, selectionContext } from '../context/selection.ts';
import { remedies } from '../report.ts';

interface Choice extends vscode.QuickPickItem {
  readonly item: ContextItem;
}

/** Attaches the selection or the file of the active editor to the next question. */
export async function attachContext(room: ChatRoom): Promise<void> {
  const controller = await room.controller();
  const editor = activeEditor();
  if (!editor) {
    controller.raise({
      message: 'There is no text editor to attach from. Open a file first.',
      remedies: [remedies.dismiss],
    });
    return;
  }
  if (await controller.refuseDocument(editor.document)) {
    return;
  }
  const selected = selectionContext(editor);
  const choices = [
    ...(selected ? [toChoice('$(selection) Selection', selected)] : []),
    toChoice('$(file-code) Current file', fileContext(editor.document)),
  ];
  const choice = await vscode.window.showQuickPick(choices, { title: 'Attach Context' });
  if (choice) {
    await controller.attach(choice.item);
    await room.focusComposer();
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
