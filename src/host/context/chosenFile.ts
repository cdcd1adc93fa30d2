import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CleanText } from '../../core/context/clean.ts';
import type { ContextItem } from '../../core/context/contextItem.ts';
import {
  isMediaFile,
  mediaExtensions,
  toMediaPart,
  type MediaItem,
} from '../../core/conversation/mediaItem.ts';
import { fileContext } from '../workspace/selection.ts';
import { formatNumber } from '../platform/formats.ts';

/** What a chosen file is to a question. */
export type ChosenFile =
  | { readonly kind: 'text'; readonly item: ContextItem }
  | { readonly kind: 'media'; readonly item: MediaItem }
  | { readonly kind: 'refused'; readonly message: string };

/** Asks for a file to attach. */
export async function chooseFile(): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title: t('Attach File'),
    openLabel: t('Attach'),
    filters: { [t('All files')]: ['*'], [t('Images, PDFs, and audio')]: [...mediaExtensions] },
    ...(folder && { defaultUri: folder }),
  });
  return chosen?.[0];
}

/** Asks for a folder to attach. */
export async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title: t('Attach Folder'),
    openLabel: t('Attach'),
    canSelectFiles: false,
    canSelectFolders: true,
    ...(folder && { defaultUri: folder }),
  });
  return chosen?.[0];
}

/** It is kept in memory and on disk, and sent with every later question of the chat. */
const maxBytes = 20 * 1_024 * 1_024;

/** Reads a file: an image, document, or audio file as is, under its cleaned name; everything else as text. */
export async function readChosenFile(
  uri: vscode.Uri,
  clean: (name: string) => Promise<CleanText>,
): Promise<ChosenFile> {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  if (!isMediaFile(name)) {
    return readText(uri, name);
  }
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > maxBytes) {
    const megabytes = formatNumber(size / 1_024 / 1_024);
    return {
      kind: 'refused',
      message: t('{0} is too large to attach: {1} MB.', name, megabytes),
    };
  }
  const content = Buffer.from(await vscode.workspace.fs.readFile(uri));
  const part = toMediaPart(name, await clean(name), content.toString('base64'));
  return part
    ? { kind: 'media', item: { id: crypto.randomUUID(), part, bytes: content.length } }
    : { kind: 'refused', message: t("{0} can't be attached.", name) };
}

async function readText(uri: vscode.Uri, name: string): Promise<ChosenFile> {
  try {
    return { kind: 'text', item: fileContext(await vscode.workspace.openTextDocument(uri)) };
  } catch {
    // VS Code doesn't open files it considers binary.
    return { kind: 'refused', message: t("{0} isn't text, an image, a PDF, or audio.", name) };
  }
}
