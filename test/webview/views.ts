import type { AnswerPartView, SourceView } from '../../src/protocol/answerParts.ts';
import type {
  AssistantMessageView,
  AttachmentView,
  ChatHeader,
  ChatView,
  MessageView,
  UserMessageView,
} from '../../src/protocol/chatView.ts';

/** A header with a key and nothing going on. */
export function aHeader(parts: Partial<ChatHeader> = {}): ChatHeader {
  return {
    key: 'set',
    model: { id: 'anthropic/claude-sonnet-4.5', name: 'Claude Sonnet 4.5' },
    title: '',
    attachments: [],
    busy: false,
    ...parts,
  };
}

/** A conversation at revision 1. */
export function aView(messages: readonly MessageView[] = [], header: Partial<ChatHeader> = {}): ChatView {
  return { revision: 1, conversationId: 'conversation', header: aHeader(header), messages };
}

export function aQuestion(text: string, parts: Partial<UserMessageView> = {}): UserMessageView {
  return { role: 'user', id: 'question', text, attachments: [], ...parts };
}

/** What an answer has beside its words, each as the part that it becomes. */
interface AnswerExtras extends Partial<AssistantMessageView> {
  readonly reasoning?: string;
  readonly durationMs?: number;
  readonly images?: readonly string[];
  readonly sources?: readonly SourceView[];
}

/** A finished answer: what was thought, then what is said, then the rest. One that has only begun to think says nothing. */
export function anAnswer(
  text: string,
  { reasoning, durationMs, images = [], sources, ...facts }: AnswerExtras = {},
): AssistantMessageView {
  const thought: AnswerPartView = {
    type: 'reasoning',
    text: reasoning ?? '',
    ...(durationMs !== undefined && { durationMs }),
  };
  const parts: readonly AnswerPartView[] = [
    ...(reasoning === undefined ? [] : [thought]),
    ...(reasoning !== undefined && text === '' ? [] : [{ type: 'text', text } as const]),
    ...images.map((url) => ({ type: 'image', url }) as const),
    ...(sources ? [{ type: 'sources', sources } as const] : []),
  ];
  return { role: 'assistant', id: 'answer', state: 'done', parts, ...facts };
}

export function anAttachment(parts: Partial<AttachmentView> = {}): AttachmentView {
  return { id: 'cart', label: 'cart.ts:10-24', languageId: 'typescript', tokens: 1_312, ...parts };
}
