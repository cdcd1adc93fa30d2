import * as vscode from 'vscode';
import { CreditMonitor } from '../core/account/creditMonitor.ts';
import { ModelCatalog } from '../core/model/catalog.ts';
import type { ServerKind } from '../core/model/server.ts';
import { KeyClient } from '../core/openrouter/account/keyClient.ts';
import type { Server } from '../core/openrouter/transport/server.ts';
import { ServerIdentity } from '../core/openrouter/transport/serverIdentity.ts';
import type { DisposableStore } from '../core/util/disposableStore.ts';
import { lazy } from '../core/util/lazy.ts';
import { ApiKeyStore } from '../host/account/apiKeyStore.ts';
import { CatalogFile } from '../host/models/catalogFile.ts';
import type { ModelMemory } from '../host/models/modelMemory.ts';
import { SettingFaults } from '../host/platform/settingFaults.ts';
import { Settings } from '../host/platform/settings.ts';

/** What every feature may use. It is made at start-up, so all of it is light. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  /** Disposes with the extension of whatever is made later. */
  readonly owned: DisposableStore;
  readonly log: vscode.LogOutputChannel;
  readonly settings: Settings;
  readonly faults: SettingFaults;
  readonly keys: ApiKeyStore;
  readonly server: Server;
  /** The receiver of a request, as far as known without asking. An unknown server counts as OpenRouter. */
  readonly serverKind: () => ServerKind;
  readonly account: KeyClient;
  readonly credit: CreditMonitor;
  readonly catalog: ModelCatalog;
  readonly memory: () => Promise<ModelMemory>;
  /** Lets a command go on when there is a key, or the server wants none; else leads to one. */
  readonly passKeyGate: () => Promise<boolean>;
}

/** What is known of the server; nothing while its address can't be used. */
function knownKind(identity: ServerIdentity, settings: Settings): ServerKind | undefined {
  const baseUrl = settings.usableBaseUrl();
  return baseUrl === undefined ? undefined : identity.kindOf(baseUrl);
}

/** Makes the services of this window. */
export function createServices(
  context: vscode.ExtensionContext,
  owned: DisposableStore,
  log: vscode.LogOutputChannel,
): Services {
  const settings = owned.own(new Settings());
  const keys = owned.own(new ApiKeyStore(context, process.env['OPENROUTER_API_KEY']));
  const identity = new ServerIdentity();
  const server: Server = {
    baseUrl: () => settings.baseUrl(),
    apiKey: () => keys.get(),
    identity,
    extraHeaders: () => settings.requestHeaders(),
    attribution: () => settings.attribution(),
  };
  const account = new KeyClient(server);
  const models = lazy(async () => {
    const { CatalogClient } = await import('../core/openrouter/account/catalogClient.ts');
    return new CatalogClient(server);
  });
  const cacheFile = vscode.Uri.joinPath(context.globalStorageUri, 'catalogue.json').fsPath;
  return {
    context,
    owned,
    log,
    settings,
    faults: new SettingFaults(),
    keys,
    server,
    serverKind: () => identity.kindOf(settings.baseUrl()) ?? 'openrouter',
    account,
    credit: owned.own(new CreditMonitor(account, Date.now)),
    catalog: owned.own(
      new ModelCatalog(
        { listModels: async (signal) => (await models()).listModels(signal) },
        new CatalogFile(cacheFile, () => settings.baseUrl()),
        () => knownKind(identity, settings),
      ),
    ),
    memory: lazy(async () => {
      const { ModelMemory } = await import('../host/models/modelMemory.ts');
      return new ModelMemory(context.globalState);
    }),
    passKeyGate: async () => (await import('../host/account/keyGate.ts')).passKeyGate({ keys, account }),
  };
}
