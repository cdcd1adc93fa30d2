/** A chat as a list shows it. */
export interface ChatSummary {
  readonly id: string;
  readonly title: string;
  /** When something was last written into it, in milliseconds since the epoch. */
  readonly updatedAt: number;
  readonly pinned: boolean;
}

/** A message in which a search has found something. */
export interface ChatHit {
  readonly chat: ChatSummary;
  readonly messageId: string;
  readonly role: 'user' | 'assistant';
  /** The words around what was found, on one line. */
  readonly excerpt: string;
}

/** All kept chats of all windows: to be found again, named, and thrown away. */
export interface ConversationArchive {
  /** The pinned ones first, then the newest. */
  list(limit: number): readonly ChatSummary[];
  /** The chats whose titles hold all of these words, in the same order. */
  titled(words: string, limit: number): readonly ChatSummary[];
  count(): number;
  /** Brings what `search` reads up to date; may take a while at the first time. */
  prepareSearch(signal: AbortSignal): Promise<void>;
  /** The messages that hold all of these words or their beginnings, the newest first. */
  search(words: string, limit: number): readonly ChatHit[];
  rename(conversationId: string, title: string): void;
  setPinned(conversationId: string, pinned: boolean): void;
  /** Takes a chat away so that it can be brought back; a message that is added to it brings it back, too. */
  remove(conversationId: string): void;
  restore(conversationId: string): void;
  /** Deletes a chat for good, if it is still taken away. */
  erase(conversationId: string): void;
  /** The same for all that were taken away this long ago, in milliseconds. */
  purge(olderThanMs: number): void;
}
