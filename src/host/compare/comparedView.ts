import { answerIn, type ComparedModel } from '../../core/conversation/session/comparison.ts';
import type { AssistantMessageView, Remedy } from '../../protocol/chatView.ts';
import { toMessageView } from '../answers/messageView.ts';

/** The ways on that leave the comparison one: with another model or other settings, an answer is no part of it. */
const offered: ReadonlySet<Remedy['kind']> = new Set([
  'signIn',
  'setApiKey',
  'addCredits',
  'privacySettings',
  'openSettings',
  'continue',
  'tryAgain',
]);

/** The answer of one of the models as its column draws it, from before it has begun. */
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
      reasoning: '',
      text: '',
    };
  }
  return view.alert
    ? {
        ...view,
        alert: { ...view.alert, remedies: view.alert.remedies.filter(({ kind }) => offered.has(kind)) },
      }
    : view;
}
