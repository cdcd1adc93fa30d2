import type { Conversation } from './conversation.ts';
import type { Message } from './message.ts';

/**
 * A new conversation that starts with these messages of another. The cost stays with the original: it was paid once.
 */
export function forkOf(
  { title, model }: Pick<Conversation, 'title' | 'model'>,
  messages: readonly Message[],
  { newId, now }: { readonly newId: () => string; readonly now: () => number },
): Conversation {
  const copies: Message[] = [];
  for (const message of messages) {
    const parent = copies.at(-1);
    copies.push({ ...unpaid(message), id: newId(), ...(parent && { parentId: parent.id }) });
  }
  return { id: newId(), title, ...(model !== undefined && { model }), createdAt: now(), messages: copies };
}

function unpaid(message: Message): Message {
  const { parentId: _parent, ...own } = message;
  if (own.role === 'user') {
    return own;
  }
  const generations = own.answer.generations.map(
    ({ usage: _usage, generationId: _generation, ...origin }) => origin,
  );
  return { ...own, answer: { ...own.answer, generations } };
}
