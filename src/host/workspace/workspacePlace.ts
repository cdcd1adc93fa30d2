import { realpath } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { editPath } from '../../core/edits/editPath.ts';
import type { Bounds } from './gathered.ts';

/** Where an answer's file is or would be, or why it must not be written. */
export type WorkspacePlace =
  | {
      readonly state: 'placed';
      readonly uri: vscode.Uri;
      readonly path: string;
      /** Whether it exists. */
      readonly exists: boolean;
    }
  | { readonly state: 'refused'; readonly why: string };

/** Finds where an answer's path is in a workspace folder. */
export async function placeInWorkspace(
  named: string,
  folder: vscode.Uri,
  isExcluded: Bounds['isExcluded'],
): Promise<WorkspacePlace> {
  const place = editPath(named);
  if (place.state === 'refused') {
    return refused(t("the path {0} isn't a file in the workspace", visible(named)));
  }
  const path = withoutFolderName(place.path, folder);
  const uri = vscode.Uri.joinPath(folder, path);
  if (!(await isInside(folder, uri))) {
    return refused(t('{0} is outside the workspace', path));
  }
  if (await isExcluded(uri)) {
    return refused(t('{0} is excluded by "switchboard.context.exclude"', path));
  }
  const type = await typeOf(uri);
  return type !== undefined && (type & vscode.FileType.Directory) !== 0
    ? refused(t('{0} is a folder', path))
    : { state: 'placed', uri, path, exists: type !== undefined };
}

/** The type of what is at a place; absent if nothing is. */
export async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  return vscode.workspace.fs.stat(uri).then(
    ({ type }) => type,
    () => undefined,
  );
}

/** Whether a file or its folder really is inside a folder: a link may lead out of it. */
async function isInside(folder: vscode.Uri, file: vscode.Uri): Promise<boolean> {
  if (folder.scheme !== 'file') {
    return file.path.startsWith(`${folder.path.replace(/\/$/, '')}/`);
  }
  const root = await realpath(folder.fsPath);
  let place = file;
  for (;;) {
    const real = await realpath(place.fsPath).catch(() => undefined);
    if (real !== undefined) {
      const way = relative(root, real);
      return !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..';
    }
    const above = vscode.Uri.joinPath(place, '..');
    if (above.path === place.path) {
      return false;
    }
    place = above;
  }
}

/** With several workspace folders, models see paths that start with the folder's name. */
function withoutFolderName(path: string, folder: vscode.Uri): string {
  const name = vscode.workspace.getWorkspaceFolder(folder)?.name ?? '';
  const isNamed = (vscode.workspace.workspaceFolders?.length ?? 0) > 1 && path.startsWith(`${name}/`);
  return isNamed ? path.slice(name.length + 1) : path;
}

function refused(why: string): WorkspacePlace {
  return { state: 'refused', why };
}

/** Makes invisible characters visible. */
function visible(name: string): string {
  return JSON.stringify(name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD').slice(0, 200));
}
