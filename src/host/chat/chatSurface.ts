import { Emitter, type Event } from '../../core/util/emitter.ts';
import type { ChatController } from './chatController.ts';

/** A message, and the words by which it was found. */
export interface FoundMessage {
  readonly messageId: string;
  readonly search: string;
}

/** A chat as commands see it: who leads it, and how to show it. */
export interface ChatSurface {
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

/** The tabs that show chats, as far as it matters which chat is in use. */
export interface ChatTabs {
  /** The chat of the tab that is in use; nothing while none is. */
  readonly active: { readonly surface: ChatSurface; readonly controller: ChatController } | undefined;
  /** Fires after another tab is in use, or the chat in one asks another model. */
  readonly onDidChange: Event<undefined>;
}

/** The chat that commands mean: the one in the active tab of an editor, and else the one of the side bar. */
export class ActiveChat implements ChatSurface {
  readonly #side: ChatSurface;
  readonly #changed = new Emitter<undefined>();
  #sideController: ChatController | undefined;
  #tabs: ChatTabs | undefined;

  /** Fires after another chat is meant, or the one that is meant asks another model. */
  readonly onDidChange = this.#changed.event;

  /** `sideOpened` fires when it is known who leads the chat of the side bar. */
  constructor(side: ChatSurface, sideOpened: Event<{ readonly main: ChatController }>) {
    this.#side = side;
    sideOpened(({ main }) => {
      this.#sideController = main;
      this.#follow(main.onDidChangeModel);
    });
  }

  /** Also looks at the tabs, now that there may be some. */
  watch(tabs: ChatTabs): void {
    this.#tabs = tabs;
    this.#follow(tabs.onDidChange);
  }

  /** The model that the chat has for itself; nothing where it asks the general one, or is not loaded yet. */
  get ownModel(): string | undefined {
    return (this.#tabs?.active?.controller ?? this.#sideController)?.conversation.model;
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

  get #now(): ChatSurface {
    return this.#tabs?.active?.surface ?? this.#side;
  }

  /** What is followed lives as long as this does. */
  #follow(changes: Event<undefined>): void {
    changes(() => {
      this.#changed.fire(undefined);
    });
    this.#changed.fire(undefined);
  }
}
