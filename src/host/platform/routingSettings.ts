import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { parseAutoRouter, type AutoRouter } from '../../core/model/autoRouter.ts';
import { RequestError } from '../../core/model/requestError.ts';
import {
  parseRouting,
  tightened,
  tighteningFaults,
  type ParsedRouting,
  type Routing,
} from '../../core/model/routing.ts';
import { objectIn } from '../../core/util/json.ts';
import type { Settings } from './settings.ts';

/**
 * A model's routing: the user's settings, with those for the model first; a workspace can only make it stricter. Throws
 * a `RequestError` of kind `routing` if one of them is invalid.
 */
export function routingOf(settings: Settings, model = settings.model()): Routing {
  const { workspaceValue, workspaceFolderValue } = settings.inspect('routing');
  const [general, own] = [generalRouting(settings), modelRouting(settings, model)];
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
export function usableRouting(settings: Settings, model = settings.model()): Routing {
  try {
    return routingOf(settings, model);
  } catch {
    // Requests report it; this is only for display.
    return {};
  }
}

/** Unknown routing fields, which the service would ignore. */
export function unknownRoutingFields(settings: Settings): readonly string[] {
  return [...generalRouting(settings).unknown, ...modelRouting(settings, settings.model()).unknown];
}

/** The user's routing as written: for all requests or one model. */
export function ownRouting(settings: Settings, model?: string): Routing {
  return (model === undefined ? generalRouting(settings) : modelRouting(settings, model)).routing;
}

/** Writes the user's routing: for all requests or one model. Empty values are removed. */
export async function setOwnRouting(settings: Settings, routing: Routing, model?: string): Promise<void> {
  const value = Object.keys(routing).length === 0 ? undefined : routing;
  if (model === undefined) {
    await settings.update('routing', value, vscode.ConfigurationTarget.Global);
    return;
  }
  const { [model]: _previous, ...others } = objectIn(settings.inspect('modelRouting').globalValue) ?? {};
  const all = { ...others, ...(value && { [model]: value }) };
  const some = Object.keys(all).length === 0 ? undefined : all;
  await settings.update('modelRouting', some, vscode.ConfigurationTarget.Global);
}

/** What the Auto Router chooses from. Throws a `RequestError` of kind `routing` if it can't be read. */
export function autoRouterOf(settings: Settings): AutoRouter {
  const { choice, faults } = parseAutoRouter(settings.inspect('autoRouter').globalValue);
  if (faults.length > 0) {
    throw new RequestError('routing', { detail: t('For the Auto Router: {0}', faults.join(' ')) });
  }
  return choice;
}

function generalRouting(settings: Settings): ParsedRouting {
  const { globalValue, defaultValue } = settings.inspect('routing');
  return parseRouting(globalValue ?? defaultValue);
}

function modelRouting(settings: Settings, model: string): ParsedRouting {
  const all: unknown = settings.inspect('modelRouting').globalValue;
  const own = objectIn(all);
  return parseRouting(own ? own[model] : all);
}
