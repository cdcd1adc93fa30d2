import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { originOf } from '../../core/conversation/generations.ts';
import type { Answer } from '../../core/conversation/message.ts';
import { providerSlug, type EndpointSource } from '../../core/model/endpoint.ts';
import type { Routing } from '../../core/model/routing.ts';
import { withoutProvider } from '../../core/model/routingChange.ts';
import { runCommand } from '../platform/commands.ts';
import { commandIds } from '../platform/contributions.ts';
import { ownRouting, setOwnRouting } from '../platform/routingSettings.ts';
import type { Settings } from '../platform/settings.ts';

/** A routing of the user's: for all models, or for one. */
interface Scope {
  readonly model?: string;
  readonly before: Routing;
  readonly after: Routing;
}

/** Adds the provider of an answer to those that are never used, in the user's settings; one click takes it back. */
export async function avoidProvider(
  answer: Answer,
  settings: Settings,
  endpoints: EndpointSource,
): Promise<void> {
  const { model = answer.requestedModel, provider } = originOf(answer);
  if (provider === undefined) {
    return;
  }
  const slug = await slugOf(provider, model, endpoints);
  // What is set for a model takes the place of what is set for all.
  const own = [...new Set([answer.requestedModel, model])].filter(
    (id) => Object.keys(ownRouting(settings, id)).length > 0,
  );
  const scopes = [undefined, ...own].map((id) => scopeOf(settings, id, slug));
  const configure = t('Configure Routing');
  if (!scopes.every((each) => each !== undefined)) {
    const words = t('Your routing allows only {0}. Allow other providers first.', provider);
    if ((await vscode.window.showWarningMessage(words, configure)) === configure) {
      await runCommand(commandIds.configureRouting, answer.requestedModel);
    }
    return;
  }
  for (const { model: id, after } of scopes) {
    await setOwnRouting(settings, after, id);
  }
  void offerUndo(provider, scopes, settings);
}

async function offerUndo(provider: string, scopes: readonly Scope[], settings: Settings): Promise<void> {
  const [undo, configure] = [t('Undo'), t('Configure Routing')];
  const choice = await vscode.window.showInformationMessage(
    t("{0} won't be used again, for any model.", provider),
    undo,
    configure,
  );
  if (choice === configure) {
    await runCommand(commandIds.configureRouting);
  } else if (choice === undo) {
    for (const { model, before } of scopes) {
      await setOwnRouting(settings, before, model);
    }
  }
}

function scopeOf(settings: Settings, model: string | undefined, slug: string): Scope | undefined {
  const before = ownRouting(settings, model);
  const after = withoutProvider(before, slug);
  return after && { ...(model !== undefined && { model }), before, after };
}

/** The name of a provider in routing. The service takes the one for people, too. */
async function slugOf(provider: string, model: string, endpoints: EndpointSource): Promise<string> {
  try {
    const { endpoints: all } = await endpoints.endpointsOf(model, new AbortController().signal);
    const tag = all.find(({ providerName }) => providerName.toLowerCase() === provider.toLowerCase())?.tag;
    return tag === undefined ? provider : providerSlug(tag);
  } catch {
    // Being offline is no reason to go on with that provider.
    return provider;
  }
}
