import { config } from '@vscode/l10n';
import * as vscode from 'vscode';
import { ModelCatalog } from './core/model/catalog.ts';
import { CreditMonitor } from './core/account/creditMonitor.ts';
import { OpenRouterAccount } from './core/openrouter/account/account.ts';
import type { Server } from './core/openrouter/transport/server.ts';
import { ServerIdentity } from './core/openrouter/transport/serverIdentity.ts';
import { latest } from './core/util/latest.ts';
import { lazy } from './core/util/lazy.ts';
import { ApiKeyStore } from './host/account/apiKeyStore.ts';
import { ActiveChat, type ChatSurface } from './host/chat/chatSurface.ts';
import { LazyChatView } from './host/chat/lazyChatView.ts';
import type { Chats } from './host/chat/openChat.ts';
import {
  commandIds,
  promptCommandIds,
  viewIds,
  type CommandId,
  type PromptCommandId,
} from './host/platform/contributions.ts';
import { registerFixAction } from './host/edits/fixAction.ts';
import { CatalogFile } from './host/models/catalogFile.ts';
import { logError } from './host/platform/log.ts';
import type { ModelTargets } from './host/models/modelTarget.ts';
import { Settings } from './host/platform/settings.ts';
import { registerCreditItem } from './host/account/creditItem.ts';
import { syncAccountState } from './host/account/syncAccountState.ts';
import { registerModelItem } from './host/models/modelItem.ts';
import { followWalkthrough } from './host/account/walkthroughState.ts';

/**
 * Builds what is needed at start-up and joins it; everything heavy is loaded by whatever first needs it. This is
 * the only place that makes an adapter.
 */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.bundle) {
    config({ contents: vscode.l10n.bundle });
  }
  const log = vscode.window.createOutputChannel('Switchboard', { log: true });
  const settings = new Settings();
  const keys = new ApiKeyStore(context, process.env['OPENROUTER_API_KEY']);
  const server: Server = {
    baseUrl: () => settings.baseUrl(),
    apiKey: () => keys.get(),
    identity: new ServerIdentity(),
    extraHeaders: () => settings.requestHeaders(),
  };
  const account = new OpenRouterAccount(server);
  const credit = new CreditMonitor(account, Date.now);
  const cacheFile = vscode.Uri.joinPath(context.globalStorageUri, 'catalogue.json').fsPath;
  const catalog = new ModelCatalog(account, new CatalogFile(cacheFile, () => settings.baseUrl()));

  const own = <Owned extends vscode.Disposable>(owned: Owned): Owned => {
    context.subscriptions.push(owned);
    return owned;
  };

  const memory = lazy(async () => {
    const { ModelMemory } = await import('./host/models/modelMemory.ts');
    return new ModelMemory(context.globalState);
  });
  const chat = lazy(async () => {
    const { OpenRouterClient } = await import('./core/openrouter/chat/client.ts');
    const { withRequestListener } = await import('./core/conversation/generation/requestListener.ts');
    const { titleFeature } = await import('./core/prompts/chatTitle.ts');
    const { RetryingModel } = await import('./core/conversation/generation/retryingModel.ts');
    const { MeteredModel } = await import('./core/usage/meteredModel.ts');
    const { ledger, reconciler, estimate, maxCost } = await chats();
    const entering = new MeteredModel(new OpenRouterClient(server), {
      ledger,
      estimate,
      maxCost,
      dayLimit: () => settings.budgetPerDay(),
      ended: (usage) => {
        credit.answered(usage);
      },
      lookUp: (generationId) =>
        void reconciler.lookUp(generationId).then((usage) => {
          credit.answered(usage);
        }),
      workspace: () => vscode.workspace.name,
      now: Date.now,
      failed: (error) => {
        logError(log, error);
      },
    });
    const remembering = await memory();
    return withRequestListener(new RetryingModel(entering), ({ model, feature }) => {
      if (feature !== titleFeature) {
        void remembering.used(model);
      }
    });
  });
  const chats: () => Promise<Chats> = lazy(async () => {
    const { openChats } = await import('./host/chat/openChat.ts');
    const opened = openChats({
      context,
      chat,
      generations: account,
      server,
      catalog,
      credit,
      settings,
      log,
    });
    surface.watchSide(opened.main);
    return opened;
  });
  const review = lazy(async () => {
    const { InlineReview } = await import('./host/edits/inlineReview.ts');
    return own(new InlineReview());
  });
  const pageParts = lazy(async () => {
    const { DiagramPreview } = await import('./host/answers/diagramPreview.ts');
    const { extensionUri } = context;
    const warmUp = (): void => void chat();
    const chooseModel = async (): Promise<string | undefined> =>
      (await import('./host/models/selectModel.ts')).chooseModel(await listParts(), settings.model());
    return { extensionUri, review, diagrams: own(new DiagramPreview()), warmUp, chooseModel, log };
  });
  const view: LazyChatView = new LazyChatView(
    lazy(async () => {
      const { SideChatView } = await import('./host/chat/sideChatView.ts');
      return new SideChatView(await pageParts(), (await chats()).main, () => view.reveal());
    }),
    async () => (await chats()).main,
  );
  const surface: ActiveChat = new ActiveChat(view);
  const editors = lazy(async () => {
    const { ChatEditors } = await import('./host/chat/chatEditors.ts');
    const made = own(new ChatEditors(await pageParts(), await chats()));
    surface.watch(made);
    return made;
  });
  const comparisons = lazy(async () => {
    const { Comparisons } = await import('./host/compare/comparisons.ts');
    return own(
      new Comparisons({ page: await pageParts(), chats: await chats(), side: view, catalog, settings }),
    );
  });
  const preview = lazy(async () => {
    const { RequestPreview } = await import('./host/chat/previewRequest.ts');
    return own(new RequestPreview({ surface, server, settings, catalog }));
  });
  const usage = lazy(async () => {
    const { UsagePanel } = await import('./host/usage/usagePanel.ts');
    const { records } = await chats();
    return own(new UsagePanel({ extension: context.extension, records, catalog, server, log }));
  });
  const targets = async (): Promise<ModelTargets> => {
    const { ModelTargets: Targets } = await import('./host/models/modelTarget.ts');
    const { commandTitles } = await import('./host/platform/commandTitles.ts');
    const titles = commandTitles(context.extension.packageJSON);
    return new Targets({ settings, catalog, chat: await surface.controller(), titles });
  };
  const facts = lazy(async () => {
    const { ServiceFacts } = await import('./host/models/serviceFacts.ts');
    return new ServiceFacts(account, () => settings.baseUrl());
  });
  const modelRows = lazy(async () => new (await import('./host/models/modelRows.ts')).ModelRows());
  const modelPanel = lazy(async () => {
    const { ModelPanel } = await import('./host/models/modelPanel.ts');
    const { extensionUri } = context;
    const inUse = async (): Promise<string> => (await surface.controller()).model;
    const use = async (id: string): Promise<void> => {
      await (await memory()).used(id);
      const all = await targets();
      await all.set(all.first(), id);
    };
    const remembered = await memory();
    return own(
      new ModelPanel({
        extensionUri,
        catalog,
        account,
        settings,
        memory: remembered,
        log,
        inUse,
        use,
      }),
    );
  });
  const listParts = async () => {
    const showModel = async (id: string): Promise<void> => (await modelPanel()).show(id);
    const [remembered, told, rows] = [await memory(), await facts(), await modelRows()];
    return { catalog, memory: remembered, facts: told, rows, showModel };
  };
  const keyParts = { keys, account };
  const passGate = async (): Promise<boolean> =>
    (await import('./host/account/keyGate.ts')).passKeyGate(keyParts);

  const attaching = () => import('./host/chat/attachMenu.ts');

  const prompts = lazy(async () => {
    const { promptCommands } = await import('./host/commands/promptCommands.ts');
    const { PromptRunner } = await import('./host/prompts/promptRunner.ts');
    const runner = new PromptRunner({ chat, catalog, settings });
    return promptCommands({ surface, runner, review, globalStorage: context.globalStorageUri, own });
  });
  const ask =
    (id: PromptCommandId) =>
    async (...args: readonly unknown[]): Promise<void> => {
      if (await passGate()) {
        await (await prompts())[id](...args);
      }
    };

  const promptIds = Object.values(promptCommandIds);
  const asking = Object.fromEntries(promptIds.map((id) => [id, ask(id)])) as Readonly<
    Record<PromptCommandId, ReturnType<typeof ask>>
  >;
  const commands: Readonly<Record<CommandId, (...args: readonly unknown[]) => Promise<unknown>>> = {
    [commandIds.signIn]: latest(async (signal) =>
      (await import('./host/account/signIn/signIn.ts')).signIn(
        { ...keyParts, settings, now: Date.now },
        signal,
      ),
    ),
    [commandIds.setApiKey]: async () => (await import('./host/account/setApiKey.ts')).setApiKey(keyParts),
    [commandIds.signOut]: async () => (await import('./host/account/signOut.ts')).signOut(keys),
    [commandIds.switchKey]: async () => (await import('./host/account/switchKey.ts')).switchKey(keyParts),
    [commandIds.openChat]: () => view.open(),
    [commandIds.openChatInEditor]: async () => {
      (await editors()).openFromSide();
    },
    [commandIds.newChat]: async () => {
      (await surface.controller()).newChat();
      await surface.open();
    },
    [commandIds.searchChats]: async () => {
      await (await import('./host/history/searchChats.ts')).searchChats(surface);
    },
    [commandIds.exportChat]: async () => (await import('./host/history/exportChat.ts')).exportChat(surface),
    [commandIds.importChat]: async () => (await import('./host/history/importChat.ts')).importChat(surface),
    [commandIds.showShortcuts]: async () =>
      (await import('./host/commands/showShortcuts.ts')).showShortcuts(context.extension.packageJSON),
    [commandIds.attachContext]: async () => (await attaching()).attachContext(surface),
    [commandIds.attachFiles]: async (...args) =>
      (await attaching()).attachFiles(surface, (await attaching()).urisIn(args)),
    [commandIds.attachSelection]: async () => (await attaching()).attachSelection(surface),
    [commandIds.attachTerminalSelection]: async () => (await attaching()).attachTerminalSelection(surface),
    [commandIds.askSelection]: async () => {
      if (await passGate()) {
        await (await import('./host/chat/askSelection.ts')).askSelection(surface);
      }
    },
    ...asking,
    [commandIds.selectModel]: async () => {
      if (await passGate()) {
        const { selectModel } = await import('./host/models/selectModel.ts');
        await selectModel({ ...(await listParts()), targets: await targets() });
      }
    },
    [commandIds.showModel]: async (id) => (await modelPanel()).show(typeof id === 'string' ? id : undefined),
    [commandIds.selectEffort]: async () => {
      const { selectEffort } = await import('./host/models/selectEffort.ts');
      await selectEffort((await surface.controller()).model, catalog, settings);
    },
    [commandIds.compareModels]: async () => {
      if (await passGate()) {
        const { compareModels } = await import('./host/compare/compareModels.ts');
        await compareModels({ comparisons: await comparisons(), surface: view, catalog, settings });
      }
    },
    [commandIds.configureRouting]: async (model) => {
      const { configureRouting } = await import('./host/routing/configureRouting.ts');
      const routed = typeof model === 'string' ? model : undefined;
      await configureRouting({ settings, catalog, account }, routed);
    },
    [commandIds.previewRequest]: async () => (await preview()).show(),
    [commandIds.showUsage]: async () => {
      (await usage()).show();
    },
    [commandIds.copyAsCurl]: async () => (await preview()).copyAsCurl(),
    [commandIds.acceptChange]: async (uri, index) => (await review()).accept(uri, index),
    [commandIds.rejectChange]: async (uri, index) => {
      (await review()).reject(uri, index);
    },
    [commandIds.acceptAllChanges]: async (uri) => (await review()).acceptAll(uri),
    [commandIds.rejectAllChanges]: async (uri) => {
      (await review()).rejectAll(uri);
    },
    [commandIds.nextChange]: async () => (await review()).go(1),
    [commandIds.previousChange]: async () => (await review()).go(-1),
    [commandIds.refreshCredit]: async () => {
      if (await passGate()) {
        await credit.refresh();
      }
    },
  };

  context.subscriptions.push(
    log,
    keys,
    credit,
    catalog,
    registerCreditItem(credit, settings, keys),
    registerModelItem(catalog, settings, surface),
    followWalkthrough(credit),
    registerFixAction(),
    syncAccountState({ credit, catalog, keys, settings, log }),
    vscode.window.registerWebviewViewProvider(viewIds.chat, view),
    vscode.window.registerWebviewPanelSerializer(viewIds.chatEditor, {
      deserializeWebviewPanel: async (panel, state) => {
        (await editors()).restore(panel, state);
      },
    }),
    ...Object.entries(commands).map(([id, run]) => registerCommand(id, run, surface)),
  );
}

/** A command that fails says so in the panel; nothing fails in silence. */
function registerCommand(
  id: string,
  run: (...args: readonly unknown[]) => Promise<unknown>,
  surface: ChatSurface,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => {
    try {
      return await run(...args);
    } catch (error) {
      (await surface.controller()).report(error, () => void vscode.commands.executeCommand(id, ...args));
      await surface.reveal();
      return undefined;
    }
  });
}
