import type { Conversation } from '../conversation.ts';
import type { GrowingType } from '../answerParts.ts';
import type { AssistantMessage, Message } from '../message.ts';
import type { AnswerPart } from '../part.ts';

/** Stores conversations on disk. Every call is durable when it returns; windows share one store. */
export interface ConversationStore {
  /** The whole conversation; absent if it isn't there. */
  load(conversationId: string): Conversation | undefined;
  /**
   * Increases by one with every message added or withdrawn and every answer saved, in any window; 0 if the conversation
   * is new or unknown.
   */
  revision(conversationId: string): number;
  create(conversation: Conversation): void;
  /** Stores an imported conversation, all or nothing. */
  add(conversation: Conversation): void;
  setTitle(conversationId: string, title: string): void;
  /** Saves a conversation's own model, or that it has none. */
  setModel(conversationId: string, model: string | undefined): void;
  addMessage(conversationId: string, message: Message): void;
  /** Removes a question that was never sent; what followed it follows its predecessor. */
  withdraw(conversationId: string, questionId: string): void;
  /** Extends a part of an answer; the first text creates the part. */
  appendPart(messageId: string, position: number, type: GrowingType, text: string): void;
  /** Saves a part of an answer as a whole: a new one, or another in its place. */
  putPart(messageId: string, position: number, part: AnswerPart): void;
  /** Saves an answer's details, without its parts. */
  saveAnswer(message: AssistantMessage): void;
}
