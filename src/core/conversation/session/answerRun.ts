import { AnswerWriter } from '../persistence/answerWriter.ts';
import type { ResponseEvent } from '../generation/chatModel.ts';
import { withAppended } from '../conversation.ts';
import type { ConversationStore } from '../persistence/conversationStore.ts';
import { begunAgain } from '../generations.ts';
import {
  textOf,
  type Answer,
  type AssistantMessage,
  type Outcome,
  type Source,
  type Timing,
  type Usage,
} from '../message.ts';

/** What an event added to an answer that a view wants to draw. */
export type Growth =
  | { readonly type: 'append'; readonly part: 'text' | 'reasoning'; readonly text: string }
  /** The message is another one now, not merely longer. */
  | { readonly type: 'message' };

/**
 * An answer on its way: it grows by events, and its parts reach the disk as they grow. One that has words already goes
 * on behind them.
 */
export class AnswerRun {
  readonly #abort = new AbortController();
  readonly #writer: AnswerWriter;
  readonly #now: () => number;
  readonly #startedAt: number;
  #message: AssistantMessage;
  #finish: string | undefined;
  #timed = true;
  /** The words so far end in white space, which the model was not given and may say again. */
  #endsInSpace: boolean;

  constructor(
    message: AssistantMessage,
    store: Pick<ConversationStore, 'appendPart'>,
    now: () => number,
    onSaveError: (error: unknown) => void,
  ) {
    this.#message = { ...message, answer: begunAgain(message.answer) };
    this.#now = now;
    this.#startedAt = now() - (message.answer.timing?.endMs ?? 0);
    this.#writer = new AnswerWriter(store, message, onSaveError);
    this.#endsInSpace = /\s$/.test(textOf(message));
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

  /** Brings all that has arrived to the disk; says whether that could be done. */
  flush(): boolean {
    return this.#writer.flush();
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
        return this.#appendText(event.text);
      case 'reasoning':
        return this.#append('reasoning', event.text);
      case 'origin': {
        const { type: _type, ...origin } = event;
        this.#note(origin);
        return undefined;
      }
      case 'untimed':
        this.#timed = false;
        return undefined;
      case 'usage':
        this.#note({ usage: event.usage });
        return undefined;
      case 'attempts':
        this.#note({ attempts: event.attempts });
        return undefined;
      case 'reasoningDetails':
        this.#note({ reasoningDetails: event.details });
        return undefined;
      case 'sources':
        this.#note({ sources: withNew(this.#message.answer.sources ?? [], event.sources) });
        return { type: 'message' };
      case 'images':
        this.#note({ images: [...(this.#message.answer.images ?? []), ...event.images] });
        return { type: 'message' };
      case 'finish':
        this.#finish = event.reason;
        return undefined;
      case 'toolCalls':
        // The chat offers no tools of its own; a call that comes all the same has nobody to answer it.
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
    if (this.#finish === 'content_filter') {
      return { state: 'failed', failure: { kind: 'contentFilter' } };
    }
    return { state: this.#finish === 'length' ? 'cut' : 'done' };
  }

  /**
   * Nothing more will come; what has come may still have to be flushed. An answer that was begun and told nothing of
   * its cost gets an estimate.
   */
  end(outcome: Outcome, estimate: (message: AssistantMessage) => Usage): void {
    const { usage, generationId } = this.#message.answer;
    // What failed before its first word is not charged.
    const charged = outcome.state === 'stopped' || this.#message.parts.length > 0;
    if (usage === undefined && generationId !== undefined && outcome.state !== 'done' && charged) {
      this.#note({ usage: estimate(this.#message) });
    }
    const timing = { ...this.#message.answer.timing, endMs: this.#elapsed() };
    this.#note({ outcome, ...(this.#timed && { timing }) });
  }

  #appendText(text: string): Growth | undefined {
    const joined = this.#endsInSpace ? text.trimStart() : text;
    if (joined === '') {
      return undefined;
    }
    this.#endsInSpace = false;
    return this.#append('text', joined);
  }

  #append(part: 'text' | 'reasoning', text: string): Growth {
    const { parts } = this.#message;
    const joinsOther = parts.length > 0 && !parts.some(({ type }) => type === part);
    this.#note(this.#timed ? { timing: this.#timingAt(part) } : {});
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

/** A page counts once, however often it is cited. */
function withNew(known: readonly Source[], more: readonly Source[]): readonly Source[] {
  const byUrl = new Map([...known, ...more].map((source) => [source.url, source]));
  return [...byUrl.values()];
}
