import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { editPath } from '../../core/edits/editPath.ts';
import type { Bounds } from './gathered.ts';
import { isInside } from './insideFolder.ts';

/** Where a file that an answer names is or would be, or in words why it must not be written. */
export type WorkspacePlace =
  | {
      readonly state: 'placed';
      readonly uri: vscode.Uri;
      readonly path: string;
      /** Whether it is there already. */
      readonly exists: boolean;
    }
  | { readonly state: 'refused'; readonly why: string };

/** Finds the place of a file in a folder of the workspace by the path that an answer gives. */
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
  if (await isExcluded(uri)) {
    return refused(t('{0} is excluded by "switchboard.context.exclude"', path));
  }
  if (!(await isInside(folder, uri))) {
    return refused(t('{0} is outside the workspace', path));
  }
  const type = await typeOf(uri);
  return type !== undefined && (type & vscode.FileType.Directory) !== 0
    ? refused(t('{0} is a folder', path))
    : { state: 'placed', uri, path, exists: type !== undefined };
}

/** What lies at a place; nothing where nothing does. */
export async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  return vscode.workspace.fs.stat(uri).then(
    ({ type }) => type,
    () => undefined,
  );
}

/** With several folders in the workspace, the paths that a model is shown begin with the name of theirs. */
function withoutFolderName(path: string, folder: vscode.Uri): string {
  const name = vscode.workspace.getWorkspaceFolder(folder)?.name ?? '';
  const isNamed = (vscode.workspace.workspaceFolders?.length ?? 0) > 1 && path.startsWith(`${name}/`);
  return isNamed ? path.slice(name.length + 1) : path;
}

function refused(why: string): WorkspacePlace {
  return { state: 'refused', why };
}

/** Shows what nobody would see in a name. */
function visible(name: string): string {
  return JSON.stringify(name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD').slice(0, 200));
}
