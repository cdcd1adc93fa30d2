import type * as vscode from 'vscode';
import type { ChatModel } from '../../core/conversation/chatModel.ts';
import type { ModelCatalogue } from '../../core/model/catalogue.ts';
import type { CreditMonitor } from '../../core/model/creditMonitor.ts';
import type { Server } from '../../core/openrouter/server.ts';
import { leftOutNow } from '../leftOut.ts';
import { chatSystem } from '../../core/prompts/chatSystem.ts';
import { remedies, type Report } from '../report.ts';
import type { Settings } from '../settings.ts';
import type { Opening } from '../store/database.ts';
import { openStore } from '../store/openStore.ts';
import { ChatController } from './chatController.ts';

/** What the chat is built from, all of it light; the heavy parts are loaded here. */
export interface ChatParts {
  readonly context: vscode.ExtensionContext;
  readonly chat: () => Promise<ChatModel>;
  readonly server: Server;
  readonly catalogue: ModelCatalogue;
  readonly credit: CreditMonitor;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
}

/** Opens the store and the chat of this window on it. */
export function openChat(parts: ChatParts): ChatController {
  const { context, chat, server, catalogue, credit, settings, log } = parts;
  const now = Date.now;
  const opened = openStore(context.globalStorageUri.fsPath, now);
  const controller = new ChatController({
    session: {
      store: opened.store,
      chat,
      request: () => ({ ...settings.request(), system: chatSystem }),
      now,
      newId: () => crypto.randomUUID(),
    },
    leftOut: (request) => leftOutNow(request, server),
    catalogue,
    credit,
    settings,
    memory: context.workspaceState,
    log,
  });
  context.subscriptions.push(controller, opened);
  const report = reportOfOpening(opened.opening);
  if (report) {
    log.warn(`store: ${opened.opening.state}`);
    controller.raise(report);
  }
  return controller;
}

function reportOfOpening(opening: Opening): Report | undefined {
  switch (opening.state) {
    case 'opened':
      return undefined;
    case 'damaged':
      return {
        message:
          'The file of your chats was damaged. It has been set aside, not deleted, and a new one begun.',
        detail: opening.aside,
        remedies: [remedies.dismiss],
      };
    case 'newer':
      return {
        message:
          'Your chats were written by a newer version of Switchboard. They are left untouched; until you update, ' +
          'new chats are not kept.',
        remedies: [remedies.dismiss],
      };
    case 'unavailable':
      return {
        message: 'The file of your chats cannot be opened, so new chats are not kept when the window closes.',
        detail: opening.reason,
        remedies: [remedies.dismiss],
      };
    default:
      return opening satisfies never;
  }
}
