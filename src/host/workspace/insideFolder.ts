import { realpath } from 'node:fs/promises';
import { isAbsolute, relative } from 'node:path';
import * as vscode from 'vscode';

/** Whether a file or its folder really is inside a folder: a link may lead out of it. */
export async function isInside(folder: vscode.Uri, file: vscode.Uri): Promise<boolean> {
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
