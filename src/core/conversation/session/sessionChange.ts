import type { AssistantMessage, Message } from '../message.ts';

/** What changed in a conversation, as finely as a view wants to know it. */
export type SessionChange =
  | { readonly type: 'message'; readonly message: Message }
  /** A part of an answer is new, or another one. */
  | { readonly type: 'part'; readonly messageId: string; readonly at: number }
  /** A part of an answer has grown. */
  | { readonly type: 'append'; readonly messageId: string; readonly at: number; readonly text: string }
  /** A question that waited for its turn is not there any more. */
  | { readonly type: 'withdrawn'; readonly messageId: string }
  /** The conversation was read anew. */
  | { readonly type: 'reloaded' }
  /** The conversation has another title, or another model of its own. */
  | { readonly type: 'head' }
  /** An answer ended, however it ended. */
  | { readonly type: 'ended'; readonly message: AssistantMessage }
  /** The true cost of an answer is known now. */
  | { readonly type: 'settled' }
  /** The disk could not be read or written; the words are still here. */
  | { readonly type: 'saveFailed'; readonly error: unknown };
