import { parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import { objectIn } from '../../core/util/json.ts';
import { settingsSection } from '../platform/contributions.ts';
import { readSetting, type SettingReading } from '../platform/settingRules.ts';

const setting = `${settingsSection}.context.exclude`;

/**
 * The patterns that workspace folders and a workspace file add to the user's, each with what of it can't be read. VS Code
 * doesn't read application settings from a workspace; but a workspace may tighten this one, so it is read from the files.
 */
export async function workspaceExclusions(
  {
    workspaceFolders = [],
    workspaceFile,
  }: Pick<typeof vscode.workspace, 'workspaceFolders' | 'workspaceFile'> = vscode.workspace,
): Promise<readonly SettingReading<readonly string[]>[]> {
  const settings = workspaceFolders.map(({ uri }) =>
    valuesIn(vscode.Uri.joinPath(uri, '.vscode', 'settings.json')),
  );
  // One that isn't saved yet is a file all the same.
  const file = workspaceFile?.scheme === 'untitled' ? workspaceFile.with({ scheme: 'file' }) : workspaceFile;
  const all = await Promise.all([
    ...settings,
    ...(file ? [valuesIn(file).then((found) => found?.['settings'])] : []),
  ]);
  return all.flatMap((values) => {
    const value = valueAt(values, setting);
    return value === undefined ? [] : [readSetting('context.exclude', value, [])];
  });
}

/** A setting's value, also where it is written as objects in each other. */
function valueAt(values: unknown, name: string): unknown {
  const object = objectIn(values);
  if (!object || object[name] !== undefined) {
    return object?.[name];
  }
  const words = name.split('.');
  return words
    .map((_, at) => valueAt(object[words.slice(0, at).join('.')], words.slice(at).join('.')))
    .find((value) => value !== undefined);
}

async function valuesIn(file: vscode.Uri): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    return objectIn(parse(text, [], { allowTrailingComma: true }));
  } catch {
    // Most folders have no settings.
    return undefined;
  }
}
