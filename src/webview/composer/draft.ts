import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { MessageView } from '../../protocol/chatView.ts';
import type { Host } from '../shared/host.ts';
import type { SentQuestion } from '../shared/panelState.ts';
import type { ChatStore } from '../shared/store.ts';

/** A longer text isn't saved on every keystroke: each time costs as much as all of it. */
const longText = 50_000;
const longTextEveryMs = 400;

/**
 * The question being written. It is saved as it is typed, and cleared only when the host shows it as a message: while
 * it can't be sent, the words stay.
 */
export class Draft {
  readonly #host: Host;
  readonly #store: ChatStore;
  readonly #text;
  #sent: SentQuestion | undefined;
  /** What was sent since the panel started and isn't decided yet, so that it is sent once. */
  #asking: string | undefined;
  #alertWhenSent: string | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, store: ChatStore) {
    this.#host = host;
    this.#store = store;
    this.#text = signal(host.state.draft);
    this.#sent = host.state.sent;
    if (host.state.draft !== '') {
      host.post({ type: 'draft', text: host.state.draft });
    }
    host.onMessage((message) => {
      if (message.type === 'giveBack') {
        this.#takeBack(message.text);
      } else if (message.type === 'notAsked') {
        this.#asking = undefined;
      }
    });
    effect(() => {
      this.#settle(store.ids.value, store.header.value?.alert?.id);
    });
  }

  get text(): ReadonlySignal<string> {
    return this.#text;
  }

  /** Takes the box's text. A question's first character lets the host prepare. */
  type(text: string): void {
    if (this.#text.peek() === '' && text !== '') {
      this.#host.post({ type: 'composing' });
    }
    this.#text.value = text;
    if (text.length > longText) {
      this.#telling ??= setTimeout(() => {
        this.flush();
      }, longTextEveryMs);
    } else {
      this.#tell();
    }
  }

  /** Saves what isn't saved yet. */
  flush(): void {
    if (this.#telling !== undefined) {
      this.#tell();
    }
  }

  send(): void {
    const text = this.#text.peek().trim();
    if (text === '' || text === this.#asking) {
      return;
    }
    this.#asking = text;
    this.flush();
    const after = this.#store.ids.peek().at(-1);
    const conversationId = this.#store.conversationId.peek();
    this.#sent = { text, conversationId, ...(after !== undefined && { after }) };
    this.#alertWhenSent = this.#store.header.peek()?.alert?.id;
    this.#host.keep({ sent: this.#sent });
    this.#host.post({ type: 'send', text });
  }

  /** Words typed meanwhile stay, above those that return. */
  #takeBack(text: string): void {
    const typed = this.#text.peek().trimEnd();
    this.#text.value = typed === '' ? text : `${typed}\n\n${text}`;
    this.#tell();
  }

  #tell(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    const text = this.#text.peek();
    this.#host.keep({ draft: text });
    this.#host.post({ type: 'draft', text });
  }

  /** Ends waiting for a sent question: it became a message, or failed before that. */
  #settle(ids: readonly string[], alertId: string | undefined): void {
    const sent = this.#sent;
    if (!sent || this.#store.header.peek() === undefined) {
      return;
    }
    const elsewhere = this.#store.conversationId.peek() !== sent.conversationId;
    const accepted = !elsewhere && isAmong(this.#messagesAfter(ids, sent.after), sent.text);
    if (accepted) {
      const text = withoutQuestion(this.#text.peek(), sent.text);
      this.#text.value = text;
      this.#host.keep({ sent: undefined });
      this.#tell();
    } else if (elsewhere || (alertId !== undefined && alertId !== this.#alertWhenSent)) {
      this.#host.keep({ sent: undefined });
    } else {
      return;
    }
    this.#asking = undefined;
    this.#sent = undefined;
  }

  #messagesAfter(ids: readonly string[], after: string | undefined): readonly MessageView[] {
    const from = after === undefined ? 0 : ids.indexOf(after) + 1;
    return ids.slice(from).flatMap((id) => this.#store.message(id)?.peek() ?? []);
  }
}

function isAmong(messages: readonly MessageView[], question: string): boolean {
  return messages.some((message) => message.role === 'user' && shows(message.text, question));
}

/** Whether a message shows this question: verbatim, or redacted. */
export function shows(message: string, question: string): boolean {
  const [first = '', ...others] = message.split(/\[redacted: [^[\]]*\]/);
  const last = others.pop();
  if (last === undefined) {
    return first === question;
  }
  let at = first.length;
  const inOrder = others.every((part) => {
    const found = question.indexOf(part, at);
    at = found + part.length;
    return found >= 0;
  });
  return inOrder && question.startsWith(first) && question.slice(at).endsWith(last);
}

/** What was typed since sending, or the whole text if it was changed. */
function withoutQuestion(draft: string, question: string): string {
  const text = draft.trimStart();
  return text.startsWith(question) ? text.slice(question.length).trimStart() : draft;
}
