import { joined, type CleanItem, type CleanText } from '../context/clean.ts';
import { estimateTokens } from '../context/contextItem.ts';
import type { PicoDollars } from '../money/money.ts';
import type { FailureFacts, RequestErrorKind } from '../model/requestError.ts';
import type { AnswerPart, MediaPart, Part, QuestionPart } from './part.ts';

/** What the service charged and counted for one answer. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the prompt's tokens, those that came from the provider's prompt cache; absent when there were none. */
  readonly cachedTokens?: number;
  /** Of the answer's tokens, those of its thoughts; absent when there were none. */
  readonly reasoningTokens?: number;
  /** What the user pays, with what an own provider key is billed added; absent when the server does not say. */
  readonly cost?: PicoDollars;
  /** The part of the cost that an own provider key is billed; absent where the answer came without one. */
  readonly ownKeyCost?: PicoDollars;
  /** Counted and priced here, because the service has not said it yet. */
  readonly estimated?: boolean;
}

/** When things happened while an answer came, in milliseconds since it was asked for. */
export interface Timing {
  readonly firstTokenMs?: number;
  readonly endMs: number;
}

/** A failure as it is kept with its message: enough to choose the words again after a reload. */
export interface Failure extends FailureFacts {
  readonly kind: RequestErrorKind;
}

/**
 * How an answer stands. `interrupted`: the editor went away before its end; `cut`: the length limit was reached.
 */
export type Outcome =
  | { readonly state: 'pending' }
  | { readonly state: 'done' | 'stopped' | 'interrupted' | 'cut' }
  | { readonly state: 'failed'; readonly failure: Failure };

/** A model or a provider that the service asked in vain before the one that answered. */
export interface FailedAttempt {
  readonly model: string;
  readonly provider?: string;
  /** The HTTP status of its failure. */
  readonly status?: number;
}

/** One generation of the service: who made it, and what it took. Whatever is not known is absent. */
export interface Generation {
  readonly generationId?: string;
  /** The model and the provider that answered, as the service reports them. */
  readonly model?: string;
  readonly provider?: string;
  /** Who was asked in vain before, where somebody was. */
  readonly attempts?: readonly FailedAttempt[];
  readonly usage?: Usage;
}

/** What is known of an answer besides its parts. */
export interface Answer {
  /** The model that was asked. */
  readonly requestedModel: string;
  /** In the order in which they were asked for; several where an answer went on, or a model called tools. */
  readonly generations: readonly Generation[];
  readonly outcome: Outcome;
  /** When the request is made again, while it waits for that; in milliseconds since the epoch. */
  readonly retryAt?: number;
  readonly timing?: Timing;
}

interface MessageBase {
  readonly id: string;
  /** The message that this one follows; absent for the first. */
  readonly parentId?: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A question, with what was attached to it. */
export interface UserMessage extends MessageBase {
  readonly role: 'user';
  readonly parts: readonly QuestionPart[];
}

/** An answer, as far as it has come. */
export interface AssistantMessage extends MessageBase {
  readonly role: 'assistant';
  readonly parts: readonly AnswerPart[];
  readonly answer: Answer;
}

export type Message = UserMessage | AssistantMessage;

/** Whether a model can go on with an answer: it broke off, and there is something to go on from. */
export function canContinue(message: AssistantMessage): boolean {
  const { state } = message.answer.outcome;
  return state !== 'pending' && state !== 'done' && textOf(message).trim() !== '';
}

/** What a message says; where something stands between two texts, they are two paragraphs. */
export function textOf(message: Message): CleanText {
  const texts = partsOf(message).flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return joined(texts, '\n\n');
}

/** What was attached to a question. */
export function contextOf(message: Message): readonly CleanItem[] {
  return partsOf(message).flatMap((part) => (part.type === 'context' ? [part.item] : []));
}

/** About how many tokens these messages are in a request. */
export function promptTokens(messages: readonly Message[]): number {
  return tokensOfParts(messages.flatMap(partsOf));
}

/** About how many tokens these parts are in a request. */
export function tokensOfParts(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + partTokens(part), 0);
}

/** Pictures, documents and sounds count nothing: what they take differs from model to model. */
function partTokens(part: Part): number {
  switch (part.type) {
    case 'context':
      return part.item.tokens;
    case 'text':
    case 'reasoning':
    case 'toolResult':
      return estimateTokens(part.text);
    case 'toolCall':
      return estimateTokens(part.name + part.arguments);
    case 'sources':
    case 'generatedImage':
    case 'image':
    case 'file':
    case 'audio':
      return 0;
    default:
      return part satisfies never;
  }
}

/** The pictures, documents and sounds of a message. */
export function mediaOf(message: Message): readonly MediaPart[] {
  return partsOf(message).filter(
    (part): part is MediaPart => part.type === 'image' || part.type === 'file' || part.type === 'audio',
  );
}

/** The parts of any message: the compiler does not look for what two lists have in common. */
function partsOf({ parts }: Message): readonly Part[] {
  return parts;
}
