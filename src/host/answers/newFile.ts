import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { tellRefused, type WriteGuard } from '../context/writeGuard.ts';
import { languageIdOf } from '../workspace/languageIds.ts';
import { newWorkspaceFile } from '../workspace/workspaceFile.ts';

/** An answer's code, with the language and file that its fence names. */
export interface CodeToPlace {
  readonly text: string;
  readonly language: string;
  readonly fileName?: string | undefined;
}

/** Opens an answer's code in a new file; nothing is on disk until the user saves it. */
export async function newFile({ text, language, fileName }: CodeToPlace, writes: WriteGuard): Promise<void> {
  const file = fileName === undefined ? undefined : await newWorkspaceFile(fileName);
  const name = vscode.Uri.from({ scheme: 'untitled', path: t('The new file') });
  const allowed = await writes.textFor(file ?? name, text);
  if (allowed.state === 'refused') {
    tellRefused(allowed);
    return;
  }
  if (file) {
    const document = await vscode.workspace.openTextDocument(file.with({ scheme: 'untitled' }));
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), text);
    });
    return;
  }
  const id = await languageIdOf(language);
  const document = await vscode.workspace.openTextDocument({
    content: text,
    ...(id !== undefined && { language: id }),
  });
  await vscode.window.showTextDocument(document);
}
