import * as vscode from 'vscode';
import { microDollarsFrom, type MicroDollars } from '../../core/money/money.ts';
import { reasoningEfforts, type ReasoningEffort } from '../../core/model/requestValues.ts';
import { objectIn } from '../../core/util/json.ts';
import { Configuration, type InspectedSetting } from './configuration.ts';
import { commandIds, settingsSection, type SettingValues } from './contributions.ts';
import { readRequestHeaders } from './requestHeaders.ts';
import {
  readSetting,
  ruledSettings,
  userSettings,
  type RuledSetting,
  type SettingReading,
} from './settingRules.ts';
import { type BaseUrl, parseBaseUrl } from '../../core/model/server.ts';

/** Validated settings with defaults for invalid values. */
export class Settings implements vscode.Disposable {
  readonly #configuration = new Configuration();

  /** Fires when one of our settings changes. */
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
   * The server, from user settings only: a workspace must not decide where the key goes. Throws a `RequestError` of
   * kind `baseUrl`.
   */
  baseUrl(): BaseUrl {
    const inspected = this.inspect('baseUrl');
    const value: unknown = inspected.globalValue ?? inspected.defaultValue;
    return parseBaseUrl(typeof value === 'string' ? value : String(value));
  }

  /** The same; absent if it can't be used. Requests report it. */
  usableBaseUrl(): BaseUrl | undefined {
    try {
      return this.baseUrl();
    } catch {
      return undefined;
    }
  }

  model(): string {
    return this.read('model');
  }

  /** A command's model: its own, the background model for commit messages, or else the default. */
  commandModel(command: string): string {
    const background = command === commandIds.commitMessage ? this.backgroundModel() : undefined;
    return this.ownModelOf(command) ?? background ?? this.model();
  }

  /** A command's own model; absent if none. */
  ownModelOf(command: string): string | undefined {
    return nameIn(this.read('commandModels')[command]);
  }

  /** The models that are tried if a command's model fails, in the place of those for all; absent if not set. */
  fallbacksOf(command: string): readonly string[] | undefined {
    return this.read('commandFallbackModels')[command]?.map((each) => each.trim());
  }

  /** Sets or clears a command's model where it is set now. */
  async setModelOf(command: string, model: string | undefined): Promise<void> {
    const { globalValue, workspaceValue } = this.inspect('commandModels');
    const inWorkspace = nameIn(objectIn(workspaceValue)?.[command]) !== undefined;
    const { [command]: _previous, ...others } = objectIn(inWorkspace ? workspaceValue : globalValue) ?? {};
    const all = { ...others, ...(model !== undefined && { [command]: model }) };
    await this.update(
      'commandModels',
      Object.keys(all).length === 0 ? undefined : all,
      inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
    );
  }

  /** The background model; absent if none is set. */
  backgroundModel(): string | undefined {
    return nameIn(this.read('backgroundModel'));
  }

  async setBackgroundModel(model: string | undefined): Promise<void> {
    await this.update('backgroundModel', model, vscode.ConfigurationTarget.Global);
  }

  /** Gateway headers, from user settings only, because they too decide where code goes. */
  requestHeaders(): Readonly<Record<string, string>> {
    return readRequestHeaders(
      readSetting('requestHeaders', this.inspect('requestHeaders').globalValue, {}).value,
    );
  }

  /** Where the current model is set: by the workspace or the user. */
  modelPlace(): 'user' | 'workspace' {
    return this.#targetOf('model') === vscode.ConfigurationTarget.Global ? 'user' : 'workspace';
  }

  /** Writes the model where it is set now, or to the other target, so that the choice takes effect. */
  async setModel(model: string, place = this.modelPlace()): Promise<void> {
    const target = this.#targetOf('model');
    if (place === 'user') {
      const { workspaceValue, workspaceFolderValue } = this.inspect('model');
      await this.update('model', model, vscode.ConfigurationTarget.Global);
      // A workspace value would hide the choice for all workspaces.
      if (workspaceFolderValue !== undefined) {
        await this.update('model', undefined, vscode.ConfigurationTarget.WorkspaceFolder);
      }
      if (workspaceValue !== undefined) {
        await this.update('model', undefined, vscode.ConfigurationTarget.Workspace);
      }
    } else {
      const isUsers = target === vscode.ConfigurationTarget.Global;
      await this.update('model', model, isUsers ? vscode.ConfigurationTarget.Workspace : target);
    }
  }

  /** The reasoning effort. */
  reasoningEffort(): ReasoningEffort {
    return reasoningEfforts.find((each) => each === this.read('reasoningEffort')) ?? 'default';
  }

  /** Writes the effort where it is set now, else to the user settings. */
  async setReasoningEffort(effort: ReasoningEffort): Promise<void> {
    await this.update('reasoningEffort', effort, this.#targetOf('reasoningEffort'));
  }

  /** Where a setting is set now; the user settings if nowhere. */
  #targetOf(name: 'model' | 'reasoningEffort'): vscode.ConfigurationTarget {
    const inspected = this.inspect(name);
    if (inspected.workspaceFolderValue !== undefined) {
      return vscode.ConfigurationTarget.WorkspaceFolder;
    }
    return inspected.workspaceValue !== undefined
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
  }

  /** How long to wait for an answer. */
  timeouts(): Readonly<Record<'connect' | 'firstToken' | 'silence', number | null>> {
    return {
      connect: this.read('timeout.connectSeconds'),
      firstToken: this.read('timeout.firstTokenSeconds'),
      silence: this.read('timeout.silenceSeconds'),
    };
  }

  /** Zero turns polling off. */
  creditRefreshSeconds(): number {
    return this.read('credit.refreshSeconds');
  }

  creditWarnBelow(): MicroDollars {
    return microDollarsFrom(this.read('credit.warnBelow')) ?? 0;
  }

  /** Requests above this need confirmation; absent if none do. */
  budgetPerRequest(): MicroDollars | undefined {
    return limitIn(this.read('budget.perRequest'));
  }

  /** The daily budget of all windows; absent if unlimited. */
  budgetPerDay(): MicroDollars | undefined {
    return limitIn(this.read('budget.perDay'));
  }

  /** Files that are never sent. */
  excludedGlobs(): readonly string[] {
    return this.read('context.exclude');
  }

  /** Whether OpenRouter is told that Switchboard asks. */
  attribution(): boolean {
    return this.read('attribution');
  }

  /** The user's own instructions for every model; empty if none. A workspace has files for its own. */
  instructions(): string {
    return this.read('instructions');
  }

  redactSecrets(): boolean {
    return this.read('context.redactSecrets');
  }

  /** What of the settings can't be read, in words. Until corrected, safe values apply. */
  faults(): readonly string[] {
    return ruledSettings().flatMap((name) => {
      const { fault } = this.#reading(name);
      return fault === undefined ? [] : [fault];
    });
  }

  dispose(): void {
    this.#configuration.dispose();
  }

  /** A setting's value, or what is safe in the place of one that can't be read. */
  read<Name extends RuledSetting>(name: Name): SettingValues[Name] {
    return this.#reading(name).value;
  }

  #reading<Name extends RuledSetting>(name: Name): SettingReading<SettingValues[Name]> {
    const { value, defaultValue, globalValue, workspaceValue, workspaceFolderValue } = this.inspect(name);
    // A workspace has no say in the user's own settings, even if some VS Code let one through. Otherwise only what is in
    // effect says that the user has set one to null.
    const isOverridden = [workspaceValue, workspaceFolderValue].some((each) => each !== undefined);
    const written: unknown = userSettings.has(name) && isOverridden ? globalValue : value;
    return readSetting(name, written, defaultValue as SettingValues[Name]);
  }

  /** Writes a setting. */
  async update(name: keyof SettingValues, value: unknown, target: vscode.ConfigurationTarget): Promise<void> {
    await this.#configuration.update(name, value, target);
  }

  /** What is written for a setting, and where. */
  inspect<Name extends keyof SettingValues>(name: Name): InspectedSetting<SettingValues[Name]> {
    return this.#configuration.inspect(name);
  }
}

/** A trimmed name; absent if empty. */
function nameIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A limit in US dollars. */
function limitIn(value: number | null): MicroDollars | undefined {
  return value === null ? undefined : microDollarsFrom(value);
}
