import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ChatSummary } from '../../core/conversation/persistence/conversationArchive.ts';
import type { ChatController } from '../chat/chatController.ts';
import type { ChatSurface, FoundMessage } from '../chat/chatSurface.ts';
import { chatButtons, chatItems, isSameChatItem, nameOf, rowNear, type ChatItem } from './chatRows.ts';
import { windowCaughtUp } from '../platform/commands.ts';
import { PickRows } from '../platform/pickRows.ts';

/** What the user did in the list. */
type Wish =
  | { readonly type: 'open'; readonly chat: ChatSummary; readonly found: FoundMessage | undefined }
  | { readonly type: 'rename'; readonly chat: ChatSummary; readonly list: ListPlace }
  | { readonly type: 'goOn'; readonly list: ListPlace };

/** The list's state: the typed text and the focused row. */
interface ListPlace {
  readonly typed: string;
  readonly row: number;
}

/**
 * Lists chats by day and searches all their text while typing; the chosen one is shown at the match. Returns whether
 * one was chosen.
 */
export async function searchChats(surface: ChatSurface): Promise<'arrived' | undefined> {
  const controller = await surface.controller();
  let wish = await pickChat(controller, { typed: '', row: 0 });
  while (wish && wish.type !== 'open') {
    if (wish.type === 'rename') {
      // The input box replaces the list, which comes back afterward.
      await rename(controller, wish.chat);
    }
    wish = await pickChat(controller, wish.list);
  }
  if (!wish) {
    return undefined;
  }
  controller.open(wish.chat.id);
  if (wish.found) {
    controller.showVersionOf(wish.found.messageId);
  }
  await surface.open();
  if (wish.found) {
    await surface.showMessage(wish.found);
  }
  return 'arrived';
}

function pickChat(controller: ChatController, { typed, row }: ListPlace): Promise<Wish | undefined> {
  const pick = vscode.window.createQuickPick<ChatItem>();
  const rows = new PickRows<ChatItem>(pick, isSameChatItem, windowCaughtUp);
  const closing = new AbortController();
  pick.title = t('Search Chats');
  pick.placeholder = t('Type to search all questions and answers');
  pick.value = typed;
  // Matches are emphasized.
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  pick.busy = true;
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      pick.hide();
      controller.report(error);
    }
  };
  const show = (): void => {
    attempt(() => {
      rows.set(chatItems(controller.chats.archive, pick.value));
    });
  };
  const focusedRow = (): number => pick.items.findIndex((item) => item === pick.activeItems[0]);
  show();
  pick.activeItems = rowNear(pick.items, row);
  pick.onDidChangeValue(show);
  void prepare(controller, closing.signal).then(() => {
    if (!closing.signal.aborted) {
      pick.busy = false;
      // An outdated index may miss matches; the list of all chats needs no index.
      if (pick.value.trim() !== '') {
        const at = focusedRow();
        show();
        pick.activeItems = rowNear(pick.items, at);
      }
    }
  });
  return new Promise((resolve) => {
    pick.onDidTriggerItemButton(({ button, item }) => {
      const chat = rows.meant(item)?.chat;
      const list = { typed: pick.value, row: focusedRow() };
      if (chat && button === chatButtons().rename) {
        resolve({ type: 'rename', chat, list });
        pick.hide();
      } else if (chat) {
        attempt(() => {
          act(controller, button, chat);
          // The button disappears with its row, and the focus with it: the list is reopened at the same place.
          resolve({ type: 'goOn', list });
        });
        pick.hide();
      }
    });
    pick.onDidAccept(() => {
      const search = pick.value;
      void rows.accepted(pick.selectedItems[0]).then((item) => {
        if (item?.chat) {
          const { chat, messageId } = item;
          resolve({ type: 'open', chat, found: messageId === undefined ? undefined : { messageId, search } });
          pick.hide();
        }
      });
    });
    pick.onDidHide(() => {
      closing.abort();
      pick.dispose();
      resolve(undefined);
    });
    pick.show();
  });
}

async function prepare(controller: ChatController, signal: AbortSignal): Promise<void> {
  try {
    await controller.chats.archive.prepareSearch(signal);
  } catch (error) {
    controller.report(error);
  }
}

function act(controller: ChatController, button: vscode.QuickInputButton, chat: ChatSummary): void {
  if (button === chatButtons().delete) {
    controller.chats.remove(chat.id);
    void offerUndo(controller, chat);
  } else {
    controller.chats.archive.setPinned(chat.id, button === chatButtons().pin);
  }
}

async function rename(controller: ChatController, chat: ChatSummary): Promise<void> {
  const title = await vscode.window.showInputBox({ title: t('Rename Chat'), value: chat.title });
  if (title !== undefined && title.trim() !== '') {
    controller.chats.rename(chat.id, title.trim());
  }
}

/** A deleted chat can be restored until the notification is gone. */
async function offerUndo(controller: ChatController, chat: ChatSummary): Promise<void> {
  const undo = t('Undo');
  const choice = await vscode.window.showInformationMessage(t('Deleted "{0}".', nameOf(chat)), undo);
  try {
    if (choice === undo) {
      controller.chats.archive.restore(chat.id);
      controller.open(chat.id);
    } else {
      controller.chats.archive.erase(chat.id);
    }
  } catch (error) {
    controller.report(error);
  }
}
