import * as vscode from 'vscode';
import type { ChatRequest } from '../core/conversation/chatModel.ts';
import { reasoningEfforts } from '../core/model/model.ts';
import { microDollarsFrom, type MicroDollars } from '../core/model/money.ts';
import { parseBaseUrl, type BaseUrl } from '../core/openrouter/server.ts';
import { objectIn, textsIn } from '../core/util/json.ts';
import { settingsSection, type SettingValues } from './contributions.ts';
import { readRequestHeaders } from './requestHeaders.ts';

/** What a request needs of the settings; what stands at its default is absent. */
export type RequestSettings = Pick<
  ChatRequest,
  'model' | 'fallbackModels' | 'maxTokens' | 'reasoningEffort' | 'temperature' | 'webSearch' | 'responseCache'
>;

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
    const fallbackModels = textsIn(this.#get('fallbackModels')) ?? [];
    const reasoningEffort = reasoningEfforts.find((effort) => effort === this.#get('reasoningEffort'));
    const temperature = this.#temperature();
    return {
      model: this.model(),
      ...(fallbackModels.length > 0 && { fallbackModels }),
      ...(reasoningEffort && { reasoningEffort }),
      ...(temperature !== undefined && { temperature }),
      ...(this.#get('webSearch') === true && { webSearch: true }),
      ...(this.#get('responseCache') === true && { responseCache: 'use' }),
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

  /** Headers for a gateway, from the user's own settings only, because they too decide where code goes. */
  requestHeaders(): Readonly<Record<string, string>> {
    return readRequestHeaders(objectIn(this.#inspect('requestHeaders')?.globalValue) ?? {});
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

  #temperature(): number | undefined {
    const temperature: unknown = this.#get('temperature');
    return typeof temperature === 'number' && temperature >= 0 && temperature <= 2 ? temperature : undefined;
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
