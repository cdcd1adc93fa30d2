import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import type { SessionChange } from '../../core/conversation/session/sessionChange.ts';
import type { ChatChange } from '../../protocol/chatView.ts';
import type { KnownModels } from '../words/report.ts';
import { toMessageView } from '../answers/messageView.ts';
import { partChangeOf } from '../answers/partView.ts';

/** What a session change means for a view: a delta, a reload, or nothing, as for a hidden version. */
export function viewChangeOf(
  session: ChatSession,
  change: SessionChange,
  models?: KnownModels,
): ChatChange | 'replaced' | undefined {
  switch (change.type) {
    case 'message':
      return wholeMessage(session, change.message.id, models);
    case 'part':
    case 'append':
      return session.isVisible(change.messageId) ? partChangeOf(session, change) : undefined;
    case 'withdrawn':
      return change;
    case 'reloaded':
      return 'replaced';
    case 'head':
    case 'ended':
    case 'settled':
    case 'saveFailed':
      return undefined;
    default:
      return change satisfies never;
  }
}

function wholeMessage(
  session: ChatSession,
  messageId: string,
  models: KnownModels | undefined,
): ChatChange | undefined {
  const shown = session.visible.find(({ message }) => message.id === messageId);
  return (
    shown && {
      type: 'message',
      message: toMessageView(shown.message, models, shown.versions, session.isQueued(messageId)),
    }
  );
}
