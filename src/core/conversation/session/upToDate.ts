import { RequestError } from '../../model/requestError.ts';
import { pathTo, type Conversation } from '../conversation.ts';
import type { Message } from '../message.ts';
import type { PreparedRequest } from './preparedRequest.ts';

/**
 * The request with what the conversation holds by now, up to the message that it is about, and from the one that it
 * begins with; the very request that was prepared where that is the same. A question that waited for an answer goes with
 * that answer.
 */
export function broughtUpToDate(
  { request, standsAlone }: PreparedRequest,
  conversation: Conversation,
  about: Message,
): PreparedRequest['request'] {
  if (request instanceof RequestError || standsAlone) {
    return request;
  }
  const path = pathTo(conversation, about);
  const from = path.findIndex(({ id }) => id === request.messages[0]?.id);
  const messages = path.slice(Math.max(0, from));
  const isSame =
    messages.length === request.messages.length &&
    messages.every((message, at) => message === request.messages[at]);
  return isSame ? request : { ...request, messages };
}
