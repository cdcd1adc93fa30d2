import { estimateTokens, type ContextItem } from '../context/contextItem.ts';
import type { MicroDollars } from '../model/money.ts';
import type { RequestErrorKind } from '../model/requestError.ts';

/** A piece of a message, in the order in which it is read. */
export type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'reasoning'; readonly text: string }
  | { readonly type: 'context'; readonly item: ContextItem };

/** What the service charged and counted for one answer. */
export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** What the user pays, with what an own provider key is billed added; absent when the server does not say. */
  readonly cost?: MicroDollars;
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
export interface Failure {
  readonly kind: RequestErrorKind;
  readonly status?: number;
  readonly detail?: string;
  readonly retryAfter?: number;
  /** When a limit is lifted, in milliseconds since the epoch. */
  readonly resetAt?: number;
  /** The longest answer that the credit is enough for, in tokens. */
  readonly affordableTokens?: number;
  /** Models that the service offers in the place of the one that it cannot give. */
  readonly alternatives?: readonly string[];
}

/**
 * How an answer stands. `interrupted`: the editor went away before its end; `cut`: the length limit was reached.
 */
export type Outcome =
  | { readonly state: 'pending' }
  | { readonly state: 'done' | 'stopped' | 'interrupted' | 'cut' }
  | { readonly state: 'failed'; readonly failure: Failure };

/** What is known of an answer besides its text. */
export interface Answer {
  /** The model that was asked. */
  readonly requestedModel: string;
  /** The model and the provider that answered, as the service reports them. */
  readonly model?: string;
  readonly provider?: string;
  /** The service's id of this generation. */
  readonly generationId?: string;
  readonly outcome: Outcome;
  /** When the request is made again, while it waits for that; in milliseconds since the epoch. */
  readonly retryAt?: number;
  readonly usage?: Usage;
  readonly timing?: Timing;
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

/** The text of a message, without reasoning and context. */
export function textOf(message: Message): string {
  return partsText(message, 'text');
}

/** The reasoning of an answer. */
export function reasoningOf(message: Message): string {
  return partsText(message, 'reasoning');
}

/** What was attached to a question. */
export function contextOf(message: Message): readonly ContextItem[] {
  return message.parts.flatMap((part) => (part.type === 'context' ? [part.item] : []));
}

/** About how many tokens these messages are in a request. */
export function promptTokens(messages: readonly Message[]): number {
  return messages
    .flatMap(({ parts }) => parts)
    .reduce((sum, part) => sum + (part.type === 'context' ? part.item.tokens : estimateTokens(part.text)), 0);
}

function partsText(message: Message, type: 'text' | 'reasoning'): string {
  return message.parts.map((part) => (part.type === type ? part.text : '')).join('');
}
