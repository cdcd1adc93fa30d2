import { Emitter, type Event } from '../../core/util/emitter.ts';
import type { ChatController } from './chatController.ts';

/** A message and the words that found it. */
export interface FoundMessage {
  readonly messageId: string;
  readonly search: string;
}

/** A chat as commands see it: its controller, and how to show it. */
export interface ChatSurface {
  /** Loads the chat on first use. */
  controller(): Promise<ChatController>;
  /** Shows the chat without moving the focus. */
  reveal(): Promise<void>;
  /** Shows the chat and focuses its composer. */
  open(): Promise<void>;
  /** Focuses the composer of a visible chat. */
  focusComposer(): Promise<void>;
  /** Scrolls to a message of the visible chat. */
  showMessage(found: FoundMessage): Promise<void>;
}

/** The tabs that show chats, as far as the active chat matters. */
export interface ChatTabs {
  /** The active tab's chat; absent if none. */
  readonly active: { readonly surface: ChatSurface; readonly controller: ChatController } | undefined;
  /** Fires when another tab becomes active or a tab's chat changes its model. */
  readonly onDidChange: Event<undefined>;
}

/** The chat that commands use: the active editor tab's, else the side bar's. */
export class ActiveChat implements ChatSurface {
  readonly #side: ChatSurface;
  readonly #changed = new Emitter<undefined>();
  #sideController: ChatController | undefined;
  #tabs: ChatTabs | undefined;

  /** Fires when another chat becomes active or changes its model. */
  readonly onDidChange = this.#changed.event;

  /** `sideOpened` fires when it is known who leads the chat of the side bar. */
  constructor(side: ChatSurface, sideOpened: Event<{ readonly main: ChatController }>) {
    this.#side = side;
    sideOpened(({ main }) => {
      this.#sideController = main;
      this.#follow(main.onDidChangeModel);
    });
  }

  /** Also follows tabs, once there may be some. */
  watch(tabs: ChatTabs): void {
    this.#tabs = tabs;
    this.#follow(tabs.onDidChange);
  }

  /** The chat's own model; absent if it uses the default or isn't loaded. */
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

  /** Followed for as long as this lives. */
  #follow(changes: Event<undefined>): void {
    changes(() => {
      this.#changed.fire(undefined);
    });
    this.#changed.fire(undefined);
  }
}
