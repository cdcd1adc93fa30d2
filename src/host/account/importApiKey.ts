import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { keysIn, keysInEnv, maskedKey, type FoundKey } from '../../core/account/keysInEnv.ts';
import { checkKey, type KeyParts } from './keyCheck.ts';
import { keepNewKey } from './setApiKey.ts';

/** Where projects keep the keys of a developer. */
const fileNames = ['.env', '.env.local', '.env.development'] as const;

/** Longer files hold something else. */
const maxBytes = 100_000;

interface Row extends vscode.QuickPickItem {
  readonly key: string;
}

/**
 * Offers the keys in the environment and in the `.env` files of a trusted workspace, each by its place and its last
 * characters. Only the chosen one is checked with the server and stored.
 */
export async function importApiKey(
  parts: KeyParts,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const rows = [
    ...keysIn(environment).map((found) => rowOf(found, t('environment'))),
    ...(await rowsOfFiles()),
  ];
  if (rows.length === 0) {
    void vscode.window.showInformationMessage(
      t('No OpenRouter key was found in the environment or in an ".env" file of a trusted workspace.'),
    );
    return;
  }
  const row = await vscode.window.showQuickPick(rows, {
    title: t('Import API Key'),
    placeHolder: t('The chosen key is checked with the server and kept in the secret storage'),
    ignoreFocusOut: true,
  });
  if (row) {
    const info = await checkKey(parts.account, row.key, new AbortController().signal);
    await keepNewKey(parts, { key: row.key, info });
  }
}

async function rowsOfFiles(): Promise<readonly Row[]> {
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  const files = folders.flatMap(({ uri }) => fileNames.map((name) => vscode.Uri.joinPath(uri, name)));
  const texts = await Promise.all(files.map(async (file) => [file, await readText(file)] as const));
  return texts.flatMap(([file, text]) =>
    keysInEnv(text).map((found) => rowOf(found, vscode.workspace.asRelativePath(file))),
  );
}

function rowOf({ name, key }: FoundKey, place: string): Row {
  return { label: `$(key) ${name}`, description: t('{0}, ends in {1}', place, maskedKey(key)), key };
}

async function readText(file: vscode.Uri): Promise<string> {
  try {
    const { size } = await vscode.workspace.fs.stat(file);
    return size > maxBytes ? '' : new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    // Most folders have none.
    return '';
  }
}
