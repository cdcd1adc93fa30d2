import { answerIn, type ComparedModel } from '../../core/conversation/session/comparison.ts';
import type { AssistantMessageView } from '../../protocol/chatView.ts';
import { isOutsideRemedy, type RemedyKind } from '../../protocol/remedies.ts';
import { toMessageView } from '../answers/messageView.ts';

/** With another model or other settings, an answer would be no part of the comparison any more. */
function isOffered(kind: RemedyKind): boolean {
  return kind === 'tryAgain' || kind === 'continue' || (isOutsideRemedy(kind) && kind !== 'switchModel');
}

/** One model's answer as its column shows it, even before it starts. */
export function comparedView(
  compared: ComparedModel,
  nameOf: (model: string) => string,
): AssistantMessageView {
  const answer = answerIn(compared);
  const view = answer && toMessageView(answer, { nameOf });
  if (view?.role !== 'assistant') {
    return {
      role: 'assistant',
      id: compared.session.conversation.id,
      state: 'waiting',
      parts: [],
    };
  }
  return view.alert
    ? {
        ...view,
        alert: { ...view.alert, remedies: view.alert.remedies.filter(({ kind }) => isOffered(kind)) },
      }
    : view;
}
