import * as vscode from 'vscode';
import { lazy } from '../../core/util/lazy.ts';
import type { ChatPageParts } from '../../host/chat/chatPage.ts';
import { ActiveChat } from '../../host/chat/chatSurface.ts';
import { LazyChatView } from '../../host/chat/lazyChatView.ts';
import { commandIds, viewIds } from '../../host/platform/contributions.ts';
import type { Feature } from '../commandTable.ts';
import type { LazyServices } from '../lazyServices.ts';
import type { Services } from '../services.ts';

/** The chats: in the side bar, in tabs of the editor, what is attached to them, and what becomes of them. */
export function chatFeature(services: Services, shared: LazyServices) {
  const { context, owned, passKeyGate } = services;
  const page = lazy(() => loadPageParts(services, shared));
  const main = async () => (await shared.chats()).main;
  const view = new LazyChatView(
    lazy(async () => {
      const { SideChatView } = await import('../../host/chat/sideChatView.ts');
      return new SideChatView(await page(), await main());
    }),
    main,
  );
  const surface = new ActiveChat(view, shared.onDidOpenChats);
  const editors = owned.lazy(async () => {
    const { ChatEditors } = await import('../../host/chat/chatEditors.ts');
    const made = new ChatEditors(await page(), await shared.chats());
    surface.watch(made);
    return made;
  });
  const attaching = () => import('../../host/chat/attachMenu.ts');
  return {
    /** The side bar's chat. */
    view,
    /** The chat that commands mean. */
    surface,
    /** What every page that shows answers works with. */
    page,
    disposables: [
      vscode.window.registerWebviewViewProvider(viewIds.chat, view),
      vscode.window.registerWebviewPanelSerializer(viewIds.chatEditor, {
        deserializeWebviewPanel: async (panel, state) => {
          (await editors()).restore(panel, state);
        },
      }),
    ],
    commands: {
      [commandIds.openChat]: () => view.open(),
      [commandIds.openChatInEditor]: async () => {
        (await editors()).openFromSide();
      },
      [commandIds.newChat]: async () => {
        (await surface.controller()).newChat();
        await surface.open();
      },
      [commandIds.searchChats]: async () => {
        await (await import('../../host/history/searchChats.ts')).searchChats(surface);
      },
      [commandIds.exportChat]: async () =>
        (await import('../../host/history/exportChat.ts')).exportChat(surface),
      [commandIds.importChat]: async () =>
        (await import('../../host/history/importChat.ts')).importChat(surface),
      [commandIds.showShortcuts]: async () =>
        (await import('../../host/commands/showShortcuts.ts')).showShortcuts(context.extension.packageJSON),
      [commandIds.attachContext]: async () => (await attaching()).attachContext(surface),
      [commandIds.attachFiles]: async (file?: vscode.Uri, selected?: readonly vscode.Uri[]) =>
        (await attaching()).attachFiles(surface, selected?.length ? selected : file ? [file] : []),
      [commandIds.attachSelection]: async () => (await attaching()).attachSelection(surface),
      [commandIds.attachTerminalSelection]: async () => (await attaching()).attachTerminalSelection(surface),
      [commandIds.askSelection]: async () => {
        if (await passKeyGate()) {
          await (
            await import('../../host/commands/askSelection.ts')
          ).askSelection(surface, services.settings);
        }
      },
    },
  } satisfies Feature & Record<string, unknown>;
}

async function loadPageParts(
  { context, owned, keys, log, settings, catalog }: Services,
  { model, review, writes, picker, endpoints }: LazyServices,
): Promise<ChatPageParts> {
  const { DiagramPreview } = await import('../../host/answers/diagramPreview.ts');
  return {
    extensionUri: context.extensionUri,
    review,
    writes,
    diagrams: owned.own(new DiagramPreview()),
    warmUp: () => {
      void model();
      void keys.get();
    },
    chooseModel: async (current) =>
      (await import('../../host/models/selectModel.ts')).chooseModel(await picker(), current),
    avoidProvider: async (answer) =>
      (await import('../../host/routing/avoidProvider.ts')).avoidProvider(
        answer,
        settings,
        await endpoints(),
      ),
    costElsewhere: async (surface) =>
      (await import('../../host/models/costOnOtherModels.ts')).costOnOtherModels(surface, catalog),
    searchChats: async (surface) => (await import('../../host/history/searchChats.ts')).searchChats(surface),
    log,
  };
}
