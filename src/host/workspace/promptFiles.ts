import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { currentText } from './currentText.ts';

/** A prompt file in a list. */
export interface PromptFileEntry {
  readonly uri: vscode.Uri;
  /** Its name: the file name without extension. */
  readonly name: string;
  /** Its description, or what is wrong with it. */
  readonly description: string;
}

/** Where prompt files are, relative to each workspace folder. */
export const promptFolder = '.github/prompts';
const ending = '.prompt.md';
/** A longer list is useless, and each file is read. */
const maxFiles = 100;

export function isPromptFile({ path }: vscode.Uri): boolean {
  return path.endsWith(ending);
}

/** The workspace's prompt files by name; empty while untrusted. */
export async function promptFilesHere(
  isTrusted = vscode.workspace.isTrusted,
): Promise<readonly PromptFileEntry[]> {
  const folders = isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  const files = await Promise.all(folders.map(({ uri }) => filesIn(vscode.Uri.joinPath(uri, promptFolder))));
  const entries = await Promise.all(files.flat().slice(0, maxFiles).map(entryOf));
  return entries.toSorted((one, other) => one.name.localeCompare(other.name));
}

async function filesIn(folder: vscode.Uri): Promise<readonly vscode.Uri[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries
      .filter(([, type]) => (type & vscode.FileType.File) !== 0)
      .map(([name]) => vscode.Uri.joinPath(folder, name))
      .filter(isPromptFile);
  } catch {
    // Most workspaces have none.
    return [];
  }
}

async function entryOf(uri: vscode.Uri): Promise<PromptFileEntry> {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1, -ending.length);
  return { uri, name, description: await descriptionOf(uri) };
}

async function descriptionOf(uri: vscode.Uri): Promise<string> {
  try {
    // Later, because what reads YAML is large, and most workspaces have no prompt files.
    const { readPromptFile } = await import('../../core/prompts/files/promptFile.ts');
    const reading = readPromptFile(await currentText(uri));
    return reading.state === 'read'
      ? (reading.file.description ?? '')
      : t('Line {0}: {1}', reading.line, reading.problem);
  } catch {
    // It was deleted meanwhile, or must not be read.
    return '';
  }
}
