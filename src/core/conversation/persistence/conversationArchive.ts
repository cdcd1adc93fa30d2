/** A chat in a list. */
export interface ChatSummary {
  readonly id: string;
  readonly title: string;
  /** When it was last written, in milliseconds since the epoch. */
  readonly updatedAt: number;
  readonly pinned: boolean;
}

/** A message that matches a search. */
export interface ChatHit {
  readonly chat: ChatSummary;
  readonly messageId: string;
  readonly role: 'user' | 'assistant';
  /** The words around the match, on one line. */
  readonly excerpt: string;
}

/** All saved chats of all windows: search, rename, delete. */
export interface ConversationArchive {
  /** Pinned chats first, then the newest. */
  list(limit: number): readonly ChatSummary[];
  /** The chats whose titles contain all of these words, in the same order. */
  titled(words: string, limit: number): readonly ChatSummary[];
  count(): number;
  /** Updates the search index; may take a while the first time. */
  prepareSearch(signal: AbortSignal): Promise<void>;
  /** The messages that contain all of these words or prefixes, newest first. */
  search(words: string, limit: number): readonly ChatHit[];
  rename(conversationId: string, title: string): void;
  setPinned(conversationId: string, pinned: boolean): void;
  /** Marks a chat as deleted so that it can be restored; a new message also restores it. */
  remove(conversationId: string): void;
  restore(conversationId: string): void;
  /** Deletes a chat for good, if it is still marked. */
  erase(conversationId: string): void;
  /** Deletes all chats that were marked this long ago, in milliseconds. */
  purge(olderThanMs: number): void;
}
