import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import type { Snippet } from '../../core/prompts/generateSnippet.ts';
import { toSnippetEntry } from '../../core/prompts/snippetText.ts';
import { objectIn } from '../../core/util/json.ts';

const fileName = 'switchboard.code-snippets';

/** A file that can keep a snippet, with the words of its button. */
export interface SnippetFile {
  readonly title: string;
  readonly uri: vscode.Uri;
}

/** The files that can keep a snippet here: the workspace's, and the user's where it can be reached. */
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
 * VS Code has no API for the user's snippets; they lie beside the global storage. On a remote machine that place
 * exists too, but the editor does not read it, unless the user's settings lie there as well.
 */
async function userSnippets(globalStorage: vscode.Uri): Promise<vscode.Uri | undefined> {
  const user = vscode.Uri.joinPath(globalStorage, '..', '..');
  const isRemote = vscode.env.remoteName !== undefined;
  return !isRemote || (await exists(vscode.Uri.joinPath(user, 'settings.json')))
    ? vscode.Uri.joinPath(user, 'snippets')
    : undefined;
}

/** Adds a snippet to a file, beside what is there: comments, order and other snippets stay as they are. */
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

/** Adds a property at the end of an object. The library knows where, and leaves every other byte as it is. */
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

/** An open editor may hold what the disk does not have yet. */
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
    // Whatever keeps it from being seen, it is not there for us.
    return false;
  }
}
