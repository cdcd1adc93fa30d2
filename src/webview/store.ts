import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { applyDelta, type ChatHeader, type ChatView, type MessageView } from '../protocol/chatView.ts';
import type { ToWebview } from '../protocol/toWebview.ts';
import type { Host } from './host.ts';

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

  message(id: string): ReadonlySignal<MessageView> | undefined {
    return this.#messages.get(id);
  }

  #receive(message: ToWebview): void {
    switch (message.type) {
      case 'snapshot':
        this.#show(message.view);
        break;
      case 'delta': {
        const next = this.#view && applyDelta(this.#view, message.delta);
        if (next) {
          this.#show(next);
        } else {
          // Out of step: only a snapshot helps.
          this.#host.post({ type: 'ready' });
        }
        break;
      }
      case 'focusComposer':
        this.#focusRequests.value += 1;
        break;
      default:
        message satisfies never;
    }
  }

  #show(view: ChatView): void {
    if (view.conversationId !== this.#view?.conversationId) {
      this.#messages.clear();
    }
    this.#view = view;
    for (const message of view.messages) {
      const known = this.#messages.get(message.id);
      if (known) {
        known.value = message;
      } else {
        this.#messages.set(message.id, signal(message));
      }
    }
    this.#header.value = view.header;
    this.#conversationId.value = view.conversationId;
    if (!hasIds(view.messages, this.#ids.value)) {
      this.#ids.value = view.messages.map(({ id }) => id);
    }
  }
}

function hasIds(messages: readonly MessageView[], ids: readonly string[]): boolean {
  return messages.length === ids.length && messages.every(({ id }, index) => id === ids[index]);
}
