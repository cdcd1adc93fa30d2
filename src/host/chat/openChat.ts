import type * as vscode from 'vscode';
import type { ChatModel } from '../../core/conversation/chatModel.ts';
import { estimateTokens } from '../../core/context/contextItem.ts';
import { promptTokens } from '../../core/conversation/message.ts';
import { fitTo } from '../../core/model/requestSettings.ts';
import { lookUpUsage, type GenerationSource } from '../../core/conversation/usageLookup.ts';
import { estimateCost, type ModelCatalogue } from '../../core/model/catalogue.ts';
import type { CreditMonitor } from '../../core/model/creditMonitor.ts';
import { sleep } from '../../core/util/sleep.ts';
import type { Server } from '../../core/openrouter/server.ts';
import { leftOutNow } from '../leftOut.ts';
import { chatSystem } from '../../core/prompts/chatSystem.ts';
import { ContextGuard } from '../context/contextGuard.ts';
import { remedies, type Report } from '../report.ts';
import type { Settings } from '../settings.ts';
import type { Opening } from '../store/database.ts';
import { openStore } from '../store/openStore.ts';
import { ChatController } from './chatController.ts';

/** What the chat is built from, all of it light; the heavy parts are loaded here. */
export interface ChatParts {
  readonly context: vscode.ExtensionContext;
  readonly chat: () => Promise<ChatModel>;
  readonly generations: GenerationSource;
  readonly server: Server;
  readonly catalogue: ModelCatalogue;
  readonly credit: CreditMonitor;
  readonly settings: Settings;
  readonly log: vscode.LogOutputChannel;
}

/** Opens the store and the chat of this window on it. */
export function openChat({
  context,
  chat,
  generations,
  server,
  catalogue,
  credit,
  settings,
  log,
}: ChatParts): ChatController {
  const now = Date.now;
  const closing = new AbortController();
  const opened = openStore(context.globalStorageUri.fsPath, now);
  const controller = new ChatController({
    session: {
      store: opened.store,
      chat,
      model: () => settings.model(),
      request: (messages, changes) => {
        const set = { ...settings.request(changes.model), ...changes };
        const tokens = estimateTokens(chatSystem) + promptTokens(messages);
        return { ...fitTo(set, catalogue.find(set.model), tokens), system: chatSystem };
      },
      now,
      newId: () => crypto.randomUUID(),
      estimate: (id, tokens) => {
        const model = catalogue.find(id);
        return model && estimateCost(model, tokens);
      },
      lookUpUsage: (generationId) =>
        lookUpUsage(generations, generationId, { sleep, signal: closing.signal }),
    },
    archive: opened.archive,
    guard: new ContextGuard(settings),
    leftOut: () => leftOutNow(() => settings.request(), server, catalogue),
    catalogue,
    credit,
    settings,
    memory: context.workspaceState,
    log,
  });
  context.subscriptions.push(controller, opened, {
    dispose: () => {
      closing.abort();
    },
  });
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
