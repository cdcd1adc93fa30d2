import type * as vscode from 'vscode';
import { findWorkspaceFile } from './workspaceFile.ts';

/** The workspace file an answer mentions, by its path or in diff notation. */
export async function findMentionedFile(path: string): Promise<vscode.Uri | undefined> {
  return (
    (await findWorkspaceFile(path)) ?? (/^[ab]\/./.test(path) ? findWorkspaceFile(path.slice(2)) : undefined)
  );
}
