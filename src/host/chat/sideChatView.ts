import type * as vscode from 'vscode';
import type { ChatController } from './chatController.ts';
import { ChatPage, type ChatPageParts } from './chatPage.ts';
import type { FoundMessage } from './chatSurface.ts';
import { revealChatView, type ChatView } from './lazyChatView.ts';

/** The chat in VS Code's view. */
export class SideChatView implements ChatView {
  readonly #parts: ChatPageParts;
  readonly #controller: ChatController;
  #page: ChatPage | undefined;
  /** What was requested before the page exists. */
  #waiting: ((page: ChatPage) => void)[] = [];

  constructor(parts: ChatPageParts, controller: ChatController) {
    this.#parts = parts;
    this.#controller = controller;
  }

  resolve(view: vscode.WebviewView): void {
    const { webview } = view;
    const page = new ChatPage(this.#parts, {
      webview,
      controller: this.#controller,
      reveal: revealChatView,
    });
    this.#page = page;
    view.onDidChangeVisibility(() => {
      if (!view.visible) {
        page.hidden();
      }
    });
    view.onDidDispose(() => {
      this.#page = undefined;
      page.dispose();
    });
    this.#waiting.forEach((want) => {
      want(page);
    });
    this.#waiting = [];
  }

  focusComposer(): void {
    this.#when((page) => {
      page.focusComposer();
    });
  }

  showMessage(found: FoundMessage): void {
    this.#when((page) => {
      page.showMessage(found);
    });
  }

  #when(want: (page: ChatPage) => void): void {
    if (this.#page) {
      want(this.#page);
    } else {
      this.#waiting.push(want);
    }
  }
}
