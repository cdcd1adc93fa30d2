import type { GrowingType } from '../answerParts.ts';
import type { AnswerPart } from '../part.ts';
import type { ConversationStore } from './conversationStore.ts';

/** The most a growing answer may lag behind on disk: four kilobytes, in any script. */
const flushAfterMs = 500;
const flushAfterCharacters = 1_024;

/** What is still in memory only: text of one part, or a part as a whole. */
type Piece =
  | { readonly position: number; readonly type: GrowingType; readonly text: string }
  | { readonly position: number; readonly whole: AnswerPart };

/** Saves a growing answer in pieces, so that a fast stream doesn't write once per token. */
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

  /** Writes what is in memory, and returns whether it could. A failure is reported and retried later. */
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

  /** While writing fails, only the timer retries, so that the stream doesn't wait for a busy disk. */
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
