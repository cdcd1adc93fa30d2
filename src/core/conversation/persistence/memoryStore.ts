import { asSaved } from '../../context/trusted.ts';
import { withMessage, withoutQuestion, type Conversation } from '../conversation.ts';
import type { ConversationStore } from './conversationStore.ts';
import type { GrowingType } from '../answerParts.ts';
import type { AssistantMessage, Message } from '../message.ts';
import type { AnswerPart } from '../part.ts';

/** Stores conversations in memory only. */
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

  appendPart(messageId: string, position: number, type: GrowingType, text: string): void {
    const before = this.#answer(messageId).parts[position];
    const whole = before?.type === type ? before.text + text : text;
    this.putPart(messageId, position, { ...(before?.type === type && before), type, text: asSaved(whole) });
  }

  putPart(messageId: string, position: number, part: AnswerPart): void {
    const answer = this.#answer(messageId);
    const parts =
      position < answer.parts.length ? answer.parts.with(position, part) : [...answer.parts, part];
    const conversation = this.#conversationOf(messageId);
    if (conversation) {
      this.#conversations.set(conversation.id, withMessage(conversation, { ...answer, parts }));
    }
  }

  saveAnswer(message: AssistantMessage): void {
    const conversation = this.#conversationOf(message.id);
    const saved = conversation?.messages.find(({ id }) => id === message.id);
    if (conversation && saved?.role === 'assistant') {
      this.#change(conversation, { ...message, parts: saved.parts });
    }
  }

  #answer(messageId: string): AssistantMessage {
    const message = this.#conversationOf(messageId)?.messages.find(({ id }) => id === messageId);
    if (message?.role !== 'assistant') {
      throw new Error('no such answer');
    }
    return message;
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
