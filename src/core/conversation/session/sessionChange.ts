import type { AssistantMessage, Message } from '../message.ts';

/** What changed in a conversation, in the detail a view needs. */
export type SessionChange =
  | { readonly type: 'message'; readonly message: Message }
  /** A part of an answer is new, or another one. */
  | { readonly type: 'part'; readonly messageId: string; readonly at: number }
  /** A part of an answer has grown. */
  | { readonly type: 'append'; readonly messageId: string; readonly at: number; readonly text: string }
  /** A queued question was withdrawn. */
  | { readonly type: 'withdrawn'; readonly messageId: string }
  /** The conversation was reloaded. */
  | { readonly type: 'reloaded' }
  /** The conversation's title or model changed. */
  | { readonly type: 'head' }
  /** An answer ended. */
  | { readonly type: 'ended'; readonly message: AssistantMessage }
  /** The true cost of an answer is known. */
  | { readonly type: 'settled' }
  /** The disk couldn't be read or written; the text is still here. */
  | { readonly type: 'saveFailed'; readonly error: unknown };
