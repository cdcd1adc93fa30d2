import { joined, type CleanItem, type CleanText } from '../context/clean.ts';
import { estimateTokens } from '../context/contextItem.ts';
import type { PicoDollars } from '../money/money.ts';
import type { FailureFacts, RequestErrorKind } from '../model/requestError.ts';
import type { AnswerPart, MediaPart, Part, QuestionPart } from './part.ts';

/** What the service charged and counted for one answer. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Prompt tokens read from the provider's cache; absent if none. */
  readonly cachedTokens?: number;
  /** Reasoning tokens in the answer; absent if none. */
  readonly reasoningTokens?: number;
  /** What the user pays, including charges to their own provider key; absent if the server doesn't say. */
  readonly cost?: PicoDollars;
  /** The part of the cost charged to the user's own provider key. */
  readonly ownKeyCost?: PicoDollars;
  /** Estimated here, because the service hasn't reported it yet. */
  readonly estimated?: boolean;
  /** The server reported figures that can't be right; those are left out here. */
  readonly unsound?: boolean;
}

/** Milliseconds from the request to each event of an answer. */
export interface Timing {
  readonly firstTokenMs?: number;
  readonly endMs: number;
}

/** A failure as saved with its message: enough to rebuild its words after a reload. */
export interface Failure extends FailureFacts {
  readonly kind: RequestErrorKind;
}

/** An answer's state. `interrupted`: the editor closed before the end; `cut`: the length limit was reached. */
export type Outcome =
  | { readonly state: 'pending' }
  | { readonly state: 'done' | 'stopped' | 'interrupted' | 'cut' }
  | { readonly state: 'failed'; readonly failure: Failure };

/** A model or provider that failed before another answered. */
export interface FailedAttempt {
  readonly model: string;
  readonly provider?: string;
  /** The HTTP status of the failure. */
  readonly status?: number;
}

/** How the service chose who answers, as it reports. Whatever it doesn't say is absent. */
export interface RoutingReport {
  /** How it chose: `direct`, `auto`, `fallback`, and so on. */
  readonly strategy?: string;
  /** The service's own words. */
  readonly summary?: string;
  readonly region?: string;
  /** How many endpoints could have answered, and of whom, each once. */
  readonly endpoints?: number;
  readonly providers?: readonly string[];
  /** What a router took the task for. */
  readonly task?: string;
}

/** One generation of the service: who made it, and what it took. Whatever is not known is absent. */
export interface Generation {
  readonly generationId?: string;
  /** The model and provider that answered, as reported by the service. */
  readonly model?: string;
  readonly provider?: string;
  /** The service answered from its response cache. */
  readonly cached?: boolean;
  /** Which models or providers failed first. */
  readonly attempts?: readonly FailedAttempt[];
  readonly routing?: RoutingReport;
  readonly usage?: Usage;
}

/** How an answer was asked for, where that was not as the chat asks by itself. */
export interface AskedWith {
  /** The command that asked. */
  readonly feature?: string;
  /** The model, and the one that the chat would have asked then. */
  readonly model?: string;
  readonly insteadOf?: string;
  readonly fallbackModels?: readonly string[];
  readonly maxTokens?: number;
  /** How many of the oldest messages weren't sent. */
  readonly leftOut?: number;
}

/** What is known of an answer besides its parts. */
export interface Answer {
  /** The requested model. */
  readonly requestedModel: string;
  readonly askedWith?: AskedWith;
  /** In the order in which they were asked for; several where an answer went on, or a model called tools. */
  readonly generations: readonly Generation[];
  readonly outcome: Outcome;
  /** When the next attempt starts, in milliseconds since the epoch. */
  readonly retryAt?: number;
  readonly timing?: Timing;
}

interface MessageBase {
  readonly id: string;
  /** The preceding message; absent for the first. */
  readonly parentId?: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A question and its attachments. */
export interface UserMessage extends MessageBase {
  readonly role: 'user';
  readonly parts: readonly QuestionPart[];
}

/** An answer, as far as it has arrived. */
export interface AssistantMessage extends MessageBase {
  readonly role: 'assistant';
  readonly parts: readonly AnswerPart[];
  readonly answer: Answer;
}

export type Message = UserMessage | AssistantMessage;

/** Whether an answer can be continued: it was cut off and has some text. */
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

/** About how many tokens these messages take. */
export function promptTokens(messages: readonly Message[]): number {
  return tokensOfParts(messages.flatMap(partsOf));
}

/** About how many tokens these parts are in a request. */
export function tokensOfParts(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + partTokens(part), 0);
}

/** Media counts no tokens: what it takes differs between models. */
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
    case 'parsedFiles':
    case 'generatedImage':
    case 'image':
    case 'file':
    case 'audio':
      return 0;
    default:
      return part satisfies never;
  }
}

/** The images, documents, and audio of a message. */
export function mediaOf(message: Message): readonly MediaPart[] {
  return partsOf(message).filter(
    (part): part is MediaPart => part.type === 'image' || part.type === 'file' || part.type === 'audio',
  );
}

/** The parts of any message: the compiler does not look for what two lists have in common. */
function partsOf({ parts }: Message): readonly Part[] {
  return parts;
}
