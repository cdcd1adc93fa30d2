import { config, t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { registerCommands, type CommandTable, type Feature } from './composition/commandTable.ts';
import { accountFeature } from './composition/features/account.ts';
import { chatFeature } from './composition/features/chat.ts';
import { compareFeature } from './composition/features/compare.ts';
import { editsFeature } from './composition/features/edits.ts';
import { modelsFeature } from './composition/features/models.ts';
import { promptsFeature } from './composition/features/prompts.ts';
import { usageFeature } from './composition/features/usage.ts';
import { createLazyServices } from './composition/lazyServices.ts';
import { createServices } from './composition/services.ts';
import { DisposableStore } from './core/util/disposableStore.ts';
import { logError } from './host/platform/log.ts';

/** Starts what is needed at once; everything heavy is loaded by whatever first needs it. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle) {
    config({ contents: vscode.l10n.bundle });
  }
  const log = vscode.window.createOutputChannel('Switchboard', { log: true });
  const owned = new DisposableStore();
  // The log is the last to go.
  context.subscriptions.push(owned, log);
  try {
    start(context, owned, log);
  } catch (error) {
    owned.dispose();
    logError(log, error);
    tellFailure(error);
    throw error;
  }
}

/** Every feature is made from what stands above it. */
function start(context: vscode.ExtensionContext, owned: DisposableStore, log: vscode.LogOutputChannel): void {
  const use = <Used extends Feature>(feature: Used): Used => {
    feature.disposables.forEach((each) => owned.own(each));
    return feature;
  };
  const services = createServices(context, owned, log);
  const shared = createLazyServices(services);
  const account = use(accountFeature(services));
  const edits = use(editsFeature(shared));
  const chat = use(chatFeature(services, shared));
  const { surface } = chat;
  const compare = use(compareFeature(services, shared, { page: chat.page, side: chat.view }));
  const models = use(modelsFeature(services, shared, surface));
  const prompts = use(promptsFeature(services, shared, surface));
  const usage = use(usageFeature(services, shared, surface));
  const commands: CommandTable = {
    ...account.commands,
    ...edits.commands,
    ...chat.commands,
    ...compare.commands,
    ...models.commands,
    ...prompts.commands,
    ...usage.commands,
  };
  registerCommands(commands, surface, owned);
}

/** VS Code itself only logs it. */
function tellFailure(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  void vscode.window.showErrorMessage(t("Switchboard couldn't start: {0}", reason));
}
