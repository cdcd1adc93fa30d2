import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { objectIn } from '../../core/util/json.ts';
import { viewIds } from '../contributions.ts';
import { ChatPage, type ChatPageParts } from './chatPage.ts';
import type { ChatRoom } from './chatRoom.ts';
import type { Chats } from './openChat.ts';

interface ChatEditor {
  readonly panel: vscode.WebviewPanel;
  readonly page: ChatPage;
}

/** Chats in tabs of the editor, as many as one likes, each with a conversation of its own. */
export class ChatEditors implements vscode.Disposable {
  readonly #parts: ChatPageParts;
  readonly #chats: Chats;
  readonly #editors = new Set<ChatEditor>();

  constructor(parts: ChatPageParts, chats: Chats) {
    this.#parts = parts;
    this.#chats = chats;
  }

  /** Moves the chat of the side bar into a tab; where it is empty, a new chat begins there. */
  openFromSide(): void {
    const { main } = this.#chats;
    const { id, messages } = main.conversation;
    const panel = vscode.window.createWebviewPanel(viewIds.chatEditor, t('Chat'), vscode.ViewColumn.Active, {
      enableFindWidget: true,
    });
    const editor = this.#fill(panel, messages.length > 0 ? id : undefined);
    if (messages.length > 0) {
      main.newChat();
    }
    editor.page.focusComposer();
  }

  /** Fills a tab that VS Code has brought back after a reload; `state` is what its page had kept. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const id = objectIn(state)?.['conversationId'];
    this.#fill(panel, typeof id === 'string' ? id : undefined);
  }

  /** The chat of the tab that is in use; nothing while none is. */
  get active(): ChatRoom | undefined {
    const editor = [...this.#editors].find(({ panel }) => panel.active);
    return editor?.page.room;
  }

  dispose(): void {
    for (const { panel } of this.#editors) {
      panel.dispose();
    }
  }

  #fill(panel: vscode.WebviewPanel, conversationId: string | undefined): ChatEditor {
    const { extensionUri } = this.#parts;
    const controller = this.#chats.begin(conversationId);
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'view.svg');
    const titled = (title: string): void => {
      panel.title = title === '' ? t('New chat') : title;
    };
    titled(controller.conversation.title);
    const reveal = (): Promise<void> => {
      panel.reveal();
      return Promise.resolve();
    };
    const page = new ChatPage(this.#parts, { webview: panel.webview, controller, reveal, titled });
    const editor = { panel, page };
    this.#editors.add(editor);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) {
        page.hidden();
      }
    });
    panel.onDidDispose(() => {
      this.#editors.delete(editor);
      page.dispose();
      controller.dispose();
    });
    return editor;
  }
}
