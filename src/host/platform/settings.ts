import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { microDollarsFrom, type MicroDollars } from '../../core/money/money.ts';
import { RequestError } from '../../core/model/requestError.ts';
import {
  reasoningEfforts,
  type ReasoningEffort,
  type RequestSettings,
} from '../../core/model/requestSettings.ts';
import {
  parseRouting,
  tightened,
  tighteningFaults,
  type ParsedRouting,
  type Routing,
} from '../../core/model/routing.ts';
import { objectIn } from '../../core/util/json.ts';
import { commandIds, settingsSection, type SettingValues } from './contributions.ts';
import { readRequestHeaders } from './requestHeaders.ts';
import { readSetting, ruledSettings, type RuledSetting, type SettingReading } from './settingRules.ts';
import { type BaseUrl, parseBaseUrl } from '../../core/model/server.ts';

/** Validated settings with defaults for invalid values. */
export class Settings {
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
    const inspected = this.#inspect('baseUrl');
    const value: unknown = inspected?.globalValue ?? inspected?.defaultValue;
    return parseBaseUrl(typeof value === 'string' ? value : String(value));
  }

  /** The settings for a model request. Throws a `RequestError` of kind `routing` if routing is invalid. */
  request(model = this.model()): RequestSettings {
    const temperature = this.#read('temperature');
    const effort = this.reasoningEffort();
    const fallbackModels = this.#read('fallbackModels').map((each) => each.trim());
    const routing = this.routing(model);
    return {
      model,
      maxTokens: this.#read('maxTokens'),
      ...(fallbackModels.length > 0 && { fallbackModels }),
      ...(Object.keys(routing).length > 0 && { routing }),
      ...(temperature !== null && { temperature }),
      ...(effort !== 'default' && { reasoningEffort: effort }),
      ...(this.#read('webSearch') && { webSearch: true }),
      ...(this.#read('responseCache') && { responseCache: true }),
    };
  }

  /** A model's routing: the user's settings, with those for the model first; a workspace can only make it stricter. */
  routing(model = this.model()): Routing {
    const { workspaceValue, workspaceFolderValue } = this.#inspect('routing') ?? {};
    const [general, own] = [this.#parsedRouting(), this.#parsedModelRouting(model)];
    const faults = [
      ...general.faults,
      ...own.faults.map((fault) => t('For {0}: {1}', model, fault)),
      ...[workspaceValue, workspaceFolderValue]
        .flatMap(tighteningFaults)
        .map((fault) => t('In the workspace: {0}', fault)),
    ];
    if (faults.length > 0) {
      throw new RequestError('routing', { detail: faults.join(' ') });
    }
    return tightened(tightened({ ...general.routing, ...own.routing }, workspaceValue), workspaceFolderValue);
  }

  /** The same; absent if a setting is invalid. */
  usableRouting(model = this.model()): Routing {
    try {
      return this.routing(model);
    } catch {
      // Requests report it; this is only for display.
      return {};
    }
  }

  /** Unknown routing fields, which the service would ignore. */
  unknownRoutingFields(): readonly string[] {
    return [...this.#parsedRouting().unknown, ...this.#parsedModelRouting(this.model()).unknown];
  }

  /** The user's routing as written: for all requests or one model. */
  ownRouting(model?: string): Routing {
    return (model === undefined ? this.#parsedRouting() : this.#parsedModelRouting(model)).routing;
  }

  /** Writes the user's routing: for all requests or one model. Empty values are removed. */
  async setOwnRouting(routing: Routing, model?: string): Promise<void> {
    const value = Object.keys(routing).length === 0 ? undefined : routing;
    if (model === undefined) {
      await this.#configuration().update('routing', value, vscode.ConfigurationTarget.Global);
      return;
    }
    const { [model]: _previous, ...others } = objectIn(this.#inspect('modelRouting')?.globalValue) ?? {};
    const all = { ...others, ...(value && { [model]: value }) };
    const some = Object.keys(all).length === 0 ? undefined : all;
    await this.#configuration().update('modelRouting', some, vscode.ConfigurationTarget.Global);
  }

  #parsedRouting(): ParsedRouting {
    const { globalValue, defaultValue } = this.#inspect('routing') ?? {};
    return parseRouting(globalValue ?? defaultValue);
  }

  #parsedModelRouting(model: string): ParsedRouting {
    const all: unknown = this.#inspect('modelRouting')?.globalValue;
    const own = objectIn(all);
    return parseRouting(own ? own[model] : all);
  }

  model(): string {
    return this.#read('model');
  }

  /** A command's model: its own, the background model for commit messages, or else the default. */
  commandModel(command: string): string {
    const background = command === commandIds.commitMessage ? this.backgroundModel() : undefined;
    return this.ownModelOf(command) ?? background ?? this.model();
  }

  /** A command's own model; absent if none. */
  ownModelOf(command: string): string | undefined {
    return nameIn(this.#read('commandModels')[command]);
  }

  /** Sets or clears a command's model where it is set now. */
  async setModelOf(command: string, model: string | undefined): Promise<void> {
    const { globalValue, workspaceValue } = this.#inspect('commandModels') ?? {};
    const inWorkspace = nameIn(objectIn(workspaceValue)?.[command]) !== undefined;
    const { [command]: _previous, ...others } = objectIn(inWorkspace ? workspaceValue : globalValue) ?? {};
    const all = { ...others, ...(model !== undefined && { [command]: model }) };
    await this.#configuration().update(
      'commandModels',
      Object.keys(all).length === 0 ? undefined : all,
      inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
    );
  }

  /** The background model; absent if none is set. */
  backgroundModel(): string | undefined {
    return nameIn(this.#read('backgroundModel'));
  }

  async setBackgroundModel(model: string | undefined): Promise<void> {
    await this.#configuration().update('backgroundModel', model, vscode.ConfigurationTarget.Global);
  }

  /** Gateway headers, from user settings only, because they too decide where code goes. */
  requestHeaders(): Readonly<Record<string, string>> {
    return readRequestHeaders(
      readSetting('requestHeaders', this.#inspect('requestHeaders')?.globalValue, {}).value,
    );
  }

  /** Where the current model is set: by the workspace or the user. */
  modelPlace(): 'user' | 'workspace' {
    return this.#targetOf('model') === vscode.ConfigurationTarget.Global ? 'user' : 'workspace';
  }

  /** Writes the model where it is set now, or to the other target, so that the choice takes effect. */
  async setModel(model: string, place = this.modelPlace()): Promise<void> {
    const target = this.#targetOf('model');
    const configuration = this.#configuration();
    if (place === 'user') {
      const { workspaceValue, workspaceFolderValue } = this.#inspect('model') ?? {};
      await configuration.update('model', model, vscode.ConfigurationTarget.Global);
      // A workspace value would hide the choice for all workspaces.
      if (workspaceFolderValue !== undefined) {
        await configuration.update('model', undefined, vscode.ConfigurationTarget.WorkspaceFolder);
      }
      if (workspaceValue !== undefined) {
        await configuration.update('model', undefined, vscode.ConfigurationTarget.Workspace);
      }
    } else {
      const isUsers = target === vscode.ConfigurationTarget.Global;
      await configuration.update('model', model, isUsers ? vscode.ConfigurationTarget.Workspace : target);
    }
  }

  /** The reasoning effort. */
  reasoningEffort(): ReasoningEffort {
    return reasoningEfforts.find((each) => each === this.#read('reasoningEffort')) ?? 'default';
  }

  /** Writes the effort where it is set now, else to the user settings. */
  async setReasoningEffort(effort: ReasoningEffort): Promise<void> {
    await this.#configuration().update('reasoningEffort', effort, this.#targetOf('reasoningEffort'));
  }

  /** Where a setting is set now; the user settings if nowhere. */
  #targetOf(name: 'model' | 'reasoningEffort'): vscode.ConfigurationTarget {
    const inspected = this.#inspect(name);
    if (inspected?.workspaceFolderValue !== undefined) {
      return vscode.ConfigurationTarget.WorkspaceFolder;
    }
    return inspected?.workspaceValue !== undefined
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
  }

  /** Zero turns polling off. */
  creditRefreshSeconds(): number {
    return this.#read('credit.refreshSeconds');
  }

  creditWarnBelow(): MicroDollars {
    return microDollarsFrom(this.#read('credit.warnBelow')) ?? 0;
  }

  /** Requests above this need confirmation; absent if none do. */
  budgetPerRequest(): MicroDollars | undefined {
    return limitIn(this.#read('budget.perRequest'));
  }

  /** The daily budget of all windows; absent if unlimited. */
  budgetPerDay(): MicroDollars | undefined {
    return limitIn(this.#read('budget.perDay'));
  }

  /** Files that are never sent. */
  excludedGlobs(): readonly string[] {
    return this.#read('context.exclude');
  }

  redactSecrets(): boolean {
    return this.#read('context.redactSecrets');
  }

  /** What of the settings can't be read, in words. Until corrected, safe values apply. */
  faults(): readonly string[] {
    return ruledSettings().flatMap((name) => {
      const { fault } = this.#reading(name);
      return fault === undefined ? [] : [fault];
    });
  }

  #configuration(): vscode.WorkspaceConfiguration {
    // The active editor's folder, because a folder may set its own model.
    return vscode.workspace.getConfiguration(
      settingsSection,
      vscode.window.activeTextEditor?.document.uri ?? null,
    );
  }

  #read<Name extends RuledSetting>(name: Name): SettingValues[Name] {
    return this.#reading(name).value;
  }

  #reading<Name extends RuledSetting>(name: Name): SettingReading<SettingValues[Name]> {
    const byDefault: unknown = this.#inspect(name)?.defaultValue;
    return readSetting(name, this.#configuration().get(name), byDefault as SettingValues[Name]);
  }

  #inspect<Name extends keyof SettingValues>(name: Name) {
    return this.#configuration().inspect<SettingValues[Name]>(name);
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
