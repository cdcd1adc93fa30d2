import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type {
  ChatHit,
  ChatSummary,
  ConversationArchive,
} from '../../core/conversation/persistence/conversationArchive.ts';
import { once } from '../../core/util/lazy.ts';
import { formatClock, formatNumber } from '../platform/formats.ts';
import { dayOf } from './dayOf.ts';

/** A chat or a message in one. */
export interface ChatItem extends vscode.QuickPickItem {
  readonly chat?: ChatSummary;
  readonly messageId?: string;
}

/** Whether two rows lead to the same place in the same chat. */
export function isSameChatItem(one: ChatItem, other: ChatItem): boolean {
  return one.chat?.id === other.chat?.id && one.messageId === other.messageId;
}

/** How many are listed; typing finds the others. */
const maxListed = 300;
const maxFound = 100;

/** Created once, because buttons are compared by identity. */
export const chatButtons = once(() => ({
  pin: { iconPath: new vscode.ThemeIcon('pin'), tooltip: t('Pin') },
  unpin: { iconPath: new vscode.ThemeIcon('pinned'), tooltip: t('Unpin') },
  rename: { iconPath: new vscode.ThemeIcon('edit'), tooltip: t('Rename') },
  delete: { iconPath: new vscode.ThemeIcon('trash'), tooltip: t('Delete') },
}));

/** The chat in a row; if that is now a heading or past the end, the nearest one. */
export function rowNear(items: readonly ChatItem[], row: number): readonly ChatItem[] {
  const found = items.find(({ chat }, at) => chat && at >= row) ?? items.findLast(({ chat }) => chat);
  return found ? [found] : [];
}

/** The chats by day; where something is typed, those with it in their titles, and the messages with it. */
export function chatItems(archive: ConversationArchive, value: string): readonly ChatItem[] {
  if (value.trim() === '') {
    return listItems(archive.list(maxListed), archive.count());
  }
  const titles = archive.titled(value, maxFound);
  const found = archive.search(value, maxFound);
  const items = [
    ...section(t('Titles'), titles.map(toItem)),
    ...section(
      found.length === maxFound ? t('Messages (newest {0})', maxFound) : t('Messages'),
      found.map(toHitItem),
    ),
  ];
  return items.length > 0 ? items : [{ label: t('No chat contains these words'), alwaysShow: true }];
}

function listItems(chats: readonly ChatSummary[], count: number): readonly ChatItem[] {
  if (chats.length === 0) {
    return [{ label: t('There are no chats yet') }];
  }
  const items: ChatItem[] = [];
  let heading = '';
  for (const chat of chats) {
    const day = chat.pinned ? t('Pinned') : dayOf(chat.updatedAt, Date.now());
    if (day !== heading) {
      items.push(separator(day));
      heading = day;
    }
    items.push(toItem(chat));
  }
  if (count > chats.length) {
    const older = count - chats.length;
    items.push(
      separator(
        older === 1
          ? t('1 older chat: type to find it')
          : t('{0} older chats: type to find them', formatNumber(older)),
      ),
    );
  }
  return items;
}

function section(label: string, items: readonly ChatItem[]): readonly ChatItem[] {
  return items.length === 0 ? [] : [separator(label), ...items];
}

function separator(label: string): ChatItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function toItem(chat: ChatSummary): ChatItem {
  const time = formatClock(chat.updatedAt);
  return {
    chat,
    label: nameOf(chat),
    description: time,
    alwaysShow: true,
    buttons: [
      chatButtons().rename,
      chat.pinned ? chatButtons().unpin : chatButtons().pin,
      chatButtons().delete,
    ],
  };
}

function toHitItem({ chat, messageId, role, excerpt }: ChatHit): ChatItem {
  return {
    chat,
    messageId,
    label: `${role === 'user' ? '$(account)' : '$(sparkle)'} ${nameOf(chat)}`,
    description: dayOf(chat.updatedAt, Date.now()),
    detail: excerpt,
    alwaysShow: true,
  };
}

/** What a chat is called in lists. */
export function nameOf({ title }: ChatSummary): string {
  return title === '' ? t('Untitled chat') : title;
}
