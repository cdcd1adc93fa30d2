import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import type { Snippet } from '../../core/prompts/generateSnippet.ts';
import { toSnippetEntry } from '../../core/prompts/snippetText.ts';
import { objectIn } from '../../core/util/json.ts';

const fileName = 'switchboard.code-snippets';

/** A file for snippets, and its button's label. */
export interface SnippetFile {
  readonly title: string;
  readonly uri: vscode.Uri;
}

/** The available snippet files: the workspace's, and the user's if reachable. */
export async function snippetFiles(globalStorage: vscode.Uri): Promise<readonly SnippetFile[]> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  const user = await userSnippets(globalStorage);
  return [
    ...(folder
      ? [
          {
            title: t('Save to Workspace Snippets'),
            uri: vscode.Uri.joinPath(folder.uri, '.vscode', fileName),
          },
        ]
      : []),
    ...(user ? [{ title: t('Save to User Snippets'), uri: vscode.Uri.joinPath(user, fileName) }] : []),
  ];
}

/**
 * VS Code has no API for user snippets; they are beside the global storage. On a remote machine that folder exists too,
 * but the editor reads it only if the user's settings are there as well.
 */
async function userSnippets(globalStorage: vscode.Uri): Promise<vscode.Uri | undefined> {
  const user = vscode.Uri.joinPath(globalStorage, '..', '..');
  const isRemote = vscode.env.remoteName !== undefined;
  return !isRemote || (await exists(vscode.Uri.joinPath(user, 'settings.json')))
    ? vscode.Uri.joinPath(user, 'snippets')
    : undefined;
}

/** Adds a snippet to a file and keeps its comments, order, and other snippets. */
export async function saveSnippet(file: vscode.Uri, snippet: Snippet, languageId: string): Promise<void> {
  const text = (await exists(file)) ? await readText(file) : '';
  const errors: ParseError[] = [];
  const present = objectIn(parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true }) ?? {});
  if (errors.length > 0 || !present) {
    throw new Error(
      t("{0} isn't valid JSON, so the snippet wasn't saved. Fix the file, then save again.", file.path),
    );
  }
  const scope = languageId === 'plaintext' ? snippet.language : languageId;
  const name = freeName(snippet.name, present);
  const changed = withProperty(text === '' ? '{}' : text, name, toSnippetEntry(snippet, scope));
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(changed));
}

/** Adds a property at the end of an object; the library leaves every other byte unchanged. */
function withProperty(text: string, name: string, value: unknown): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const pretty = JSON.stringify(value, undefined, '\t').replaceAll('\n', `${eol}\t`);
  const property = `${eol}\t${JSON.stringify(name)}: ${pretty}`;
  const edits = modify(text, [name], value, {}).map((edit) => ({
    ...edit,
    content: edit.content.startsWith(',') ? `,${property}` : `${property}${eol}`,
  }));
  return applyEdits(text, edits);
}

/** A snippet never replaces another of the same name. */
function freeName(name: string, present: Readonly<Record<string, unknown>>): string {
  let free = name;
  for (let count = 2; free in present; count++) {
    free = `${name} (${String(count)})`;
  }
  return free;
}

/** An open editor may have unsaved text. */
async function readText(file: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === file.toString());
  if (open?.isDirty) {
    await open.save();
  }
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    // Whatever hides it, for us it isn't there.
    return false;
  }
}
