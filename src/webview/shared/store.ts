import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import {
  applyDelta,
  isOver,
  type ChatChange,
  type ChatDelta,
  type ChatHeader,
  type MessageView,
  type TranscriptView,
} from '../../protocol/chatView.ts';
import type { ToWebview } from '../../protocol/toWebview.ts';
import { afterNextFrame } from './frames.ts';
import type { Host } from './host.ts';

/** A searched message and its matching words. */
export interface FoundMessage {
  readonly messageId: string;
  readonly search: string;
}

/**
 * The panel's copy of the conversation. Each message has its own signal, so that a growing answer doesn't affect the
 * others. The first delta is shown at once; those that arrive while its frame is drawn are batched into the next.
 */
export class ChatStore {
  readonly #host: Host;
  readonly #afterFrame: (work: () => void) => void;
  readonly #messages = new Map<string, Signal<MessageView>>();
  readonly #header = signal<ChatHeader | undefined>(undefined);
  readonly #ids = signal<readonly string[]>([]);
  readonly #conversationId = signal('');
  readonly #focusRequests = signal(0);
  readonly #reopened = signal<{ readonly messageId: string } | undefined>(undefined);
  readonly #messageToShow = signal<FoundMessage | undefined>(undefined);
  #view: TranscriptView | undefined;
  #shown: TranscriptView | undefined;
  #awaitsFrame = false;

  constructor(host: Host, afterFrame: (work: () => void) => void = afterNextFrame) {
    this.#host = host;
    this.#afterFrame = afterFrame;
    host.onMessage((message) => {
      this.#receive(message);
    });
    host.post({ type: 'ready' });
  }

  get header(): ReadonlySignal<ChatHeader | undefined> {
    return this.#header;
  }

  /** The message ids, in order. */
  get ids(): ReadonlySignal<readonly string[]> {
    return this.#ids;
  }

  get conversationId(): ReadonlySignal<string> {
    return this.#conversationId;
  }

  /** Increases whenever the host wants to focus the composer. */
  get focusRequests(): ReadonlySignal<number> {
    return this.#focusRequests;
  }

  /** The edited question that wasn't sent and continues in its edit box; a new object each time. */
  get reopenedEdit(): ReadonlySignal<{ readonly messageId: string } | undefined> {
    return this.#reopened;
  }

  /** The message that the host wants visible; a new object each time. */
  get messageToShow(): ReadonlySignal<FoundMessage | undefined> {
    return this.#messageToShow;
  }

  message(id: string): ReadonlySignal<MessageView> | undefined {
    return this.#messages.get(id);
  }

  #receive(message: ToWebview): void {
    switch (message.type) {
      case 'snapshot':
        this.#view = message.view;
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
        this.#messageToShow.value = { messageId: message.messageId, search: message.search };
        break;
      case 'colored':
      case 'suggestions':
      case 'giveBack':
      case 'notAsked':
      case 'colorsChanged':
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

  /** Applies one delta. Out of sync, only a snapshot helps; it is requested once, and deltas before it are ignored. */
  #follow(delta: ChatDelta): void {
    if (!this.#view) {
      return;
    }
    this.#view = applyDelta(this.#view, delta);
    if (this.#view && delta.changes.some(isEndOfAnswer)) {
      this.#show(this.#view);
    } else if (this.#view) {
      this.#showWithFrame();
    } else {
      this.#host.post({ type: 'ready' });
    }
  }

  #showWithFrame(): void {
    if (this.#awaitsFrame || !this.#view) {
      return;
    }
    this.#show(this.#view);
    this.#awaitsFrame = true;
    this.#afterFrame(() => {
      this.#awaitsFrame = false;
      if (this.#view !== this.#shown) {
        this.#showWithFrame();
      }
    });
  }

  #show(view: TranscriptView): void {
    batch(() => {
      if (view.conversationId !== this.#conversationId.peek()) {
        this.#messages.clear();
        this.#host.keep({ conversationId: view.conversationId });
      }
      for (const [at, message] of view.messages.entries()) {
        if (message !== this.#shown?.messages[at]) {
          this.#showMessage(message);
        }
      }
      this.#shown = view;
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

/** What the user waits for waits for no frame. */
function isEndOfAnswer(change: ChatChange): boolean {
  return change.type === 'message' && change.message.role === 'assistant' && isOver(change.message.state);
}

function hasIds(messages: readonly MessageView[], ids: readonly string[]): boolean {
  return messages.length === ids.length && messages.every(({ id }, index) => id === ids[index]);
}
