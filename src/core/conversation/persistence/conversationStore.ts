import type { Conversation } from '../conversation.ts';
import type { GrowingType } from '../answerParts.ts';
import type { AssistantMessage, Message } from '../message.ts';
import type { AnswerPart } from '../part.ts';

/** Keeps conversations on disk. Every call is durable when it returns; several windows share one store. */
export interface ConversationStore {
  /** The whole conversation, or nothing when it is not (or no longer) there. */
  load(conversationId: string): Conversation | undefined;
  /**
   * A number that rises by one with every message that is added or withdrawn and every answer that is saved, whichever window
   * did it; 0 when the conversation is new or unknown.
   */
  revision(conversationId: string): number;
  create(conversation: Conversation): void;
  /** Keeps a conversation that comes from elsewhere: all of it, or nothing where that fails. */
  add(conversation: Conversation): void;
  setTitle(conversationId: string, title: string): void;
  /** Saves the model of a conversation, or that it has none of its own. */
  setModel(conversationId: string, model: string | undefined): void;
  addMessage(conversationId: string, message: Message): void;
  /** Takes a question away that was never asked; what followed it then follows what it followed. */
  withdraw(conversationId: string, questionId: string): void;
  /** Grows a part of an answer; the part begins with the first text. */
  appendPart(messageId: string, position: number, type: GrowingType, text: string): void;
  /** Saves a part of an answer as a whole: a new one, or another in its place. */
  putPart(messageId: string, position: number, part: AnswerPart): void;
  /** Saves what is known of an answer besides its parts. */
  saveAnswer(message: AssistantMessage): void;
}
