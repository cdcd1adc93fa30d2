import * as vscode from 'vscode';
import { settingsSection, type SettingValues } from './contributions.ts';

/** What VS Code knows of a setting. */
export interface InspectedSetting<Value> {
  /** What holds of all that is set, whatever its type. */
  readonly value: unknown;
  readonly defaultValue?: Value | undefined;
  readonly globalValue?: Value | undefined;
  readonly workspaceValue?: Value | undefined;
  readonly workspaceFolderValue?: Value | undefined;
}

/**
 * Our settings as VS Code has them for the active editor's folder, because a folder may set its own. Each is read once
 * until the configuration changes: VS Code merges all of its sources for each reading.
 */
export class Configuration implements vscode.Disposable {
  readonly #known = new Map<string, InspectedSetting<unknown>>();
  readonly #subscription = vscode.workspace.onDidChangeConfiguration(() => {
    this.#known.clear();
  });

  inspect<Name extends keyof SettingValues>(name: Name): InspectedSetting<SettingValues[Name]> {
    const scope = vscode.window.activeTextEditor?.document.uri;
    const folder = scope && vscode.workspace.getWorkspaceFolder(scope)?.uri;
    const key = `${name} ${String(folder)}`;
    const known = this.#known.get(key) ?? readNow(name, scope);
    this.#known.set(key, known);
    return known as InspectedSetting<SettingValues[Name]>;
  }

  async update(name: keyof SettingValues, value: unknown, target: vscode.ConfigurationTarget): Promise<void> {
    const scope = vscode.window.activeTextEditor?.document.uri;
    await vscode.workspace.getConfiguration(settingsSection, scope ?? null).update(name, value, target);
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

function readNow(name: string, scope: vscode.Uri | undefined): InspectedSetting<unknown> {
  const configuration = vscode.workspace.getConfiguration(settingsSection, scope ?? null);
  return { ...configuration.inspect(name), value: configuration.get(name) };
}
