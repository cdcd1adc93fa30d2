import { asSaved } from '../../context/trusted.ts';
import { withMessage, withoutQuestion, type Conversation } from '../conversation.ts';
import type { ConversationStore } from './conversationStore.ts';
import type { AssistantMessage, Message, Part } from '../message.ts';

/** Keeps conversations as long as it lives, and nowhere else. */
export class MemoryStore implements ConversationStore {
  readonly #conversations = new Map<string, Conversation>();
  readonly #revisions = new Map<string, number>();

  /** How many conversations there are. */
  get size(): number {
    return this.#conversations.size;
  }

  load(conversationId: string): Conversation | undefined {
    return this.#conversations.get(conversationId);
  }

  revision(conversationId: string): number {
    return this.#revisions.get(conversationId) ?? 0;
  }

  create(conversation: Conversation): void {
    this.#conversations.set(conversation.id, { ...conversation, messages: [] });
  }

  add(conversation: Conversation): void {
    if (conversation.messages.some(({ id }) => this.#conversationOf(id))) {
      throw new Error('a message twice');
    }
    this.#conversations.set(conversation.id, conversation);
    this.#revisions.set(conversation.id, conversation.messages.length);
  }

  setTitle(conversationId: string, title: string): void {
    const conversation = this.#conversations.get(conversationId);
    if (conversation) {
      this.#conversations.set(conversationId, { ...conversation, title });
      this.#revisions.set(conversationId, this.revision(conversationId) + 1);
    }
  }

  setModel(conversationId: string, model: string | undefined): void {
    const conversation = this.#conversations.get(conversationId);
    if (conversation) {
      const { model: _previous, ...others } = conversation;
      this.#conversations.set(conversationId, { ...others, ...(model !== undefined && { model }) });
      this.#revisions.set(conversationId, this.revision(conversationId) + 1);
    }
  }

  addMessage(conversationId: string, message: Message): void {
    const conversation = this.#conversations.get(conversationId);
    if (!conversation || this.#conversationOf(message.id)) {
      throw new Error('no such conversation, or a message twice');
    }
    this.#change(conversation, message);
  }

  withdraw(conversationId: string, questionId: string): void {
    const conversation = this.#conversationOf(questionId);
    if (conversation?.id === conversationId) {
      this.#conversations.set(conversationId, withoutQuestion(conversation, questionId));
      this.#revisions.set(conversationId, this.revision(conversationId) + 1);
    }
  }

  appendPart(messageId: string, position: number, type: 'text' | 'reasoning', text: string): void {
    const conversation = this.#conversationOf(messageId);
    const message = conversation?.messages.find(({ id }) => id === messageId);
    if (!conversation || !message) {
      throw new Error('no such message');
    }
    const before = message.parts[position];
    const whole = before && 'text' in before ? before.text + text : text;
    const parts: readonly Part[] = [...message.parts.slice(0, position), { type, text: asSaved(whole) }];
    this.#conversations.set(conversation.id, withMessage(conversation, { ...message, parts }));
  }

  saveAnswer(message: AssistantMessage): void {
    const conversation = this.#conversationOf(message.id);
    const saved = conversation?.messages.find(({ id }) => id === message.id);
    if (conversation && saved) {
      this.#change(conversation, { ...message, parts: saved.parts });
    }
  }

  #conversationOf(messageId: string): Conversation | undefined {
    return [...this.#conversations.values()].find(({ messages }) =>
      messages.some(({ id }) => id === messageId),
    );
  }

  #change(conversation: Conversation, message: Message): void {
    this.#conversations.set(conversation.id, withMessage(conversation, message));
    this.#revisions.set(conversation.id, this.revision(conversation.id) + 1);
  }
}
