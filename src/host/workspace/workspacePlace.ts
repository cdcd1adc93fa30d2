import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { editPath } from '../../core/edits/editPath.ts';

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

/** Says why a file must not be written, if so. */
interface WriteBarrier {
  refusalOf(uri: vscode.Uri): Promise<{ readonly why: string } | undefined>;
}

/** Finds where an answer's path is in a workspace folder. */
export async function placeInWorkspace(
  named: string,
  folder: vscode.Uri,
  writes: WriteBarrier,
): Promise<WorkspacePlace> {
  const place = editPath(named);
  if (place.state === 'refused') {
    return refused(t("the path {0} isn't a file in the workspace", visible(named)));
  }
  const path = withoutFolderName(place.path, folder);
  const uri = vscode.Uri.joinPath(folder, path);
  const refusal = await writes.refusalOf(uri);
  if (refusal) {
    return refused(refusal.why);
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
