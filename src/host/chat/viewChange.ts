import type { ChatSession } from '../../core/conversation/session/chatSession.ts';
import type { SessionChange } from '../../core/conversation/session/sessionChange.ts';
import type { ChatChange } from '../../protocol/chatView.ts';
import type { KnownModels } from '../words/report.ts';
import { toMessageView } from '../answers/messageView.ts';

/** What a change of a session is to a view of it: a step, everything anew, or nothing, as for a version out of sight. */
export function viewChangeOf(
  session: ChatSession,
  change: SessionChange,
  models?: KnownModels,
): ChatChange | 'replaced' | undefined {
  switch (change.type) {
    case 'message': {
      const shown = session.visible.find(({ message }) => message.id === change.message.id);
      if (!shown) {
        return undefined;
      }
      const { message, versions } = shown;
      return {
        type: 'message',
        message: toMessageView(message, models, versions, session.isQueued(message.id)),
      };
    }
    case 'withdrawn':
      return change;
    case 'append':
      return session.isVisible(change.messageId) ? change : undefined;
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
