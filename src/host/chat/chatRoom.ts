import type { ChatController } from './chatController.ts';

/** The chat as commands see it: who leads it, and how to show it. */
export interface ChatRoom {
  /** Loads the chat when it is first needed. */
  controller(): Promise<ChatController>;
  /** Shows the panel; the focus stays where it is. */
  reveal(): Promise<void>;
  /** Puts the caret into the composer. */
  focusComposer(): Promise<void>;
  /** Brings a message of the chat that is shown into view. */
  showMessage(messageId: string): Promise<void>;
}
