import { withPartChange, type AnswerPartView } from './answerParts.ts';
import type { Remedy } from './remedies.ts';

/**
 * What the panel draws. The host owns it; the panel keeps a copy and applies deltas to it.
 * Everything here is display-ready and small: money is already formatted, tokens are integers.
 */

/** Whether a request could be authorised at all. The key itself never crosses this wall. */
export type KeyState = 'unknown' | 'missing' | 'set' | 'rejected';

/** One attached item: a selection or a file with its estimated tokens, or a picture, a document or a sound. */
export interface AttachmentView {
  readonly id: string;
  /** Names the item to people, for example `cart.ts:10-24`. */
  readonly label: string;
  readonly languageId: string;
  /** Estimated; absent for what is no text, because it differs from model to model. */
  readonly tokens?: number;
  /** The size of what is no text, such as `120 KB`. */
  readonly size?: string;
  /** Whether it is what the workspace wants every model to know, and not something that the user attached. */
  readonly instructions?: boolean;
  /** Whether it goes with its secrets, because the user has confirmed that. */
  readonly withSecrets?: boolean;
  /** How many secrets were taken out of it; absent when there were none. */
  readonly redacted?: number;
}

/** A failure in plain words, with the ways on; or what is no failure, but worth a word. */
export interface AlertView {
  readonly id: string;
  /** Absent where something has failed. */
  readonly severity?: 'warning' | 'information';
  readonly message: string;
  /** The service's own words, shown on demand. */
  readonly detail?: string;
  readonly remedies: readonly Remedy[];
}

/** The line under an answer, from the usage that the service reported. */
export interface AnswerDetailsView {
  readonly model: string;
  readonly provider?: string;
  readonly promptTokens?: number;
  /** Those of them that came from the prompt cache; absent when there were none. */
  readonly cachedTokens?: number;
  readonly completionTokens?: number;
  /** Those of them that were thoughts; absent when there were none. */
  readonly reasoningTokens?: number;
  /** USD with six decimals, for example `$0.001234`. */
  readonly cost?: string;
  /** Whether an own provider key was used; what its provider bills is part of the cost. */
  readonly ownKey?: boolean;
  /** Who was asked in vain before, each in words. */
  readonly attempts?: readonly string[];
  readonly firstTokenMs?: number;
  readonly tokensPerSecond?: number;
}

/** Which of several versions of a message is shown, counted from 1. */
export interface VersionsView {
  readonly shown: number;
  readonly count: number;
}

/** A question as it was sent. */
export interface UserMessageView {
  readonly role: 'user';
  readonly id: string;
  /** Absent where there is only one. */
  readonly versions?: VersionsView;
  readonly text: string;
  readonly attachments: readonly AttachmentView[];
  /** It is asked when the answers before it have ended. */
  readonly queued?: boolean;
}

/**
 * `waiting`: nothing has arrived; `streaming`: growing; `stopped`: by the user; `interrupted`: the editor went
 * away before the end; `cut`: the length limit was reached; `failed`: see `alert`.
 */
export type AnswerState = 'waiting' | 'streaming' | 'done' | 'stopped' | 'interrupted' | 'cut' | 'failed';

/** Whether an answer has ended, however it did. */
export function isOver(state: AnswerState): boolean {
  return state !== 'waiting' && state !== 'streaming';
}

/** An answer, as far as it has come. */
export interface AssistantMessageView {
  readonly role: 'assistant';
  readonly id: string;
  /** Absent where there is only one. */
  readonly versions?: VersionsView;
  readonly state: AnswerState;
  /** In the order in which they came. */
  readonly parts: readonly AnswerPartView[];
  /** Whether the model can go on with it. */
  readonly canContinue?: boolean;
  /** When the request is made again, while it waits for that; in milliseconds since the epoch. */
  readonly retryAt?: number;
  readonly details?: AnswerDetailsView;
  readonly alert?: AlertView;
}

export type MessageView = UserMessageView | AssistantMessageView;

/** What a question takes and costs, before it is sent. */
export interface EstimateView {
  /** Of everything that is sent, the conversation so far included. */
  readonly tokens: number;
  /** How many the model can read and write; absent when that is not known. */
  readonly contextLength?: number;
  /** In words, for example `$0.001234 to $0.024680`. */
  readonly cost: string;
}

/** Everything around the transcript. */
export interface ChatHeader {
  readonly key: KeyState;
  readonly model: { readonly id: string; readonly name: string };
  /** How much the model is to think, in words; absent for one that cannot be told. */
  readonly effort?: string;
  readonly title: string;
  /** Items that go with the next question. */
  readonly attachments: readonly AttachmentView[];
  /** What the next question takes; absent while there is nothing to ask. */
  readonly estimate?: EstimateView;
  /** What this chat and all that was asked today cost, in words, each as far as it cost anything; absent where that is not told. */
  readonly spent?: { readonly chat?: string; readonly today?: string };
  /** True while an answer is on its way. */
  readonly busy: boolean;
  /** A failure that belongs to no message, such as a damaged store or a refused attachment. */
  readonly alert?: AlertView;
}

/** A page with a transcript. A higher `revision` is newer; a delta applies to exactly `revision - 1`. */
export interface TranscriptView {
  readonly revision: number;
  readonly conversationId: string;
  /** Absent in a comparison, where nothing stands around the transcript. */
  readonly header?: ChatHeader;
  readonly messages: readonly MessageView[];
}

/** The whole panel. */
export interface ChatView extends TranscriptView {
  readonly header: ChatHeader;
}

/** One step from a `ChatView` to the next. */
export type ChatChange =
  | { readonly type: 'header'; readonly header: ChatHeader }
  /** Adds a message, or replaces the one with the same id in its place. */
  | { readonly type: 'message'; readonly message: MessageView }
  /** Takes a question away that waited for its turn. */
  | { readonly type: 'withdrawn'; readonly messageId: string }
  /** Adds a part to an answer, or puts another in its place. */
  | { readonly type: 'part'; readonly messageId: string; readonly at: number; readonly part: AnswerPartView }
  /** Grows a part of an answer. */
  | { readonly type: 'append'; readonly messageId: string; readonly at: number; readonly text: string };

/** Changes that lead from `revision - 1` to `revision`, in order. */
export interface ChatDelta {
  readonly revision: number;
  readonly changes: readonly ChatChange[];
}

/** Applies a delta; `undefined` says that the copy is out of step and needs a snapshot. */
export function applyDelta<View extends TranscriptView>(view: View, delta: ChatDelta): View | undefined {
  if (delta.revision !== view.revision + 1) {
    return undefined;
  }
  let header: ChatHeader | undefined = view.header;
  let messages: readonly MessageView[] = view.messages;
  for (const change of delta.changes) {
    switch (change.type) {
      case 'header':
        header = change.header;
        break;
      case 'message':
        messages = withMessage(messages, change.message);
        break;
      case 'withdrawn':
        messages = messages.filter(({ id }) => id !== change.messageId);
        break;
      case 'part':
      case 'append': {
        const message = messages.find((each) => each.id === change.messageId);
        const parts = message?.role === 'assistant' ? withPartChange(message.parts, change) : undefined;
        if (message?.role !== 'assistant' || !parts) {
          return undefined;
        }
        messages = withMessage(messages, { ...message, state: 'streaming', parts });
        break;
      }
      default:
        change satisfies never;
    }
  }
  return { ...view, revision: delta.revision, messages, ...(header && { header }) };
}

function withMessage(messages: readonly MessageView[], message: MessageView): readonly MessageView[] {
  const at = messages.findLastIndex((each) => each.id === message.id);
  return at < 0 ? [...messages, message] : messages.with(at, message);
}
