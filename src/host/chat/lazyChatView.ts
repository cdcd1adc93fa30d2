import * as vscode from 'vscode';
import { viewIds } from '../contributions.ts';

/** The part of the panel that is there from the start: it loads the rest when the panel is first shown. */
export class LazyChatView implements vscode.WebviewViewProvider {
  readonly #load: () => Promise<ChatView>;

  constructor(load: () => Promise<ChatView>) {
    this.#load = load;
  }

  async resolveWebviewView(view: vscode.WebviewView): Promise<void> {
    (await this.#load()).resolve(view);
  }

  /** Shows the panel and puts the caret into its composer. */
  readonly open = async (): Promise<void> => {
    await vscode.commands.executeCommand(`${viewIds.chat}.focus`);
    await this.focusComposer();
  };

  /** Shows the panel; the focus stays where it is. */
  readonly reveal = async (): Promise<void> => {
    await vscode.commands.executeCommand(`${viewIds.chat}.focus`, { preserveFocus: true });
  };

  /** Puts the caret into the composer, now or as soon as it is drawn. */
  readonly focusComposer = async (): Promise<void> => {
    (await this.#load()).focusComposer();
  };

  /** Brings a message into view, now or as soon as it is drawn. */
  readonly showMessage = async (messageId: string): Promise<void> => {
    (await this.#load()).showMessage(messageId);
  };
}

/** The panel itself, as far as this part needs to know it. */
export interface ChatView {
  resolve(view: vscode.WebviewView): void;
  focusComposer(): void;
  showMessage(messageId: string): void;
}
