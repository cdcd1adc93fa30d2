import type { Conversation } from '../conversation.ts';
import type { ConversationStore } from './conversationStore.ts';
import type { AssistantMessage } from '../message.ts';

/**
 * One conversation on disk: failed writes are retried in order, and other windows' writes are noticed. Failures are
 * reported, never thrown: the screen must not depend on the disk.
 */
export class ConversationPersistence {
  readonly #store: ConversationStore;
  readonly #id: string;
  readonly #onError: (error: unknown) => void;
  #exists: boolean;
  #revision: number;
  /** The ids of unsaved messages and of withdrawn ones that couldn't be removed. */
  #waiting: readonly string[] = [];
  #withdrawn: readonly string[] = [];
  /** Answers that couldn't be saved completely: their details and text. */
  readonly #unsaved = new Map<string, AssistantMessage>();
  readonly #unwritten = new Map<string, () => boolean>();

  constructor(store: ConversationStore, id: string, exists: boolean, onError: (error: unknown) => void) {
    this.#store = store;
    this.#id = id;
    this.#onError = onError;
    this.#exists = exists;
    this.#revision = exists ? store.revision(id) : 0;
  }

  /** Saves a new message, after those still waiting. The parts of a running answer are saved by its writer. */
  add(conversation: Conversation, messageId: string, growingId?: string): void {
    this.#noticeErased(conversation);
    this.#waiting = [...new Set([...this.#waiting, messageId])];
    this.#saveWaiting(conversation, growingId);
  }

  /** Removes a question that was never sent, whether it is on disk or not. */
  withdraw(conversation: Conversation, questionId: string, growingId?: string): void {
    if (this.#waiting.includes(questionId)) {
      this.#waiting = this.#waiting.filter((each) => each !== questionId);
    } else {
      this.#withdrawn = [...this.#withdrawn, questionId];
    }
    this.#saveWaiting(conversation, growingId);
  }

  /** Saves the conversation's model; an unsaved conversation will be saved with it. */
  saveModel({ model }: Conversation): void {
    this.#note(() => {
      this.#store.setModel(this.#id, model);
    });
  }

  saveTitle({ title }: Conversation): void {
    this.#note(() => {
      this.#store.setTitle(this.#id, title);
    });
  }

  /**
   * Saves the end of an answer: its message if it is still waiting, then its parts with `flushParts`, which returns
   * whether it could and is called again if not.
   */
  end(conversation: Conversation, answer: AssistantMessage, flushParts: () => boolean): void {
    this.#saveWaiting(conversation, answer.id);
    if (!flushParts() && !this.#waiting.includes(answer.id)) {
      this.#unwritten.set(answer.id, flushParts);
    }
    this.saveAnswer(answer);
  }

  /** Saves an answer's details, without its parts. */
  saveAnswer(answer: AssistantMessage): void {
    this.#unsaved.set(answer.id, answer);
    this.#attempt(() => {
      this.#saveUnsaved();
    });
  }

  /** Saves everything still waiting, if possible. */
  saveRest(conversation: Conversation, growingId?: string): void {
    this.#saveWaiting(conversation, growingId);
  }

  /** The conversation on disk, if it differs from `conversation`. */
  newer(conversation: Conversation): Conversation | undefined {
    if (!this.#exists || this.#isBehind) {
      return undefined;
    }
    return this.#attempt(() => {
      const revision = this.#store.revision(this.#id);
      if (revision === this.#revision && !awaitsAnswer(conversation)) {
        return undefined;
      }
      const loaded = this.#store.load(this.#id);
      this.#revision = loaded ? revision : this.#revision;
      return loaded;
    });
  }

  /** A chat deleted by another window that continues here is saved again as a whole. */
  #noticeErased({ messages }: Conversation): void {
    this.#attempt(() => {
      if (this.#exists && this.#revision > 0 && this.#store.revision(this.#id) === 0) {
        this.#exists = false;
        this.#revision = 0;
        this.#waiting = messages.map(({ id }) => id);
        // They are saved with all their text.
        this.#unwritten.clear();
        this.#unsaved.clear();
      }
    });
  }

  /** Writes what belongs to the conversation as a whole. */
  #note(write: () => void): void {
    if (this.#exists) {
      this.#attempt(() => {
        write();
        this.#noteWrite();
      });
    }
  }

  get #isBehind(): boolean {
    const messages = this.#waiting.length + this.#withdrawn.length;
    return messages + this.#unsaved.size + this.#unwritten.size > 0;
  }

  #saveWaiting(conversation: Conversation, growingId: string | undefined): void {
    if (!this.#isBehind) {
      return;
    }
    this.#attempt(() => {
      if (!this.#exists) {
        this.#store.create({ ...conversation, messages: [] });
        this.#exists = true;
      }
      for (const id of this.#withdrawn) {
        this.#store.withdraw(this.#id, id);
        this.#withdrawn = this.#withdrawn.filter((each) => each !== id);
        this.#noteWrite();
      }
      for (const message of conversation.messages.filter(({ id }) => this.#waiting.includes(id))) {
        this.#store.addMessage(this.#id, message.id === growingId ? { ...message, parts: [] } : message);
        this.#waiting = this.#waiting.filter((each) => each !== message.id);
        this.#noteWrite();
      }
      for (const [id, flushParts] of this.#unwritten) {
        if (flushParts()) {
          this.#unwritten.delete(id);
        }
      }
      this.#saveUnsaved();
    });
  }

  #saveUnsaved(): void {
    for (const [id, answer] of this.#unsaved) {
      this.#store.saveAnswer(answer);
      this.#noteWrite();
      this.#unsaved.delete(id);
    }
  }

  /** Notes its own write. If more was written, `newer` sees that another window did. */
  #noteWrite(): void {
    const revision = this.#store.revision(this.#id);
    if (revision === this.#revision + 1) {
      this.#revision = revision;
    }
  }

  #attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#onError(error);
      return undefined;
    }
  }
}

/** An answer growing in another window has no new revision, and may never end. */
function awaitsAnswer({ messages }: Conversation): boolean {
  return messages.some((each) => each.role === 'assistant' && each.answer.outcome.state === 'pending');
}
