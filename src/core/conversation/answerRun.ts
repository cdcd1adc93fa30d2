import { AnswerWriter } from './answerWriter.ts';
import type { ResponseEvent } from './chatModel.ts';
import { withAppended } from './conversation.ts';
import type { ConversationStore } from './conversationStore.ts';
import type { Answer, AssistantMessage, Outcome, Timing, Usage } from './message.ts';

/** What an event added to an answer that a view wants to draw. */
export type Growth =
  | { readonly type: 'append'; readonly part: 'text' | 'reasoning'; readonly text: string }
  /** The message is another one now, not merely longer. */
  | { readonly type: 'message' };

/** An answer on its way: it grows by events, and its parts reach the disk as they grow. */
export class AnswerRun {
  readonly #abort = new AbortController();
  readonly #writer: AnswerWriter;
  readonly #now: () => number;
  readonly #startedAt: number;
  #message: AssistantMessage;
  #finish: string | undefined;

  constructor(
    message: AssistantMessage,
    store: Pick<ConversationStore, 'appendPart'>,
    now: () => number,
    onSaveError: (error: unknown) => void,
  ) {
    this.#message = message;
    this.#now = now;
    this.#startedAt = now();
    this.#writer = new AnswerWriter(store, message.id, onSaveError);
  }

  /** The answer as far as it has come. */
  get message(): AssistantMessage {
    return this.#message;
  }

  /** Aborts when the answer is stopped. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  stop(): void {
    this.#abort.abort();
  }

  /** Brings all that has arrived to the disk. */
  flush(): void {
    this.#writer.flush();
  }

  /** Takes over what an event says; returns what there is to draw. */
  take(event: ResponseEvent): Growth | undefined {
    if (event.type === 'waiting') {
      this.#note({ retryAt: this.#now() + event.milliseconds });
      return { type: 'message' };
    }
    if (this.#message.answer.retryAt === undefined) {
      return this.#read(event);
    }
    this.#note({});
    return this.#read(event) ?? { type: 'message' };
  }

  #read(event: Exclude<ResponseEvent, { type: 'waiting' }>): Growth | undefined {
    switch (event.type) {
      case 'text':
      case 'reasoning':
        return this.#append(event.type, event.text);
      case 'origin': {
        const { type: _type, ...origin } = event;
        this.#note(origin);
        return undefined;
      }
      case 'usage':
        this.#note({ usage: event.usage });
        return undefined;
      case 'reasoningDetails':
        this.#note({ reasoningDetails: event.details });
        return undefined;
      case 'finish':
        this.#finish = event.reason;
        return undefined;
      default:
        return event satisfies never;
    }
  }

  /** How an answer ended whose stream came to its end. */
  get outcome(): Outcome {
    if (this.signal.aborted) {
      return { state: 'stopped' };
    }
    return { state: this.#finish === 'length' ? 'cut' : 'done' };
  }

  /**
   * Nothing more will come; what has come may still have to be flushed. An answer that was begun and told nothing of
   * its cost gets an estimate.
   */
  end(outcome: Outcome, estimate: (message: AssistantMessage) => Usage): void {
    const { usage, generationId } = this.#message.answer;
    if (usage === undefined && generationId !== undefined && outcome.state !== 'done') {
      this.#note({ usage: estimate(this.#message) });
    }
    this.#note({ outcome, timing: { ...this.#message.answer.timing, endMs: this.#elapsed() } });
  }

  #append(part: 'text' | 'reasoning', text: string): Growth {
    const { parts } = this.#message;
    const joinsOther = parts.length > 0 && !parts.some(({ type }) => type === part);
    this.#note({ timing: this.#timingAt(part) });
    this.#message = withAppended(this.#message, part, text);
    this.#writer.append(part, text);
    // Once there is text beside reasoning, it is known how long the model thought: that is no part of an append.
    return joinsOther ? { type: 'message' } : { type: 'append', part, text };
  }

  #timingAt(part: 'text' | 'reasoning'): Timing {
    const endMs = this.#elapsed();
    const { firstTokenMs = endMs, firstTextMs } = this.#message.answer.timing ?? {};
    const textMs = firstTextMs ?? (part === 'text' ? endMs : undefined);
    return { endMs, firstTokenMs, ...(textMs !== undefined && { firstTextMs: textMs }) };
  }

  /** Adds what is known. Whatever comes ends a wait, unless it begins one. */
  #note(facts: Partial<Answer>): void {
    const { retryAt: _retryAt, ...answer } = this.#message.answer;
    this.#message = { ...this.#message, answer: { ...answer, ...facts } };
  }

  #elapsed(): number {
    return this.#now() - this.#startedAt;
  }
}
