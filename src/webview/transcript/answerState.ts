import type { AnswerState } from '../../protocol/chatView.ts';

/** Whether an answer has ended, however it did. */
export function isOver(state: AnswerState): boolean {
  return state !== 'waiting' && state !== 'streaming';
}
