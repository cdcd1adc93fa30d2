import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { newFile } from '../answers/newFile.ts';
import type { WriteGuard } from '../context/writeGuard.ts';
import { isPromptFile, promptFilesHere, promptFolder } from '../workspace/promptFiles.ts';

const example = `---
description: Explains a file to a newcomer
# What becomes of the answer: chat, document, problems, edits or snippet.
output: chat
---

Explain \${file} to \${input:reader:Who is to understand it?}.
Begin with what it is for, then say how its parts work together.
`;

/** The prompt file that is given, or is in the active editor, or that the user chooses. */
export async function choosePromptFile(
  given: vscode.Uri | undefined,
  writes: WriteGuard,
): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const known = given ?? active;
  return known && isPromptFile(known) ? known : choose(writes);
}

async function choose(writes: WriteGuard): Promise<vscode.Uri | undefined> {
  const files = await promptFilesHere();
  if (files.length === 0) {
    const create = t('Create Prompt File');
    const words = t('This workspace has no prompt files. Create one as {0}.', `${promptFolder}/*.prompt.md`);
    if ((await vscode.window.showInformationMessage(words, create)) === create) {
      const fileName = `${promptFolder}/example.prompt.md`;
      await newFile({ text: example, language: 'markdown', fileName }, writes);
    }
    return undefined;
  }
  const choices = files.map(({ name, description, uri }) => ({ label: name, description, uri }));
  const choice = await vscode.window.showQuickPick(choices, {
    title: t('Run Prompt File'),
    placeHolder: t('Choose a prompt'),
    matchOnDescription: true,
  });
  return choice?.uri;
}

/** Says what of a prompt file cannot be read, with a way to the place. */
export async function tellBroken(uri: vscode.Uri, problem: string, line = 1): Promise<void> {
  const open = t('Open File');
  const words = `${vscode.workspace.asRelativePath(uri)}, ${problem}`;
  if ((await vscode.window.showWarningMessage(words, open)) === open) {
    const position = new vscode.Position(line - 1, 0);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position) });
  }
}

/** Says that the workspace is not trusted, with a way to change that. */
export async function tellUntrusted(): Promise<void> {
  const manage = t('Manage Workspace Trust');
  const words = t('Prompt files run only in trusted workspaces, because they decide what is sent.');
  if ((await vscode.window.showWarningMessage(words, manage)) === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
}
