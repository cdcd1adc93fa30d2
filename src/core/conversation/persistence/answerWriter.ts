import type { ConversationStore } from './conversationStore.ts';
import type { AssistantMessage } from '../message.ts';

/** An answer that grows is never further behind on disk than this: at most four kilobytes, in any script. */
const flushAfterMs = 500;
const flushAfterCharacters = 1_024;

/** Text of one part that is still in memory only. */
interface Piece {
  readonly position: number;
  readonly type: 'text' | 'reasoning';
  readonly text: string;
}

/** Saves an answer while it grows: in pieces, so that a fast stream does not write once a token. */
export class AnswerWriter {
  readonly #store: Pick<ConversationStore, 'appendPart'>;
  readonly #messageId: string;
  readonly #onError: (error: unknown) => void;
  #position: number;
  #type: Piece['type'] | undefined;
  #pieces: readonly Piece[] = [];
  #behind = 0;
  #failed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Goes on behind the parts that the answer has. */
  constructor(
    store: Pick<ConversationStore, 'appendPart'>,
    { id, parts }: AssistantMessage,
    onError: (error: unknown) => void,
  ) {
    this.#store = store;
    this.#messageId = id;
    this.#position = Math.max(0, parts.length - 1);
    const last = parts.at(-1)?.type;
    this.#type = last === 'text' || last === 'reasoning' ? last : undefined;
    this.#onError = onError;
  }

  append(type: Piece['type'], text: string): void {
    if (this.#type !== type) {
      this.#position += this.#type === undefined ? 0 : 1;
      this.#type = type;
    }
    this.#keep({ position: this.#position, type, text });
    // While writing fails, only the timer tries: a stream must not wait for a busy disk at every token.
    if (this.#behind >= flushAfterCharacters && !this.#failed) {
      this.flush();
    } else {
      this.#timer ??= setTimeout(() => {
        this.flush();
      }, flushAfterMs);
    }
  }

  /** Writes what is still in memory; says whether it could. A failed write is told, and tried again with what comes next. */
  flush(): boolean {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      for (const { position, type, text } of this.#pieces) {
        this.#store.appendPart(this.#messageId, position, type, text);
        this.#pieces = this.#pieces.slice(1);
        this.#behind -= text.length;
      }
      this.#failed = false;
    } catch (error) {
      this.#failed = true;
      this.#onError(error);
    }
    return !this.#failed;
  }

  #keep(piece: Piece): void {
    const last = this.#pieces.at(-1);
    this.#behind += piece.text.length;
    this.#pieces =
      last?.position === piece.position
        ? this.#pieces.with(-1, { ...last, text: last.text + piece.text })
        : [...this.#pieces, piece];
  }
}
