import { renderContextItem, type ContextItem } from '../../context/contextItem.ts';
import type { ChatRequest } from '../../conversation/generation/chatModel.ts';
import { roundsOf, type Round } from '../../conversation/answerParts.ts';
import { originOf } from '../../conversation/generations.ts';
import {
  contextOf,
  mediaOf,
  promptTokens,
  textOf,
  type AssistantMessage,
  type Message,
  type UserMessage,
} from '../../conversation/message.ts';
import type { MediaPart, ToolCall } from '../../conversation/part.ts';
import type { ServerKind } from '../../model/server.ts';
import { objectIn, parseJson } from '../../util/json.ts';

/** Marks the end of a prefix that will be sent again. */
interface CacheMark {
  readonly cache_control?: { readonly type: 'ephemeral' };
}

/** A piece of a message's content, in the service's form. */
type WirePart =
  | ({ readonly type: 'text'; readonly text: string } & CacheMark)
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } }
  | { readonly type: 'file'; readonly file: { readonly filename: string; readonly file_data: string } }
  | {
      readonly type: 'input_audio';
      readonly input_audio: { readonly data: string; readonly format: string };
    };

/** A call as the service takes it back. */
interface WireToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/** One message in the service's form. */
export type WireMessage =
  | { readonly role: 'system' | 'user'; readonly content: string | readonly WirePart[] }
  | {
      readonly role: 'assistant';
      /** `null` where a model has only called tools: some providers refuse empty words. */
      readonly content: string | null;
      readonly tool_calls?: readonly WireToolCall[];
      readonly reasoning?: string;
      readonly reasoning_details?: readonly unknown[];
      /** What the service read in documents, so that it doesn't read them again. */
      readonly annotations?: readonly unknown[];
    }
  | { readonly role: 'tool'; readonly tool_call_id: string; readonly content: string };

/** The conversation in the service's form, instructions first. */
export function toWireMessages(request: ChatRequest, kind: ServerKind): readonly WireMessage[] {
  const marks = kind === 'openrouter' && request.explicitCache === true;
  const lastLong = marks ? request.messages.findLast(hasLongContext) : undefined;
  const ends = marks ? endsToMark(request.messages) : [];
  const last = request.messages.at(-1);
  return [
    { role: 'system', content: marks ? [markedText(request.system)] : request.system },
    ...request.messages.flatMap((message) => {
      if (message.role === 'user') {
        const cut = { marked: message === lastLong, endMarked: ends.includes(message) };
        return toQuestion(message, marks ? cut : undefined);
      }
      return toAnswer(
        message,
        { isKept: kind === 'openrouter' && isOf(message, request.model), kind },
        message === last,
      );
    }),
  ];
}

/**
 * The questions at whose end a chat is cached: the last two, so that the next request reads what this one writes. Writing
 * costs more than reading, so a question that nothing has come before isn't marked.
 */
function endsToMark(messages: readonly Message[]): readonly Message[] {
  const goesOn = messages.some(({ role }) => role === 'assistant');
  return goesOn && promptTokens(messages) >= worthCaching
    ? messages.filter(({ role }) => role === 'user').slice(-2)
    : [];
}

/** Providers don't cache shorter prefixes, so marking one would be useless. */
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
 * The context comes before the question, so that the question is read last. Where caching must be requested, the
 * content is always split after its last long item: a message must be identical in later requests, and only the marker
 * moves.
 */
function toQuestion(
  message: UserMessage,
  cut?: { readonly marked: boolean; readonly endMarked: boolean },
): WireMessage {
  const items = contextOf(message);
  const texts = [...items.map(renderContextItem), textOf(message)].filter((text) => text !== '');
  const media = mediaOf(message).map(toMediaPart);
  const prefixLength = cut ? items.findLastIndex(isLong) + 1 : 0;
  if (!cut && media.length === 0) {
    return { role: 'user', content: texts.join('\n\n') };
  }
  const prefix = texts.slice(0, prefixLength).join('\n\n');
  const rest = texts.slice(prefixLength).join('\n\n');
  const content = [
    ...(prefix === '' ? [] : [cut?.marked === true ? markedText(prefix) : toTextPart(prefix)]),
    ...media,
    ...(rest === '' ? [] : [cut?.endMarked === true ? markedText(rest) : toTextPart(rest)]),
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

/**
 * An answer in the rounds in which it came, each with its calls and then their results. At the end of a request the
 * last round is one that the model is to continue, unless it waits for what came of its calls.
 */
function toAnswer(
  { parts }: AssistantMessage,
  reasoning: Reasoning,
  isLast: boolean,
): readonly WireMessage[] {
  const rounds = roundsOf(parts);
  return rounds.flatMap((round, at) =>
    isLast && at === rounds.length - 1 && round.calls.length === 0
      ? toPrefill(round)
      : toRound(round, reasoning),
  );
}

/** Whether what a model thought goes back to it. */
interface Reasoning {
  readonly isKept: boolean;
  readonly kind: ServerKind;
}

/** Whether this model gave an answer, or was asked for it: another one refuses the signatures of its thoughts. */
function isOf({ answer }: AssistantMessage, model: string): boolean {
  return answer.requestedModel === model || originOf(answer).model === model;
}

/**
 * Reasoning goes back unchanged, because providers check its signatures. A round without a word or a call is left out;
 * so is a call that nobody has answered, which no provider takes.
 */
function toRound(round: Round, { isKept, kind }: Reasoning): readonly WireMessage[] {
  const text = wordsOf(round, 'text');
  if (text === '' && round.calls.length === 0) {
    return [];
  }
  const calls = round.calls.map(({ call }) => toWireCall(call));
  return [
    {
      role: 'assistant',
      content: text === '' ? null : text,
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(isKept && reasoningIn(round)),
      ...(kind === 'openrouter' && parsedFilesOf(round)),
    },
    ...round.calls.map(
      ({ call, result }) => ({ role: 'tool', tool_call_id: call.id, content: result.text }) as const,
    ),
  ];
}

function reasoningIn(round: Round): {
  readonly reasoning_details?: readonly unknown[];
  readonly reasoning?: string;
} {
  const last = round.parts.findLast((part) => part.type === 'reasoning' && (part.details?.length ?? 0) > 0);
  if (last?.type === 'reasoning' && last.details) {
    return { reasoning_details: last.details };
  }
  const reasoning = wordsOf(round, 'reasoning');
  return reasoning === '' ? {} : { reasoning };
}

function parsedFilesOf({ parts }: Round): { readonly annotations?: readonly unknown[] } {
  const files = parts.flatMap((part) => (part.type === 'parsedFiles' ? part.files : []));
  return files.length === 0 ? {} : { annotations: files };
}

/** Arguments that are no JSON object would make the provider refuse the whole conversation. */
function toWireCall({ id, name, arguments: json }: ToolCall): WireToolCall {
  return { id, type: 'function', function: { name, arguments: objectIn(parseJson(json)) ? json : '{}' } };
}

/**
 * What the model said so far and is to continue. Its thoughts broke off with it and carry no signature, and providers
 * refuse words that end in white space.
 */
function toPrefill(round: Round): readonly WireMessage[] {
  const content = wordsOf(round, 'text').trimEnd();
  return content === '' ? [] : [{ role: 'assistant', content }];
}

/** What a round says, exactly as it came. */
function wordsOf({ parts }: Round, type: 'text' | 'reasoning'): string {
  return parts.map((part) => (part.type === type ? part.text : '')).join('');
}
