import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ContextItem } from '../../core/context/contextItem.ts';
import { countRedacted } from '../../core/context/redaction.ts';
import type { ChatSurface } from './chatSurface.ts';
import { activeEditor, fileContext, selectionContext } from '../workspace/selection.ts';
import { commandIds } from '../platform/contributions.ts';
import { remedies } from '../words/report.ts';

/** Asks a question about the selected code; the answer streams into the panel. */
export async function askSelection(surface: ChatSurface): Promise<void> {
  const controller = await surface.controller();
  const editor = activeEditor();
  if (editor && (await controller.questions.refuseFile(editor.document.uri))) {
    await surface.reveal();
    return;
  }
  const selected = await selectedCode(surface);
  if (!selected) {
    return;
  }
  if (controller.questions.refuse([selected])) {
    await surface.reveal();
    return;
  }
  const item = await controller.questions.cleanItem(selected);
  const redacted = countRedacted(item.text);
  const question = await vscode.window.showInputBox({
    title: t('Ask About Selection'),
    prompt: promptWords(item.label, item.tokens.toLocaleString('en-US'), redacted),
    placeHolder: t('What do you want to know?'),
    ignoreFocusOut: true,
  });
  if (question === undefined || question.trim() === '') {
    return;
  }
  await surface.reveal();
  await controller.ask(question, {
    context: [item],
    answer: (request, chat, signal) => chat.stream({ ...request, feature: commandIds.askSelection }, signal),
  });
}

function promptWords(label: string, tokens: string, redacted: number): string {
  if (redacted === 0) {
    return t('{0}, about {1} tokens', label, tokens);
  }
  return redacted === 1
    ? t('{0}, about {1} tokens, 1 secret redacted', label, tokens)
    : t('{0}, about {1} tokens, {2} secrets redacted', label, tokens, redacted);
}

/** The selection; with nothing selected the user is told so, and may mean the whole file. */
async function selectedCode(surface: ChatSurface): Promise<ContextItem | undefined> {
  const editor = activeEditor();
  const selected = editor && selectionContext(editor);
  if (selected) {
    return selected;
  }
  const controller = await surface.controller();
  const where = editor ? t('Nothing is selected in {0}.', fileName(editor)) : t('No text editor is open.');
  controller.raise({
    severity: 'warning',
    message: t('{0} Select some code, then ask again.', where),
    remedies: [remedies.dismiss],
  });
  const wholeFile = t('Ask About the Whole File');
  const choice = await vscode.window.showWarningMessage(where, ...(editor ? [wholeFile] : [t('Open Chat')]));
  if (choice === wholeFile && editor) {
    return fileContext(editor.document);
  }
  if (choice !== undefined) {
    await surface.reveal();
  }
  return undefined;
}

function fileName({ document }: vscode.TextEditor): string {
  return document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
}
