import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { microDollarsFrom, type MicroDollars } from '../../core/money/money.ts';
import { RequestError } from '../../core/model/requestError.ts';
import {
  reasoningEfforts,
  minMaxTokens,
  type ReasoningEffort,
  type RequestSettings,
} from '../../core/model/requestSettings.ts';
import { parseRouting, tightened, type ParsedRouting, type Routing } from '../../core/model/routing.ts';
import { objectIn } from '../../core/util/json.ts';
import { commandIds, settingsSection, type SettingValues } from './contributions.ts';
import { readRequestHeaders } from './requestHeaders.ts';
import { type BaseUrl, parseBaseUrl } from '../../core/model/server.ts';

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

  /**
   * What goes into a request to a model. Throws a `RequestError` of kind `routing` where a setting for that cannot be
   * used.
   */
  request(model = this.model()): RequestSettings {
    const temperature: unknown = this.#get('temperature');
    const effort = this.reasoningEffort();
    const fallbackModels = textsIn(this.#get('fallbackModels'));
    const routing = this.routing(model);
    return {
      model,
      maxTokens: this.#maxTokens(),
      ...(fallbackModels.length > 0 && { fallbackModels }),
      ...(Object.keys(routing).length > 0 && { routing }),
      ...(typeof temperature === 'number' && { temperature }),
      ...(effort !== 'default' && { reasoningEffort: effort }),
      ...(this.#get('webSearch') === true && { webSearch: true }),
      ...(this.#get('responseCache') === true && { responseCache: true }),
    };
  }

  /**
   * How OpenRouter is to choose among the providers of a model: the user's own settings, of which those for the model
   * win, and which a workspace can make stricter only.
   */
  routing(model = this.model()): Routing {
    const { workspaceValue, workspaceFolderValue } = this.#inspect('routing') ?? {};
    const [general, own] = [this.#parsedRouting(), this.#parsedModelRouting(model)];
    const faults = [...general.faults, ...own.faults.map((fault) => t('For {0}: {1}', model, fault))];
    if (faults.length > 0) {
      throw new RequestError('routing', { detail: faults.join(' ') });
    }
    return tightened(tightened({ ...general.routing, ...own.routing }, workspaceValue), workspaceFolderValue);
  }

  /** The same; nothing where a setting cannot be used. */
  usableRouting(): Routing {
    try {
      return this.routing();
    } catch {
      // Whoever sends a request is told; this is for those who only want to name it.
      return {};
    }
  }

  /** The names of fields in the settings for routing that the service would drop in silence. */
  unknownRoutingFields(): readonly string[] {
    return [...this.#parsedRouting().unknown, ...this.#parsedModelRouting(this.model()).unknown];
  }

  /** The user's own routing as it is written: for all requests, or for one model. */
  ownRouting(model?: string): Routing {
    return (model === undefined ? this.#parsedRouting() : this.#parsedModelRouting(model)).routing;
  }

  /** Writes the user's own routing: for all requests, or for one model. What is empty is taken out. */
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
    return parseRouting(objectIn(this.#inspect('modelRouting')?.globalValue)?.[model]);
  }

  #maxTokens(): number {
    const value: unknown = this.#get('maxTokens');
    return typeof value === 'number' && value >= minMaxTokens
      ? Math.floor(value)
      : (this.#inspect('maxTokens')?.defaultValue ?? minMaxTokens);
  }

  model(): string {
    return nameIn(this.#get('model')) ?? this.#inspect('model')?.defaultValue ?? '';
  }

  /**
   * The model that a command asks: its own, for commit messages the one for small things in the background, and else the
   * general one.
   */
  commandModel(command: string): string {
    const background = command === commandIds.commitMessage ? this.backgroundModel() : undefined;
    return this.ownModelOf(command) ?? background ?? this.model();
  }

  /** The model that is set for a command; nothing where it has none of its own. */
  ownModelOf(command: string): string | undefined {
    return nameIn(objectIn(this.#get('commandModels'))?.[command]);
  }

  /** Sets the model of a command, where it is set now, or takes its own one away. */
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

  /** The model for small things that nobody waits for; nothing where none is to be asked. */
  backgroundModel(): string | undefined {
    return nameIn(this.#get('backgroundModel'));
  }

  async setBackgroundModel(model: string | undefined): Promise<void> {
    await this.#configuration().update('backgroundModel', model, vscode.ConfigurationTarget.Global);
  }

  /** Headers for a gateway, from the user's own settings only, because they too decide where code goes. */
  requestHeaders(): Readonly<Record<string, string>> {
    return readRequestHeaders(objectIn(this.#inspect('requestHeaders')?.globalValue) ?? {});
  }

  /** Where the model is set that is in use: by the workspace, or by the user. */
  modelPlace(): 'user' | 'workspace' {
    return this.#targetOf('model') === vscode.ConfigurationTarget.Global ? 'user' : 'workspace';
  }

  /** Writes the model where it is set now, or in the other place, in such a way that the choice takes effect. */
  async setModel(model: string, place = this.modelPlace()): Promise<void> {
    const target = this.#targetOf('model');
    const configuration = this.#configuration();
    if (place === 'user') {
      const { workspaceValue, workspaceFolderValue } = this.#inspect('model') ?? {};
      await configuration.update('model', model, vscode.ConfigurationTarget.Global);
      // What a workspace says would hide what was chosen for all of them.
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

  /** How much models are to think. */
  reasoningEffort(): ReasoningEffort {
    return reasoningEfforts.find((each) => each === this.#get('reasoningEffort')) ?? 'default';
  }

  /** Writes the effort where it is set now; else to the user's settings. */
  async setReasoningEffort(effort: ReasoningEffort): Promise<void> {
    await this.#configuration().update('reasoningEffort', effort, this.#targetOf('reasoningEffort'));
  }

  /** Where a setting is set now; the user's settings where it is not. */
  #targetOf(name: 'model' | 'reasoningEffort'): vscode.ConfigurationTarget {
    const inspected = this.#inspect(name);
    if (inspected?.workspaceFolderValue !== undefined) {
      return vscode.ConfigurationTarget.WorkspaceFolder;
    }
    return inspected?.workspaceValue !== undefined
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
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

  /** Above this a request is asked about first; nothing where none is. */
  budgetPerRequest(): MicroDollars | undefined {
    return limitIn(this.#get('budget.perRequest'));
  }

  /** What all windows together may spend in a day; nothing where there is no limit. */
  budgetPerDay(): MicroDollars | undefined {
    return limitIn(this.#get('budget.perDay'));
  }

  /** The files that never go with a question. */
  excludedGlobs(): readonly string[] {
    return textsIn(this.#get('context.exclude'));
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

/** A name without spaces around it; nothing where it is empty. */
function nameIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A limit in US dollars. */
function limitIn(value: unknown): MicroDollars | undefined {
  return typeof value === 'number' && value >= 0 ? microDollarsFrom(value) : undefined;
}

/** The texts of a list that should hold nothing else. */
function textsIn(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.filter((each) => typeof each === 'string').filter((text) => text.trim() !== '');
}
