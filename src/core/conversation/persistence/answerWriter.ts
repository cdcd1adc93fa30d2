import type { GrowingType } from '../answerParts.ts';
import type { AnswerPart } from '../part.ts';
import type { ConversationStore } from './conversationStore.ts';

/** An answer that grows is never further behind on disk than this: at most four kilobytes, in any script. */
const flushAfterMs = 500;
const flushAfterCharacters = 1_024;

/** What is still in memory only: text of one part, or a part as a whole. */
type Piece =
  | { readonly position: number; readonly type: GrowingType; readonly text: string }
  | { readonly position: number; readonly whole: AnswerPart };

/** Saves an answer while it grows: in pieces, so that a fast stream does not write once a token. */
export class AnswerWriter {
  readonly #store: Pick<ConversationStore, 'appendPart' | 'putPart'>;
  readonly #messageId: string;
  readonly #onError: (error: unknown) => void;
  #pieces: readonly Piece[] = [];
  #behind = 0;
  #failed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    store: Pick<ConversationStore, 'appendPart' | 'putPart'>,
    messageId: string,
    onError: (error: unknown) => void,
  ) {
    this.#store = store;
    this.#messageId = messageId;
    this.#onError = onError;
  }

  /** Adds to the text of a part. */
  append(position: number, type: GrowingType, text: string): void {
    const last = this.#pieces.at(-1);
    this.#behind += text.length;
    this.#pieces =
      last && 'text' in last && last.position === position
        ? this.#pieces.with(-1, { ...last, text: last.text + text })
        : [...this.#pieces, { position, type, text }];
    this.#write(this.#behind >= flushAfterCharacters);
  }

  /** Saves a part as a whole, at once. */
  put(position: number, whole: AnswerPart): void {
    this.#pieces = [...this.#pieces, { position, whole }];
    this.#write(true);
  }

  /** Writes what is still in memory; says whether it could. A failed write is told, and tried again with what comes next. */
  flush(): boolean {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      for (const piece of this.#pieces) {
        this.#save(piece);
        this.#pieces = this.#pieces.slice(1);
        this.#behind -= 'text' in piece ? piece.text.length : 0;
      }
      this.#failed = false;
    } catch (error) {
      this.#failed = true;
      this.#onError(error);
    }
    return !this.#failed;
  }

  /** While writing fails, only the timer tries: a stream must not wait for a busy disk at every token. */
  #write(now: boolean): void {
    if (now && !this.#failed) {
      this.flush();
    } else {
      this.#timer ??= setTimeout(() => {
        this.flush();
      }, flushAfterMs);
    }
  }

  #save(piece: Piece): void {
    if ('whole' in piece) {
      this.#store.putPart(this.#messageId, piece.position, piece.whole);
    } else {
      this.#store.appendPart(this.#messageId, piece.position, piece.type, piece.text);
    }
  }
}
