import * as vscode from 'vscode';
import { microDollarsFrom, type MicroDollars } from '../core/model/money.ts';
import { parseBaseUrl, type BaseUrl } from '../core/openrouter/server.ts';
import { settingsSection, type SettingValues } from './contributions.ts';

/** What a request needs of the settings. */
export interface RequestSettings {
  readonly model: string;
  readonly maxTokens: number;
}

const smallestMaxTokens = 16;

/** The settings as the rest of the extension reads them: checked, and with a default for what is not usable. */
export class Settings {
  /** Fires after any of our settings has changed. */
  readonly onDidChange: vscode.Event<vscode.ConfigurationChangeEvent> = (listener, thisArgs, disposables) =>
    vscode.workspace.onDidChangeConfiguration(
      (event) => {
        if (event.affectsConfiguration(settingsSection)) {
          listener.call(thisArgs, event);
        }
      },
      undefined,
      disposables,
    );

  /**
   * The server, from the user's own settings only: a workspace must not decide where the key goes. Throws a
   * `RequestError` of kind `baseUrl`.
   */
  baseUrl(): BaseUrl {
    const inspected = this.#inspect('baseUrl');
    const value: unknown = inspected?.globalValue ?? inspected?.defaultValue;
    return parseBaseUrl(typeof value === 'string' ? value : String(value));
  }

  request(): RequestSettings {
    const maxTokens: unknown = this.#get('maxTokens');
    return {
      model: this.model(),
      maxTokens:
        typeof maxTokens === 'number' && maxTokens >= smallestMaxTokens
          ? Math.floor(maxTokens)
          : (this.#inspect('maxTokens')?.defaultValue ?? smallestMaxTokens),
    };
  }

  model(): string {
    const model: unknown = this.#get('model');
    return typeof model === 'string' && model.trim() !== ''
      ? model.trim()
      : (this.#inspect('model')?.defaultValue ?? '');
  }

  /** Writes the model where it is set now, so that the choice takes effect; else to the user's settings. */
  async setModel(model: string): Promise<void> {
    const inspected = this.#inspect('model');
    const target =
      inspected?.workspaceFolderValue !== undefined
        ? vscode.ConfigurationTarget.WorkspaceFolder
        : inspected?.workspaceValue !== undefined
          ? vscode.ConfigurationTarget.Workspace
          : vscode.ConfigurationTarget.Global;
    await this.#configuration().update('model', model, target);
  }

  /** Zero switches polling off. */
  creditRefreshSeconds(): number {
    const seconds: unknown = this.#get('credit.refreshSeconds');
    return typeof seconds === 'number' && seconds >= 0 ? seconds : 0;
  }

  creditWarnBelow(): MicroDollars {
    const dollars: unknown = this.#get('credit.warnBelow');
    return (typeof dollars === 'number' ? microDollarsFrom(dollars) : undefined) ?? 0;
  }

  /** The files that never go with a question. */
  excludedGlobs(): readonly string[] {
    const globs: unknown = this.#get('context.exclude');
    return Array.isArray(globs) ? globs.filter((glob) => typeof glob === 'string') : [];
  }

  redactSecrets(): boolean {
    return this.#get('context.redactSecrets') !== false;
  }

  #configuration(): vscode.WorkspaceConfiguration {
    // The folder of the active editor, because a folder may set its own model.
    return vscode.workspace.getConfiguration(
      settingsSection,
      vscode.window.activeTextEditor?.document.uri ?? null,
    );
  }

  #get<Name extends keyof SettingValues>(name: Name): SettingValues[Name] | undefined {
    return this.#configuration().get<SettingValues[Name]>(name);
  }

  #inspect<Name extends keyof SettingValues>(name: Name) {
    return this.#configuration().inspect<SettingValues[Name]>(name);
  }
}
