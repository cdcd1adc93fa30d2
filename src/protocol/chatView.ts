import { withPartChange, type AnswerPartView } from './answerParts.ts';
import type { Remedy } from './remedies.ts';

/**
 * What the panel renders. The host owns it; the panel keeps a copy and applies deltas. Everything is small and ready to
 * display: money is formatted, tokens are integers.
 */

/** Whether a request could be authorized. The key itself never crosses this boundary. */
export type KeyState = 'unknown' | 'missing' | 'set' | 'rejected';

/** An attached item: a selection or file with its estimated tokens, or an image, document, or audio file. */
export interface AttachmentView {
  readonly id: string;
  /** The label people see, for example `cart.ts:10-24`. */
  readonly label: string;
  readonly languageId: string;
  /** Estimated; absent for media, because it differs between models. */
  readonly tokens?: number;
  /** The size of media, such as `120 KB`. */
  readonly size?: string;
  /** Whose instructions these are, if they are no attachment of the user. */
  readonly instructions?: 'user' | 'workspace';
  /** Whether its secrets are included, as the user confirmed. */
  readonly withSecrets?: boolean;
  /** How many secrets were redacted; absent if none. */
  readonly redacted?: number;
}

/** A failure with remedies, or a notice. */
export interface AlertView {
  readonly id: string;
  /** Absent for errors. */
  readonly severity?: 'warning' | 'information';
  readonly message: string;
  /** The service's own words, shown on demand. */
  readonly detail?: string;
  readonly remedies: readonly Remedy[];
}

/** The line under an answer, from the reported usage. */
export interface AnswerDetailsView {
  readonly model: string;
  readonly provider?: string;
  /** Whether the service answered from its response cache. */
  readonly fromCache?: boolean;
  readonly promptTokens?: number;
  /** Prompt tokens read from the cache; absent if none. */
  readonly cachedTokens?: number;
  readonly completionTokens?: number;
  /** Reasoning tokens; absent if none. */
  readonly reasoningTokens?: number;
  /** USD with six decimals, for example `$0.001234`. */
  readonly cost?: string;
  /** What the provider's prompt cache saved, in words; absent if nothing. */
  readonly saved?: string;
  /** Whether the user's own provider key was used; its charges are part of the cost. */
  readonly ownKey?: boolean;
  /** Which models or providers failed first, in words. */
  readonly attempts?: readonly string[];
  /** How many of the chat's oldest messages weren't sent. */
  readonly leftOut?: number;
  /** How the service chose who answered, in sentences. */
  readonly why?: readonly string[];
  readonly firstTokenMs?: number;
  readonly tokensPerSecond?: number;
}

/** Which version of a message is shown, from 1. */
export interface VersionsView {
  readonly shown: number;
  readonly count: number;
}

/** A question as it was sent. */
export interface UserMessageView {
  readonly role: 'user';
  readonly id: string;
  /** Absent if there is only one. */
  readonly versions?: VersionsView;
  readonly text: string;
  readonly attachments: readonly AttachmentView[];
  /** It is answered after the answers before it. */
  readonly queued?: boolean;
}

/**
 * `waiting`: nothing has arrived; `streaming`: growing; `stopped`: by the user; `interrupted`: the editor closed before
 * the end; `cut`: the length limit was reached; `failed`: see `alert`.
 */
export type AnswerState = 'waiting' | 'streaming' | 'done' | 'stopped' | 'interrupted' | 'cut' | 'failed';

/** Whether an answer has ended, in any way. */
export function isOver(state: AnswerState): boolean {
  return state !== 'waiting' && state !== 'streaming';
}

/** An answer, as far as it has arrived. */
export interface AssistantMessageView {
  readonly role: 'assistant';
  readonly id: string;
  /** Absent if there is only one. */
  readonly versions?: VersionsView;
  readonly state: AnswerState;
  /** In the order in which they came. */
  readonly parts: readonly AnswerPartView[];
  /** Whether it can be continued. */
  readonly canContinue?: boolean;
  /** When the next attempt starts, in milliseconds since the epoch. */
  readonly retryAt?: number;
  readonly details?: AnswerDetailsView;
  readonly alert?: AlertView;
}

export type MessageView = UserMessageView | AssistantMessageView;

/** A question's tokens and cost before sending. */
export interface EstimateView {
  /** For everything that is sent, including the conversation so far. */
  readonly tokens: number;
  /** The model's context length; absent if unknown. */
  readonly contextLength?: number;
  /** In words, for example `$0.001234 to $0.024680`. */
  readonly cost: string;
}

/** Everything around the transcript. */
export interface ChatHeader {
  readonly key: KeyState;
  readonly model: { readonly id: string; readonly name: string };
  /** The reasoning effort in words; absent for models without one. */
  readonly effort?: string;
  readonly title: string;
  /** The next question's attachments. */
  readonly attachments: readonly AttachmentView[];
  /** The next question's estimate; absent while there is nothing to send. */
  readonly estimate?: EstimateView;
  /** What this chat and all that was asked today cost, in words, each as far as it cost anything; absent where that is not told. */
  readonly spent?: { readonly chat?: string; readonly today?: string };
  /** True while an answer is running. */
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
  /** Adds a message, or replaces the one with the same id. */
  | { readonly type: 'message'; readonly message: MessageView }
  /** Removes a queued question. */
  | { readonly type: 'withdrawn'; readonly messageId: string }
  /** Adds a part to an answer, or puts another in its place. */
  | { readonly type: 'part'; readonly messageId: string; readonly at: number; readonly part: AnswerPartView }
  /** Grows a part of an answer. */
  | { readonly type: 'append'; readonly messageId: string; readonly at: number; readonly text: string };

/** Changes from `revision - 1` to `revision`, in order. */
export interface ChatDelta {
  readonly revision: number;
  readonly changes: readonly ChatChange[];
}

/** Applies a delta; `undefined` means that the copy is out of sync and needs a snapshot. */
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
