import { joined, type CleanItem, type CleanText } from '../context/clean.ts';
import { estimateTokens } from '../context/contextItem.ts';
import type { PicoDollars } from '../money/money.ts';
import type { FailureFacts, RequestErrorKind } from '../model/requestError.ts';

/** The forms of sound that the service takes. */
export const audioFormats = ['wav', 'mp3', 'aiff', 'aac', 'ogg', 'flac', 'm4a', 'pcm16', 'pcm24'] as const;

/** One of the forms of sound. */
export type AudioFormat = (typeof audioFormats)[number];

/** A picture, a document or a sound, with the name that people know it by. Nobody looks for secrets in the data. */
export type MediaPart =
  /** The URL is a data URL, or one with https that the service reads. */
  | { readonly type: 'image'; readonly name: CleanText; readonly url: string }
  | { readonly type: 'file'; readonly name: CleanText; readonly url: string }
  /** The data are base64: sound cannot be named by a URL. */
  | { readonly type: 'audio'; readonly name: CleanText; readonly format: AudioFormat; readonly data: string };

/** A piece of a message, in the order in which it is read. All of it goes with later requests, so all of it is clean. */
export type Part =
  | { readonly type: 'text'; readonly text: CleanText }
  | { readonly type: 'reasoning'; readonly text: CleanText }
  | { readonly type: 'context'; readonly item: CleanItem }
  | MediaPart;

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
  /** First token of the answer proper, where reasoning came before it. */
  readonly firstTextMs?: number;
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

/** A page of the web that an answer draws on. */
export interface Source {
  readonly url: string;
  readonly title: string;
}

/** A model or a provider that the service asked in vain before the one that answered. */
export interface FailedAttempt {
  readonly model: string;
  readonly provider?: string;
  /** The HTTP status of its failure. */
  readonly status?: number;
}

/** One generation of the service, and what it took. */
export interface Generation {
  readonly generationId?: string;
  readonly usage?: Usage;
}

/** What is known of an answer besides its text. */
export interface Answer {
  /** The model that was asked. */
  readonly requestedModel: string;
  /** The model and the provider that answered, as the service reports them. */
  readonly model?: string;
  readonly provider?: string;
  /** The service's id of this generation. */
  readonly generationId?: string;
  /** Who was asked in vain before, where somebody was. */
  readonly attempts?: readonly FailedAttempt[];
  readonly outcome: Outcome;
  /** When the request is made again, while it waits for that; in milliseconds since the epoch. */
  readonly retryAt?: number;
  readonly usage?: Usage;
  /** The generations that broke off before the one that went on with this answer. */
  readonly earlier?: readonly Generation[];
  readonly timing?: Timing;
  /** Where an answer comes from that searched the web, each page once. */
  readonly sources?: readonly Source[];
  /** Pictures that the model made, as data URLs. */
  readonly images?: readonly string[];
  /** The provider's own form of the reasoning, to be returned unchanged in the next turn. */
  readonly reasoningDetails?: readonly unknown[];
}

interface MessageBase {
  readonly id: string;
  /** The message that this one follows; absent for the first. */
  readonly parentId?: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly parts: readonly Part[];
}

/** A question, with what was attached to it. */
export interface UserMessage extends MessageBase {
  readonly role: 'user';
}

/** An answer, as far as it has come. */
export interface AssistantMessage extends MessageBase {
  readonly role: 'assistant';
  readonly answer: Answer;
}

export type Message = UserMessage | AssistantMessage;

/** Whether a model can go on with an answer: it broke off, and there is something to go on from. */
export function canContinue(message: AssistantMessage): boolean {
  const { state } = message.answer.outcome;
  return state !== 'pending' && state !== 'done' && textOf(message).trim() !== '';
}

/** The text of a message, without reasoning and context. */
export function textOf(message: Message): CleanText {
  return partsText(message, 'text');
}

/** The reasoning of an answer. */
export function reasoningOf(message: Message): CleanText {
  return partsText(message, 'reasoning');
}

/** What was attached to a question. */
export function contextOf(message: Message): readonly CleanItem[] {
  return message.parts.flatMap((part) => (part.type === 'context' ? [part.item] : []));
}

/** About how many tokens these messages are in a request. */
export function promptTokens(messages: readonly Message[]): number {
  return messages.flatMap(({ parts }) => parts).reduce((sum, part) => sum + partTokens(part), 0);
}

/** Pictures, documents and sounds count nothing: what they take differs from model to model. */
function partTokens(part: Part): number {
  if (part.type === 'context') {
    return part.item.tokens;
  }
  return part.type === 'text' || part.type === 'reasoning' ? estimateTokens(part.text) : 0;
}

/** The pictures, documents and sounds of a message. */
export function mediaOf(message: Message): readonly MediaPart[] {
  return message.parts.filter(
    (part): part is MediaPart => part.type === 'image' || part.type === 'file' || part.type === 'audio',
  );
}

function partsText(message: Message, type: 'text' | 'reasoning'): CleanText {
  return joined(
    message.parts.flatMap((part) => (part.type === type ? part.text : [])),
    '',
  );
}
