import { usefulTokens } from '../../model/requestSettings.ts';
import type { Model } from '../../model/model.ts';
import type { ChatRequest } from '../generation/chatModel.ts';
import { tokensOfMessages, tokensOfRequest } from '../generation/tokenCounter.ts';
import type { Message } from '../message.ts';

/** Why a request is too long: its tokens, and those that the model reads. */
export interface LengthProblem {
  readonly tokens: number;
  readonly contextLength: number;
  /** How many of the oldest messages have to be left out; 0 if that doesn't help. */
  readonly oldest: number;
}

/** Says that a request doesn't fit its models, or leaves no room for an answer; absent as long as that isn't known. */
export function lengthProblemOf(
  request: ChatRequest,
  find: (id: string) => Model | undefined,
): LengthProblem | undefined {
  const contextLength = contextLengthOf(request, find);
  const tokens = tokensOfRequest(request);
  if (request.contextCompression === true || tokens + answerRoom(request) <= contextLength) {
    return undefined;
  }
  const around = tokens - tokensOfMessages(request.messages);
  return { tokens, contextLength, oldest: oldestToLeaveOut(request.messages, contextLength - around) };
}

/**
 * How many of the oldest messages to leave out, so that the others and an answer take no more tokens than this. What is
 * left begins with a question and ends with the last one; 0 where that alone takes more.
 */
export function oldestToLeaveOut(messages: readonly Message[], room: number): number {
  let tokens = tokensOfMessages(messages);
  for (const [at, message] of messages.entries()) {
    if (message.role === 'user' && tokens + usefulTokens <= room) {
      return at;
    }
    tokens -= tokensOfMessages([message]);
  }
  return 0;
}

/** What the most capable of the models reads: the service asks the others where one can't. */
export function contextLengthOf(
  { model, fallbackModels = [] }: Pick<ChatRequest, 'model' | 'fallbackModels'>,
  find: (id: string) => Model | undefined,
): number {
  return Math.max(...[model, ...fallbackModels].map((id) => find(id)?.contextLength ?? Infinity));
}

/** A request may already have been fitted to the room that is left. */
function answerRoom({ schema }: ChatRequest): number {
  return schema ? 0 : usefulTokens;
}
