import type { Message } from './message.ts';

/** A chat: its messages in the order they were written. */
export interface Conversation {
  readonly id: string;
  /** Empty until the first question. */
  readonly title: string;
  /** The chat's own model, if it differs from the default. */
  readonly model?: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly messages: readonly Message[];
  /** How much of it could not be read back, in messages and lone parts of them; absent where all could. */
  readonly unreadable?: number;
}

/** A new, empty chat. */
export function emptyConversation(id: string, createdAt: number): Conversation {
  return { id, title: '', createdAt, messages: [] };
}

/** Appends a message, or replaces the one with its id. */
export function withMessage(conversation: Conversation, message: Message): Conversation {
  const at = conversation.messages.findLastIndex((each) => each.id === message.id);
  const messages = at < 0 ? [...conversation.messages, message] : conversation.messages.with(at, message);
  return { ...conversation, messages };
}

/** Removes a question that was never sent; what followed it follows its predecessor. */
export function withoutQuestion(conversation: Conversation, questionId: string): Conversation {
  const question = conversation.messages.find(({ id }) => id === questionId);
  const messages = conversation.messages
    .filter((message) => message !== question)
    .map((message) => (message.parentId === questionId ? withParent(message, question?.parentId) : message));
  return { ...conversation, messages };
}

function withParent(message: Message, parentId: string | undefined): Message {
  const { parentId: _parentId, ...others } = message;
  return { ...others, ...(parentId !== undefined && { parentId }) };
}

/**
 * The messages from the first to this one, along the chain of parents. A question queued behind another follows that
 * question; the answer belongs between them.
 */
export function pathTo({ messages }: Conversation, last: Message): readonly Message[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path: Message[] = [last];
  for (let parent = byId.get(last.parentId ?? ''); parent; parent = byId.get(parent.parentId ?? '')) {
    const question = parent;
    if (question.role === 'user' && path[0]?.role === 'user') {
      const answer = messages.findLast((each) => each.role === 'assistant' && each.parentId === question.id);
      path.unshift(...(answer ? [answer] : []));
    }
    path.unshift(question);
  }
  return path;
}

const titleLength = 60;

/** A title from the first line of the first question, cut at a word. */
export function titleFrom(question: string): string {
  const line = question.trim().split(/\r?\n/, 1)[0]?.replace(/\s+/g, ' ') ?? '';
  if (line.length <= titleLength) {
    return line;
  }
  const cut = line.slice(0, titleLength + 1);
  const space = cut.lastIndexOf(' ');
  const words = cut.slice(0, space > titleLength / 2 ? space : titleLength).trimEnd();
  // Half a surrogate pair can be neither drawn nor saved.
  return `${words.replace(/[\uD800-\uDBFF]$/, '')}…`;
}
