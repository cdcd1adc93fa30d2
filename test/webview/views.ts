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

/** A finished answer. */
export function anAnswer(text: string, parts: Partial<AssistantMessageView> = {}): AssistantMessageView {
  return { role: 'assistant', id: 'answer', state: 'done', reasoning: '', text, ...parts };
}

export function anAttachment(parts: Partial<AttachmentView> = {}): AttachmentView {
  return { id: 'cart', label: 'cart.ts:10-24', languageId: 'typescript', tokens: 1_312, ...parts };
}
