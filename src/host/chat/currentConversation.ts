import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import type { Conversation } from '../../core/conversation/conversation.ts';
import type { ConversationArchive } from '../../core/conversation/persistence/conversationArchive.ts';
import type { ConversationStore } from '../../core/conversation/persistence/conversationStore.ts';
import { forkOf } from '../../core/conversation/fork.ts';
import type { SessionPool } from '../../core/conversation/session/sessionPool.ts';

/** Where the chats come from, and where they are kept. */
export interface ShownChatParts {
  readonly pool: SessionPool;
  readonly store: ConversationStore;
  readonly archive: ConversationArchive;
  /** The conversation to begin with; a new one when absent. */
  readonly first?: string | undefined;
  /** Remembers which conversation is shown; nothing for one that is still empty. */
  readonly remember: (conversationId: string | undefined) => void;
}

/** Who hears of it. */
interface ShownChatWatcher {
  /** Another chat is shown now. */
  readonly changed: () => void;
  /** The chat to begin with cannot be read; a new one was begun. */
  readonly unreadable: (error: unknown) => void;
}

/** Which chat a place shows. One that it shows no longer goes on with its answer, and is kept. */
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
      // Whatever is wrong with the last chat, a new one must be possible.
      this.#session = pool.begin();
      watcher.unreadable(error);
    }
  }

  /** The chat on the screen, at work. */
  get session(): ChatSession {
    return this.#session;
  }

  /** All kept chats. */
  get archive(): ConversationArchive {
    return this.#parts.archive;
  }

  /** Shows a new conversation. */
  begin(): void {
    this.#show(this.#parts.pool.begin());
    this.#parts.remember(undefined);
  }

  /** Shows a kept chat; says whether it is still there. */
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

  /** Keeps a chat that comes from elsewhere, and shows it. */
  add(conversation: Conversation): void {
    this.#parts.store.add(conversation);
    this.open(conversation.id);
  }

  /** Begins a chat of its own with the messages on the screen up to this one, and shows it. */
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

  /** Takes a chat away, so that it can be brought back; one that is on the screen leaves it. */
  remove(conversationId: string): void {
    if (this.#isShown(conversationId)) {
      this.#session.stop();
      this.begin();
    }
    this.archive.remove(conversationId);
  }

  /** Has this chat shown again after a restart. */
  remember(): void {
    this.#parts.remember(this.#session.conversation.id);
  }

  /** Lets go of the chat: the place is no longer there. */
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
