import * as vscode from 'vscode';
import { editPath } from '../../core/edits/editPath.ts';

/** The workspace file an answer names: by path, or by its ending if unique. */
export async function findWorkspaceFile(name: string): Promise<vscode.Uri | undefined> {
  const path = relativePath(name);
  if (path === undefined) {
    return undefined;
  }
  const exact = await findExactFile(path);
  if (exact) {
    return exact;
  }
  const [only, another] = await vscode.workspace.findFiles(`**/${escapeGlob(path)}`, undefined, 2);
  return another ? undefined : only;
}

/** The workspace file at exactly this path, if any. */
async function findExactFile(path: string): Promise<vscode.Uri | undefined> {
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const file = vscode.Uri.joinPath(uri, path);
    if (await isFile(file)) {
      return file;
    }
  }
  return undefined;
}

/** Where a new file with this name would be; absent without a folder, outside of it, or if it exists. */
export async function newWorkspaceFile(name: string): Promise<vscode.Uri | undefined> {
  const path = relativePath(name);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (path === undefined || !folder) {
    return undefined;
  }
  const file = vscode.Uri.joinPath(folder, path);
  return (await exists(file)) ? undefined : file;
}

/** A path below the workspace; absent for one that leads out of it or to where answers must not look. */
function relativePath(name: string): string | undefined {
  const checked = editPath(name.replaceAll('\\', '/'));
  return checked.state === 'allowed' ? checked.path : undefined;
}

function escapeGlob(path: string): string {
  return path.replace(/[[\]{}*?]/g, '[$&]');
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    // It isn't there.
    return false;
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
