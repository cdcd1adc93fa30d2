import { estimateTokens } from '../../context/contextItem.ts';
import { promptTokens, type Message } from '../message.ts';
import type { ChatRequest } from './chatModel.ts';

/** Messages are immutable, so each is counted once. */
const known = new WeakMap<Message, number>();
const shapes = new WeakMap<object, number>();
/** Instructions stay the same between requests. */
let lastSystem = { text: '', tokens: 0 };

/** About how many tokens these messages take. */
export function tokensOfMessages(messages: readonly Message[]): number {
  return messages.reduce((sum, message) => sum + tokensOfMessage(message), 0);
}

/** About how many tokens the instructions take. */
export function tokensOfSystem(text: string): number {
  if (lastSystem.text !== text) {
    lastSystem = { text, tokens: estimateTokens(text) };
  }
  return lastSystem.tokens;
}

/** About how many tokens a request sends. */
export function tokensOfRequest({
  system,
  messages,
  schema,
  tools,
}: Pick<ChatRequest, 'system' | 'messages' | 'schema' | 'tools'>): number {
  return tokensOfSystem(system) + tokensOfMessages(messages) + tokensOfShape(schema) + tokensOfShape(tools);
}

/** A schema or a list of tools is a part of the prompt, too. */
function tokensOfShape(shape: object | undefined): number {
  if (!shape) {
    return 0;
  }
  const tokens = shapes.get(shape) ?? estimateTokens(JSON.stringify(shape));
  shapes.set(shape, tokens);
  return tokens;
}

function tokensOfMessage(message: Message): number {
  const tokens = known.get(message) ?? promptTokens([message]);
  known.set(message, tokens);
  return tokens;
}
