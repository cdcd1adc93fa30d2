import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { settingsSection } from '../platform/contributions.ts';
import type { Settings } from '../platform/settings.ts';

const globs = z.array(z.string());
const setting = `${settingsSection}.context.exclude`;

/** The glob that excludes a file, if any: the user's, and those that workspace folders add in their settings. */
export async function excludedBy(uri: vscode.Uri, settings: Settings): Promise<string | undefined> {
  const all = [...settings.excludedGlobs(), ...(await globsOfWorkspace())];
  // VS Code matches only documents, by URI; an image is never opened as one.
  const document = { uri, languageId: '', fileName: uri.fsPath } as vscode.TextDocument;
  return all.find((pattern) => vscode.languages.match({ pattern }, document) > 0);
}

/**
 * VS Code doesn't read application settings from a workspace; but a workspace may tighten this one, so it is read from
 * the file.
 */
async function globsOfWorkspace(): Promise<readonly string[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const added = await Promise.all(
    folders.map(({ uri }) => globsIn(vscode.Uri.joinPath(uri, '.vscode', 'settings.json'))),
  );
  return added.flat();
}

async function globsIn(file: vscode.Uri): Promise<readonly string[]> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    const values: unknown = parse(text, [], { allowTrailingComma: true });
    const value = z.record(z.string(), z.unknown()).safeParse(values).data?.[setting];
    return globs.safeParse(value).data ?? [];
  } catch {
    // Most folders have no settings.
    return [];
  }
}
