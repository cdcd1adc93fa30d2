import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { ConversationArchive } from '../../core/conversation/persistence/conversationArchive.ts';
import type { ConversationStore } from '../../core/conversation/persistence/conversationStore.ts';
import { forkOf } from '../../core/conversation/fork.ts';
import type { SessionPool } from '../../core/conversation/session/sessionPool.ts';

/** Where chats are loaded and saved. */
export interface ShownChatParts {
  readonly pool: SessionPool;
  readonly store: ConversationStore;
  readonly archive: ConversationArchive;
  /** The initial conversation; a new one if absent. */
  readonly first?: string | undefined;
  /** Remembers the visible conversation; nothing for an empty one. */
  readonly remember: (conversationId: string | undefined) => void;
}

/** Who is notified. */
interface ShownChatWatcher {
  /** Another chat is shown. */
  readonly changed: () => void;
  /** The initial chat can't be read; a new one was started. */
  readonly unreadable: (error: unknown) => void;
}

/** Which chat a surface shows. A chat no longer shown finishes its answer and is saved. */
export class CurrentConversation {
  readonly #parts: ShownChatParts;
  readonly #watcher: ShownChatWatcher;
  #session: ChatSession;

  constructor(parts: ShownChatParts, watcher: ShownChatWatcher) {
    this.#parts = parts;
    this.#watcher = watcher;
    const { first, pool } = parts;
    try {
      this.#session = (first === undefined ? undefined : pool.open(first)) ?? pool.begin();
    } catch (error) {
      // Whatever is wrong with the last chat, a new one must work.
      this.#session = pool.begin();
      watcher.unreadable(error);
    }
  }

  /** The visible chat's session. */
  get session(): ChatSession {
    return this.#session;
  }

  /** All saved chats. */
  get archive(): ConversationArchive {
    return this.#parts.archive;
  }

  /** Shows a new conversation. */
  begin(): void {
    this.#show(this.#parts.pool.begin());
    this.#parts.remember(undefined);
  }

  /** Shows a saved chat; returns whether it still exists. */
  open(conversationId: string): boolean {
    if (this.#isShown(conversationId)) {
      return true;
    }
    const session = this.#parts.pool.open(conversationId);
    if (session) {
      this.#show(session);
      this.remember();
    }
    return session !== undefined;
  }

  /** Saves and shows an imported chat. */
  add(conversation: Conversation): void {
    this.#parts.store.add(conversation);
    this.open(conversation.id);
  }

  /** Forks the visible messages up to this one into a new chat, and shows it. */
  fork(messageId: string): void {
    const messages = this.#session.visible.map(({ message }) => message);
    const end = messages.findIndex(({ id }) => id === messageId);
    this.add(
      forkOf(this.#session.conversation, messages.slice(0, end + 1), {
        newId: () => crypto.randomUUID(),
        now: () => Date.now(),
      }),
    );
  }

  rename(conversationId: string, title: string): void {
    this.archive.rename(conversationId, title);
    this.#session.catchUp();
  }

  /** Deletes a chat so that it can be restored; if visible, it is left. */
  remove(conversationId: string): void {
    if (this.#isShown(conversationId)) {
      this.#session.stop();
      this.begin();
    }
    this.archive.remove(conversationId);
  }

  /** Shows this chat again after a restart. */
  remember(): void {
    this.#parts.remember(this.#session.conversation.id);
  }

  /** Releases the chat: its surface is gone. */
  release(): void {
    this.#parts.pool.release(this.#session);
  }

  #isShown(conversationId: string): boolean {
    return this.#session.conversation.id === conversationId;
  }

  #show(session: ChatSession): void {
    const previous = this.#session;
    this.#session = session;
    this.#parts.pool.release(previous);
    this.#watcher.changed();
  }
}
