import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import type { SessionChange } from '../../core/conversation/session/sessionChange.ts';
import type { AssistantMessage } from '../../core/conversation/message.ts';
import type { AnswerPart, ToolCallPart, ToolResultPart } from '../../core/conversation/part.ts';
import { parseJson } from '../../core/util/json.ts';
import type { AnswerPartView, ToolCallPartView } from '../../protocol/answerParts.ts';
import type { ChatChange } from '../../protocol/chatView.ts';

/** The parts of an answer as the panel draws them: a tool call together with its result. */
export function toPartViews({ parts, answer }: AssistantMessage): readonly AnswerPartView[] {
  const isOver = answer.outcome.state !== 'pending';
  return parts.flatMap((part, at) => toPartView(part, resultOf(parts, at), isOver) ?? []);
}

/** What a change of a part is to a view that shows its answer. */
export function partChangeOf(
  session: Pick<ChatSession, 'find'>,
  change: Extract<SessionChange, { readonly type: 'part' | 'append' }>,
): ChatChange | undefined {
  const { messageId } = change;
  const message = session.find(messageId);
  if (message?.role !== 'assistant') {
    return undefined;
  }
  if (change.type === 'append') {
    return { ...change, at: viewIndex(message.parts, change.at) };
  }
  const drawn = partViewAt(message, change.at);
  return drawn && { type: 'part', messageId, ...drawn };
}

/** A part of an answer as the panel draws it, and its place there; of a result, the call that it belongs to. */
function partViewAt(
  { parts, answer }: AssistantMessage,
  at: number,
): { readonly at: number; readonly part: AnswerPartView } | undefined {
  const place = parts[at]?.type === 'toolResult' ? callOf(parts, at) : at;
  const drawn = parts[place];
  const part = drawn && toPartView(drawn, resultOf(parts, place), answer.outcome.state !== 'pending');
  return part && { at: viewIndex(parts, place), part };
}

/** The place among the drawn parts: results and what was read in documents have none of their own. */
function viewIndex(parts: readonly AnswerPart[], at: number): number {
  return parts.slice(0, at).filter(({ type }) => type !== 'toolResult' && type !== 'parsedFiles').length;
}

function toPartView(
  part: AnswerPart,
  result: ToolResultPart | undefined,
  isOver: boolean,
): AnswerPartView | undefined {
  switch (part.type) {
    case 'text':
    case 'sources':
      return part;
    case 'reasoning': {
      const { type, text, durationMs } = part;
      return { type, text, ...(durationMs !== undefined && { durationMs }) };
    }
    case 'generatedImage':
      return { type: 'image', url: part.url };
    case 'toolCall':
      return toToolCallView(part, result, isOver);
    case 'toolResult':
    case 'parsedFiles':
      return undefined;
    default:
      return part satisfies never;
  }
}

function toToolCallView(
  { name, arguments: json }: ToolCallPart,
  result: ToolResultPart | undefined,
  isOver: boolean,
): ToolCallPartView {
  const value = parseJson(json);
  return {
    type: 'toolCall',
    name,
    arguments: value === undefined ? json : JSON.stringify(value, null, 2),
    state: result?.state ?? (isOver ? 'notRun' : 'waiting'),
    ...(result && { result: result.text }),
  };
}

/** The result of a call: the first behind it that names it. */
function resultOf(parts: readonly AnswerPart[], at: number): ToolResultPart | undefined {
  const call = parts[at];
  if (call?.type !== 'toolCall') {
    return undefined;
  }
  for (const part of parts.slice(at + 1)) {
    if (part.type === 'toolResult' && part.callId === call.id) {
      return part;
    }
    if (part.type === 'toolCall' && part.id === call.id) {
      return undefined;
    }
  }
  return undefined;
}

/** The call that a result belongs to: the last before it with that id. */
function callOf(parts: readonly AnswerPart[], at: number): number {
  const result = parts[at];
  return result?.type === 'toolResult'
    ? parts.findLastIndex(
        (part, place) => place < at && part.type === 'toolCall' && part.id === result.callId,
      )
    : -1;
}
