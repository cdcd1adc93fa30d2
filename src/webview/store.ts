import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import {
  applyDelta,
  type ChatDelta,
  type ChatHeader,
  type ChatView,
  type MessageView,
} from '../protocol/chatView.ts';
import type { ToWebview } from '../protocol/toWebview.ts';
import type { Host } from './host.ts';

/** A message that was searched for, and the words that it was found by. */
export interface FoundMessage {
  readonly messageId: string;
  readonly search: string;
}

/**
 * The panel's copy of the conversation. Each message has a signal of its own, so that a growing answer does not
 * touch the others.
 */
export class ChatStore {
  readonly #host: Host;
  readonly #messages = new Map<string, Signal<MessageView>>();
  readonly #header = signal<ChatHeader | undefined>(undefined);
  readonly #ids = signal<readonly string[]>([]);
  readonly #conversationId = signal('');
  readonly #focusRequests = signal(0);
  readonly #reopened = signal<{ readonly messageId: string } | undefined>(undefined);
  readonly #shown = signal<FoundMessage | undefined>(undefined);
  #view: ChatView | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.onMessage((message) => {
      this.#receive(message);
    });
    host.post({ type: 'ready' });
  }

  get header(): ReadonlySignal<ChatHeader | undefined> {
    return this.#header;
  }

  /** The ids of the messages, in order. */
  get ids(): ReadonlySignal<readonly string[]> {
    return this.#ids;
  }

  get conversationId(): ReadonlySignal<string> {
    return this.#conversationId;
  }

  /** Rises whenever the host wants the caret in the composer. */
  get focusRequests(): ReadonlySignal<number> {
    return this.#focusRequests;
  }

  /** The question whose other words were not asked, and are to be written on; a new object each time. */
  get reopenedEdit(): ReadonlySignal<{ readonly messageId: string } | undefined> {
    return this.#reopened;
  }

  /** The message that the host wants to be seen; a new object each time. */
  get messageToShow(): ReadonlySignal<FoundMessage | undefined> {
    return this.#shown;
  }

  message(id: string): ReadonlySignal<MessageView> | undefined {
    return this.#messages.get(id);
  }

  #receive(message: ToWebview): void {
    switch (message.type) {
      case 'snapshot':
        this.#show(message.view);
        break;
      case 'delta':
        this.#follow(message.delta);
        break;
      case 'focusComposer':
        this.#focusComposer(message.late === true);
        break;
      case 'editRefused': {
        const { messageId, text } = message;
        this.#host.keep({ edit: { messageId, text } });
        this.#reopened.value = { messageId };
        break;
      }
      case 'showMessage':
        this.#shown.value = { messageId: message.messageId, search: message.search };
        break;
      case 'coloured':
      case 'suggestions':
      case 'giveBack':
      case 'notAsked':
      case 'coloursChanged':
      case 'foundFiles':
        break;
      default:
        message satisfies never;
    }
  }

  #focusComposer(late: boolean): void {
    const request = (): void => {
      this.#focusRequests.value += 1;
    };
    if (late && !document.hasFocus()) {
      window.addEventListener('focus', request, { once: true });
    } else {
      request();
    }
  }

  /** Goes one step on. Out of step, only a snapshot helps; it is asked for once, and what comes before it is void. */
  #follow(delta: ChatDelta): void {
    if (!this.#view) {
      return;
    }
    const next = applyDelta(this.#view, delta);
    if (next) {
      this.#show(next);
    } else {
      this.#view = undefined;
      this.#host.post({ type: 'ready' });
    }
  }

  #show(view: ChatView): void {
    batch(() => {
      if (view.conversationId !== this.#conversationId.peek()) {
        this.#messages.clear();
        this.#host.keep({ conversationId: view.conversationId });
      }
      for (const [at, message] of view.messages.entries()) {
        if (message !== this.#view?.messages[at]) {
          this.#showMessage(message);
        }
      }
      this.#view = view;
      this.#header.value = view.header;
      this.#conversationId.value = view.conversationId;
      if (!hasIds(view.messages, this.#ids.peek())) {
        this.#ids.value = view.messages.map(({ id }) => id);
      }
    });
  }

  #showMessage(message: MessageView): void {
    const known = this.#messages.get(message.id);
    if (known) {
      known.value = message;
    } else {
      this.#messages.set(message.id, signal(message));
    }
  }
}

function hasIds(messages: readonly MessageView[], ids: readonly string[]): boolean {
  return messages.length === ids.length && messages.every(({ id }, index) => id === ids[index]);
}
