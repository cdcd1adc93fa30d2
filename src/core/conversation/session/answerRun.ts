import { AnswerWriter } from '../persistence/answerWriter.ts';
import type { AnswerEvent } from '../generation/chatModel.ts';
import {
  withGrowth,
  withParsedFiles,
  withReasoningDetails,
  withSources,
  withTextAsThoughts,
  type GrowingType,
  type GrownParts,
} from '../answerParts.ts';
import type { ConversationStore } from '../persistence/conversationStore.ts';
import { begunAgain, lastGeneration, withFacts, withNextGeneration } from '../generations.ts';
import type { Answer, AssistantMessage, Outcome, Usage } from '../message.ts';
import { fromModel } from '../../context/trusted.ts';
import type { AnswerPart, ToolCall, ToolCallPart } from '../part.ts';

/** What an event added to an answer, for views. */
export type Growth =
  /** A part has grown. */
  | { readonly type: 'append'; readonly at: number; readonly text: string }
  /** A part is new, or another one. */
  | { readonly type: 'part'; readonly at: number }
  /** The message changed in another way than by growing. */
  | { readonly type: 'message' };

/** Thoughts that are on their way: which part they are, when they began, and how long the model thought there before. */
interface Thinking {
  readonly at: number;
  readonly since: number;
  readonly before: number;
}

/** A running answer: it grows by events and is saved as it grows. A continued answer appends to its text. */
export class AnswerRun {
  readonly #abort = new AbortController();
  readonly #writer: AnswerWriter;
  readonly #now: () => number;
  readonly #startedAt: number;
  #message: AssistantMessage;
  #finish: string | undefined;
  #timed = true;
  #thinking: Thinking | undefined;
  /** Whether this generation has brought anything. */
  #said = false;
  /** Whether the answer goes on where an earlier generation broke off. */
  #goesOn: boolean;
  /** The text so far ends in white space, which wasn't sent to the model and may be repeated. */
  #endsInSpace: boolean;

  constructor(
    message: AssistantMessage,
    store: Pick<ConversationStore, 'appendPart' | 'putPart'>,
    now: () => number,
    onSaveError: (error: unknown) => void,
  ) {
    this.#message = { ...message, answer: begunAgain(message.answer) };
    this.#now = now;
    this.#startedAt = now() - (message.answer.timing?.endMs ?? 0);
    this.#writer = new AnswerWriter(store, message.id, onSaveError);
    const last = message.parts.findLast(({ type }) => type === 'text');
    this.#goesOn = last !== undefined;
    this.#endsInSpace = last?.type === 'text' && /\s$/.test(last.text);
  }

  /** The answer so far. */
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

  /** Saves everything that has arrived, and returns whether it could. */
  flush(): boolean {
    return this.#writer.flush();
  }

  /** Takes over what an event says; returns what there is to draw, in order. */
  take(event: AnswerEvent): readonly Growth[] {
    if (event.type === 'waiting') {
      this.#note({ retryAt: this.#now() + event.milliseconds });
      return [{ type: 'message' }];
    }
    if (this.#message.answer.retryAt === undefined) {
      return this.#read(event);
    }
    this.#note({});
    this.#read(event);
    return [{ type: 'message' }];
  }

  #read(event: Exclude<AnswerEvent, { type: 'waiting' }>): readonly Growth[] {
    const { parts } = this.#message;
    switch (event.type) {
      case 'text':
        return this.#appendText(event.text);
      case 'reasoning':
        return this.#append('reasoning', event.text);
      case 'thoughts':
        return this.#rethink();
      case 'origin': {
        const { type: _type, ...origin } = event;
        this.#note(withFacts(this.#message.answer, origin));
        return [];
      }
      case 'echo':
        return [];
      case 'untimed':
        this.#timed = false;
        return [];
      case 'usage':
        this.#note(withFacts(this.#message.answer, { usage: event.usage }));
        return [];
      case 'attempts':
        this.#note(withFacts(this.#message.answer, { attempts: event.attempts }));
        return [];
      case 'routed':
        this.#note(withFacts(this.#message.answer, { routing: event.report }));
        return [];
      case 'reasoningDetails':
        return this.#put(withReasoningDetails(parts, event.details));
      case 'sources':
        return this.#put(withSources(parts, event.sources));
      case 'parsedFiles':
        return this.#put(withParsedFiles(parts, event.files));
      case 'images':
        return event.images.flatMap((url) => this.#add({ type: 'generatedImage', url }));
      case 'toolCalls':
        return event.calls.flatMap((call) => this.#add(toCallPart(call)));
      case 'toolResult':
        return this.#add({ type: 'toolResult', ...event.result });
      case 'nextGeneration':
        this.#finish = undefined;
        this.#said = false;
        this.#goesOn = false;
        this.#note(withNextGeneration(this.#message.answer));
        return this.#thoughtEnds();
      case 'finish':
        this.#finish = event.reason;
        return [];
      default:
        return event satisfies never;
    }
  }

  /** How a completed answer ended. */
  get outcome(): Outcome {
    if (this.signal.aborted) {
      return { state: 'stopped' };
    }
    if (this.#finish === 'content_filter') {
      return { state: 'failed', failure: { kind: 'contentFilter' } };
    }
    if (this.#finish === 'length') {
      return { state: 'cut' };
    }
    return this.#message.parts.some(isAnswer)
      ? { state: 'done' }
      : { state: 'failed', failure: { kind: 'emptyAnswer' } };
  }

  /** No more events; text may still have to be flushed. An answer that didn't report its cost gets an estimate. */
  end(outcome: Outcome, estimate: (message: AssistantMessage) => Usage): void {
    const { usage, generationId } = lastGeneration(this.#message.answer);
    // A failure before the first word isn't charged.
    const charged = outcome.state === 'stopped' || this.#said;
    if (usage === undefined && generationId !== undefined && outcome.state !== 'done' && charged) {
      this.#note(withFacts(this.#message.answer, { usage: estimate(this.#message) }));
    }
    this.#thoughtEnds();
    const timing = { ...this.#message.answer.timing, endMs: this.#elapsed() };
    this.#note({ outcome, ...(this.#timed && { timing }) });
  }

  /** What was taken for the answer were thoughts; an answer that goes on keeps what it said before. */
  #rethink(): readonly Growth[] {
    const { parts } = this.#message;
    return this.#goesOn
      ? []
      : withTextAsThoughts(parts).flatMap((part, at) =>
          part === parts[at]
            ? []
            : this.#put({ parts: this.#message.parts.with(at, part), at, begun: false }),
        );
  }

  #appendText(text: string): readonly Growth[] {
    const joined = this.#endsInSpace ? text.trimStart() : text;
    if (joined === '') {
      return [];
    }
    this.#endsInSpace = false;
    return this.#append('text', joined);
  }

  #append(type: GrowingType, text: string): readonly Growth[] {
    const now = this.#elapsed();
    this.#noteTime(now);
    const ended = type === 'reasoning' ? [] : this.#thoughtEnds(now);
    const { parts, at, begun } = withGrowth(this.#message.parts, type, text, this.#goesOn);
    this.#message = { ...this.#message, parts };
    this.#said = true;
    this.#writer.append(at, type, text);
    const part = parts[at];
    if (part?.type === 'reasoning') {
      this.#thinking ??= { at, since: now, before: part.durationMs ?? 0 };
    }
    return [...ended, begun ? { type: 'part', at } : { type: 'append', at, text }];
  }

  /** Adds a part behind the others. */
  #add(part: AnswerPart): readonly Growth[] {
    const ended = this.#thoughtEnds();
    this.#said = true;
    const { parts } = this.#message;
    return [...ended, ...this.#put({ parts: [...parts, part], at: parts.length, begun: true })];
  }

  #put({ parts, at }: GrownParts): readonly Growth[] {
    this.#message = { ...this.#message, parts };
    const part = parts[at];
    if (part) {
      this.#writer.put(at, part);
    }
    return [{ type: 'part', at }];
  }

  /** Something else comes, or nothing more: now it is known how long the model thought. */
  #thoughtEnds(now = this.#elapsed()): readonly Growth[] {
    const thinking = this.#thinking;
    const { parts } = this.#message;
    const part = parts[thinking?.at ?? -1];
    this.#thinking = undefined;
    if (!thinking || part?.type !== 'reasoning' || !this.#timed) {
      return [];
    }
    const { at, since, before } = thinking;
    const durationMs = before + now - since;
    return this.#put({ parts: parts.with(at, { ...part, durationMs }), at, begun: false });
  }

  #noteTime(endMs: number): void {
    const firstTokenMs = this.#message.answer.timing?.firstTokenMs ?? endMs;
    this.#note(this.#timed ? { timing: { endMs, firstTokenMs } } : {});
  }

  /** Adds details. Any of them ends a wait, unless it starts one. */
  #note(facts: Partial<Answer>): void {
    const { retryAt: _retryAt, ...answer } = this.#message.answer;
    this.#message = { ...this.#message, answer: { ...answer, ...facts } };
  }

  #elapsed(): number {
    return this.#now() - this.#startedAt;
  }
}

/** Whether a part is something to read or to use: thoughts and sources alone are no answer. */
function isAnswer(part: AnswerPart): boolean {
  return part.type === 'text'
    ? part.text.trim() !== ''
    : part.type !== 'reasoning' && part.type !== 'sources';
}

function toCallPart({ id, name, arguments: json }: ToolCall): ToolCallPart {
  return { type: 'toolCall', id, name: fromModel(name), arguments: fromModel(json) };
}
