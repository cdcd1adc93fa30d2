import * as vscode from 'vscode';
import { viewIds } from '../platform/contributions.ts';
import type { ChatController } from './chatController.ts';
import type { ChatSurface, FoundMessage } from './chatSurface.ts';

/** The part of the view that exists from the start: it loads the rest when first shown. */
export class LazyChatView implements vscode.WebviewViewProvider, ChatSurface {
  readonly #load: () => Promise<ChatView>;
  readonly #loadController: () => Promise<ChatController>;

  constructor(load: () => Promise<ChatView>, loadController: () => Promise<ChatController>) {
    this.#load = load;
    this.#loadController = loadController;
  }

  async resolveWebviewView(view: vscode.WebviewView): Promise<void> {
    (await this.#load()).resolve(view);
  }

  controller(): Promise<ChatController> {
    return this.#loadController();
  }

  async open(): Promise<void> {
    await vscode.commands.executeCommand(`${viewIds.chat}.focus`);
    await this.focusComposer();
  }

  reveal(): Promise<void> {
    return revealChatView();
  }

  async focusComposer(): Promise<void> {
    (await this.#load()).focusComposer();
  }

  async showMessage(found: FoundMessage): Promise<void> {
    (await this.#load()).showMessage(found);
  }
}

/** The view itself, as far as this part needs it. */
export interface ChatView {
  resolve(view: vscode.WebviewView): void;
  focusComposer(): void;
  showMessage(found: FoundMessage): void;
}

/** Shows the chat of the side bar; the focus stays where it is. */
export async function revealChatView(): Promise<void> {
  await vscode.commands.executeCommand(`${viewIds.chat}.focus`, { preserveFocus: true });
}
