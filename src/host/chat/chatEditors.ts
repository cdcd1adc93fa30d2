import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { Emitter } from '../../core/util/emitter.ts';
import { objectIn } from '../../core/util/json.ts';
import { viewIds } from '../platform/contributions.ts';
import { createTab, setTabIcon } from '../webviews/webviewPage.ts';
import { ChatPage, type ChatPageParts } from './chatPage.ts';
import type { ChatController } from './chatController.ts';
import type { ChatSurface, ChatTabs } from './chatSurface.ts';
import type { Chats } from './openChat.ts';

interface ChatEditor {
  readonly panel: vscode.WebviewPanel;
  readonly page: ChatPage;
  readonly controller: ChatController;
}

/** Chats in editor tabs, each with its own conversation. */
export class ChatEditors implements ChatTabs, vscode.Disposable {
  readonly #parts: ChatPageParts;
  readonly #chats: Chats;
  readonly #editors = new Set<ChatEditor>();
  readonly #changed = new Emitter<undefined>();

  readonly onDidChange = this.#changed.event;

  constructor(parts: ChatPageParts, chats: Chats) {
    this.#parts = parts;
    this.#chats = chats;
  }

  /** Moves the side bar's chat into a tab, or opens a new chat if it is empty. */
  openFromSide(): void {
    const { main } = this.#chats;
    const { id, messages } = main.conversation;
    const panel = createTab(viewIds.chatEditor, t('Chat'), this.#parts.extensionUri, {
      enableFindWidget: true,
    });
    const editor = this.#fill(panel, messages.length > 0 ? id : undefined);
    if (messages.length > 0) {
      main.newChat();
    }
    editor.page.focusComposer();
  }

  /** Restores a tab after a reload; `state` is what its page saved. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    const id = objectIn(state)?.['conversationId'];
    this.#fill(panel, typeof id === 'string' ? id : undefined);
  }

  get active(): { readonly surface: ChatSurface; readonly controller: ChatController } | undefined {
    const editor = [...this.#editors].find(({ panel }) => panel.active);
    return editor && { surface: editor.page.surface, controller: editor.controller };
  }

  dispose(): void {
    this.#changed.dispose();
    for (const { panel } of this.#editors) {
      panel.dispose();
    }
  }

  #fill(panel: vscode.WebviewPanel, conversationId: string | undefined): ChatEditor {
    const { extensionUri } = this.#parts;
    const controller = this.#chats.begin(conversationId);
    setTabIcon(panel, extensionUri);
    const titled = (title: string): void => {
      panel.title = title === '' ? t('New chat') : title;
    };
    titled(controller.conversation.title);
    const reveal = (): Promise<void> => {
      panel.reveal();
      return Promise.resolve();
    };
    const page = new ChatPage(this.#parts, { webview: panel.webview, controller, reveal, titled });
    const editor = { panel, page, controller };
    const changed = (): void => {
      this.#changed.fire(undefined);
    };
    this.#editors.add(editor);
    controller.onDidChangeModel(changed);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) {
        page.hidden();
      }
      changed();
    });
    panel.onDidDispose(() => {
      this.#editors.delete(editor);
      page.dispose();
      controller.dispose();
      changed();
    });
    changed();
    return editor;
  }
}
