import { renderContextItem, type ContextItem } from '../../context/contextItem.ts';
import type { ChatRequest } from '../../conversation/generation/chatModel.ts';
import {
  contextOf,
  mediaOf,
  reasoningOf,
  textOf,
  type AssistantMessage,
  type MediaPart,
  type Message,
  type UserMessage,
} from '../../conversation/message.ts';
import type { ServerKind } from '../../model/server.ts';

/** Marks the end of a prefix that will come again. */
interface CacheMark {
  readonly cache_control?: { readonly type: 'ephemeral' };
}

/** A piece of a message's content, in the service's own form. */
type WirePart =
  | ({ readonly type: 'text'; readonly text: string } & CacheMark)
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } }
  | { readonly type: 'file'; readonly file: { readonly filename: string; readonly file_data: string } }
  | {
      readonly type: 'input_audio';
      readonly input_audio: { readonly data: string; readonly format: string };
    };

/** One message as the service takes it. */
export interface WireMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string | readonly WirePart[];
  readonly reasoning?: string;
  readonly reasoning_details?: readonly unknown[];
}

/** The conversation as the service takes it, instructions first. */
export function toWireMessages(request: ChatRequest, kind: ServerKind): readonly WireMessage[] {
  const marks = kind === 'openrouter' && request.explicitCache === true;
  const lastLong = marks ? request.messages.findLast(hasLongContext) : undefined;
  const last = request.messages.at(-1);
  return [
    { role: 'system', content: marks ? [markedText(request.system)] : request.system },
    ...request.messages.flatMap((message) => {
      if (message.role === 'user') {
        return toQuestion(message, marks ? { marked: message === lastLong } : undefined);
      }
      return (message === last ? toPrefill(message) : toAnswer(message, kind)) ?? [];
    }),
  ];
}

/** Below this no provider keeps a prefix, and marking it would be for nothing. */
const worthCaching = 1_024;

function hasLongContext(message: Message): boolean {
  return contextOf(message).some(isLong);
}

function isLong({ tokens }: ContextItem): boolean {
  return tokens >= worthCaching;
}

function markedText(text: string): WirePart {
  return { type: 'text', text, cache_control: { type: 'ephemeral' } };
}

/**
 * The context comes before the question, so that the words to answer are the last ones read. Where prefixes are
 * cached on request, the content is always cut behind its last long item: the same message must read the same in
 * every later request, and only the mark moves on.
 */
function toQuestion(message: UserMessage, cut?: { readonly marked: boolean }): WireMessage {
  const items = contextOf(message);
  const texts = [...items.map(renderContextItem), textOf(message)].filter((text) => text !== '');
  const media = mediaOf(message).map(toMediaPart);
  const prefixLength = cut ? items.findLastIndex(isLong) + 1 : 0;
  if (prefixLength === 0 && media.length === 0) {
    return { role: 'user', content: texts.join('\n\n') };
  }
  const prefix = texts.slice(0, prefixLength).join('\n\n');
  const rest = texts.slice(prefixLength).join('\n\n');
  const content = [
    ...(prefix === '' ? [] : [cut?.marked === true ? markedText(prefix) : toTextPart(prefix)]),
    ...media,
    ...(rest === '' ? [] : [toTextPart(rest)]),
  ];
  return { role: 'user', content };
}

function toTextPart(text: string): WirePart {
  return { type: 'text', text };
}

function toMediaPart(part: MediaPart): WirePart {
  switch (part.type) {
    case 'image':
      return { type: 'image_url', image_url: { url: part.url } };
    case 'file':
      return { type: 'file', file: { filename: part.name, file_data: part.url } };
    case 'audio':
      return { type: 'input_audio', input_audio: { data: part.data, format: part.format } };
    default:
      return part satisfies never;
  }
}

/** Reasoning goes back unchanged, because providers check its signatures. An answer that never began is left out. */
function toAnswer(message: AssistantMessage, kind: ServerKind): WireMessage | undefined {
  const content = textOf(message);
  if (content === '') {
    return undefined;
  }
  const details = message.answer.reasoningDetails;
  if (kind === 'other') {
    return { role: 'assistant', content };
  }
  if (details !== undefined && details.length > 0) {
    return { role: 'assistant', content, reasoning_details: details };
  }
  const reasoning = reasoningOf(message);
  return { role: 'assistant', content, ...(reasoning === '' ? {} : { reasoning }) };
}

/**
 * A partial answer that the model is to continue. Its thoughts broke off with it and carry no signature, and providers
 * refuse one that ends in white space.
 */
function toPrefill(message: AssistantMessage): WireMessage | undefined {
  const content = textOf(message).trimEnd();
  return content === '' ? undefined : { role: 'assistant', content };
}
