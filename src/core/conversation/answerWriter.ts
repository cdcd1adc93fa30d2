import type { ConversationStore } from './conversationStore.ts';

/** An answer that grows is never further behind on disk than this. */
const flushAfterMs = 500;
const flushAfterCharacters = 2_048;

/** Saves an answer while it grows: in pieces, so that a fast stream does not write once a token. */
export class AnswerWriter {
  readonly #store: Pick<ConversationStore, 'appendPart'>;
  readonly #messageId: string;
  readonly #onError: (error: unknown) => void;
  #position = 0;
  #type: 'text' | 'reasoning' | undefined;
  #buffer = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    store: Pick<ConversationStore, 'appendPart'>,
    messageId: string,
    onError: (error: unknown) => void,
  ) {
    this.#store = store;
    this.#messageId = messageId;
    this.#onError = onError;
  }

  append(type: 'text' | 'reasoning', text: string): void {
    if (this.#type !== type) {
      this.flush();
      this.#position += this.#type === undefined ? 0 : 1;
      this.#type = type;
    }
    this.#buffer += text;
    if (this.#buffer.length >= flushAfterCharacters) {
      this.flush();
    } else {
      this.#timer ??= setTimeout(() => {
        this.flush();
      }, flushAfterMs);
    }
  }

  /** Writes what is still in memory. A failed write is reported and tried again with the next piece. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#type === undefined || this.#buffer === '') {
      return;
    }
    try {
      this.#store.appendPart(this.#messageId, this.#position, this.#type, this.#buffer);
      this.#buffer = '';
    } catch (error) {
      this.#onError(error);
    }
  }
}
