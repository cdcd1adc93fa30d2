import type { Conversation } from '../conversation.ts';
import type { ConversationStore } from './conversationStore.ts';
import type { AssistantMessage } from '../message.ts';

/**
 * One conversation on the disk: what could not be written is written later, in order, and what another window has
 * written is noticed. Failures are told, never thrown: the words on the screen must not depend on the disk.
 */
export class ConversationPersistence {
  readonly #store: ConversationStore;
  readonly #id: string;
  readonly #onError: (error: unknown) => void;
  #exists: boolean;
  #revision: number;
  /** The ids of messages that could not be saved yet, and of withdrawn ones that could not be taken away. */
  #waiting: readonly string[] = [];
  #withdrawn: readonly string[] = [];
  /** Answers of which something could not be saved: what is known of them, and what they say. */
  readonly #unsaved = new Map<string, AssistantMessage>();
  readonly #unwritten = new Map<string, () => boolean>();

  constructor(store: ConversationStore, id: string, exists: boolean, onError: (error: unknown) => void) {
    this.#store = store;
    this.#id = id;
    this.#onError = onError;
    this.#exists = exists;
    this.#revision = exists ? store.revision(id) : 0;
  }

  /**
   * Saves a new message, after those that still wait. The parts of the answer on its way are not saved here but by
   * its writer, as they grow.
   */
  add(conversation: Conversation, messageId: string, growingId?: string): void {
    this.#noticeErased(conversation);
    this.#waiting = [...new Set([...this.#waiting, messageId])];
    this.#saveWaiting(conversation, growingId);
  }

  /** Takes a question away that was never asked, be it on the disk already or not. */
  withdraw(conversation: Conversation, questionId: string, growingId?: string): void {
    if (this.#waiting.includes(questionId)) {
      this.#waiting = this.#waiting.filter((each) => each !== questionId);
    } else {
      this.#withdrawn = [...this.#withdrawn, questionId];
    }
    this.#saveWaiting(conversation, growingId);
  }

  /** Saves the model of the conversation; one that is not kept yet will be kept with it. */
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
   * Saves the end of an answer: its message if that still waits, then its parts, which `flushParts` writes. It says
   * whether it could; if not, it is asked again.
   */
  end(conversation: Conversation, answer: AssistantMessage, flushParts: () => boolean): void {
    this.#saveWaiting(conversation, answer.id);
    if (!flushParts() && !this.#waiting.includes(answer.id)) {
      this.#unwritten.set(answer.id, flushParts);
    }
    this.saveAnswer(answer);
  }

  /** Saves what is known of an answer besides its parts. */
  saveAnswer(answer: AssistantMessage): void {
    this.#unsaved.set(answer.id, answer);
    this.#attempt(() => {
      this.#saveUnsaved();
    });
  }

  /** Saves what could not be saved so far, if it can be now. */
  saveRest(conversation: Conversation, growingId?: string): void {
    this.#saveWaiting(conversation, growingId);
  }

  /** The conversation as it is on the disk, if that is not what `conversation` is. */
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

  /** A chat that another window has deleted for good, and that goes on here, is saved anew as a whole. */
  #noticeErased({ messages }: Conversation): void {
    this.#attempt(() => {
      if (this.#exists && this.#revision > 0 && this.#store.revision(this.#id) === 0) {
        this.#exists = false;
        this.#revision = 0;
        this.#waiting = messages.map(({ id }) => id);
        // They are saved with all that they say.
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

  /** Notes a write of its own. Where more has been written, `newer` will see that another window did. */
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

/** An answer that another window writes grows without a new revision, and its end may never come. */
function awaitsAnswer({ messages }: Conversation): boolean {
  return messages.some((each) => each.role === 'assistant' && each.answer.outcome.state === 'pending');
}
