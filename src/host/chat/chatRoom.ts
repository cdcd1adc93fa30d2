import type { ChatController } from './chatController.ts';

/** A message, and the words by which it was found. */
export interface FoundMessage {
  readonly messageId: string;
  readonly search: string;
}

/** A chat as commands see it: who leads it, and how to show it. */
export interface ChatRoom {
  /** Loads the chat when it is first needed. */
  controller(): Promise<ChatController>;
  /** Shows the chat; the focus stays where it is. */
  reveal(): Promise<void>;
  /** Shows the chat and puts the caret into its composer. */
  open(): Promise<void>;
  /** Puts the caret into the composer of a chat that is shown. */
  focusComposer(): Promise<void>;
  /** Brings a message of the chat that is shown into view. */
  showMessage(found: FoundMessage): Promise<void>;
}

/** The chat that commands mean: the one in the active tab of an editor, and else the one of the side bar. */
export class CurrentRoom implements ChatRoom {
  readonly #side: ChatRoom;
  #editors: { readonly active: ChatRoom | undefined } | undefined;

  constructor(side: ChatRoom) {
    this.#side = side;
  }

  /** Also looks at the tabs, now that there may be some. */
  watch(editors: { readonly active: ChatRoom | undefined }): void {
    this.#editors = editors;
  }

  controller(): Promise<ChatController> {
    return this.#now.controller();
  }

  reveal(): Promise<void> {
    return this.#now.reveal();
  }

  open(): Promise<void> {
    return this.#now.open();
  }

  focusComposer(): Promise<void> {
    return this.#now.focusComposer();
  }

  showMessage(found: FoundMessage): Promise<void> {
    return this.#now.showMessage(found);
  }

  get #now(): ChatRoom {
    return this.#editors?.active ?? this.#side;
  }
}
