import * as vscode from 'vscode';
import type { ContextItem } from '../../core/context/contextItem.ts';
import { countRedacted } from '../../core/context/redaction.ts';
import type { ChatRoom } from '../chat/chatRoom.ts';
import { activeEditor, fileContext, selectionContext } from '../context/selection.ts';
import { remedies } from '../report.ts';

/** Asks a question about the selected code; the answer streams into the panel. */
export async function askSelection(room: ChatRoom): Promise<void> {
  const controller = await room.controller();
  const editor = activeEditor();
  if (editor && (await controller.questions.refuseFile(editor.document.uri))) {
    await room.reveal();
    return;
  }
  const selected = await selectedCode(room);
  if (!selected) {
    return;
  }
  if (controller.questions.refuse([selected])) {
    await room.reveal();
    return;
  }
  const item = await controller.questions.cleanItem(selected);
  const redacted = countRedacted(item.text);
  const question = await vscode.window.showInputBox({
    title: 'Ask About Selection',
    prompt: `${item.label}, about ${item.tokens.toLocaleString('en-US')} tokens${redactedWords(redacted)}`,
    placeHolder: 'What do you want to know?',
    ignoreFocusOut: true,
  });
  if (question === undefined || question.trim() === '') {
    return;
  }
  await room.reveal();
  await controller.ask(question, { context: [item] });
}

function redactedWords(count: number): string {
  return count === 0 ? '' : `, ${count === 1 ? 'a secret' : `${String(count)} secrets`} taken out`;
}

/** The selection; with nothing selected the user is told so, and may mean the whole file. */
async function selectedCode(room: ChatRoom): Promise<ContextItem | undefined> {
  const editor = activeEditor();
  const selected = editor && selectionContext(editor);
  if (selected) {
    return selected;
  }
  const controller = await room.controller();
  const where = editor
    ? `Nothing is selected in ${fileName(editor)}.`
    : 'There is no text editor to ask about.';
  controller.raise({ message: `${where} Select some code, and ask again.`, remedies: [remedies.dismiss] });
  const wholeFile = 'Ask About the Whole File';
  const choice = await vscode.window.showWarningMessage(where, ...(editor ? [wholeFile] : ['Open Chat']));
  if (choice === wholeFile && editor) {
    return fileContext(editor.document);
  }
  if (choice !== undefined) {
    await room.reveal();
  }
  return undefined;
}

function fileName({ document }: vscode.TextEditor): string {
  return document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
}
