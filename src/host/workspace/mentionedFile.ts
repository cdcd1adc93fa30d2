import type * as vscode from 'vscode';
import { findWorkspaceFile } from './workspaceFile.ts';

/** The file of the workspace that an answer speaks of, by its path or as a diff writes that. */
export async function findMentionedFile(path: string): Promise<vscode.Uri | undefined> {
  return (
    (await findWorkspaceFile(path)) ?? (/^[ab]\/./.test(path) ? findWorkspaceFile(path.slice(2)) : undefined)
  );
}
