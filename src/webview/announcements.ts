import type { AnswerState, MessageView } from '../protocol/chatView.ts';

/** What an assistive technology has been told of one answer. */
export interface Told {
  readonly id: string;
  readonly length: number;
  readonly state: AnswerState;
}

const states: Readonly<Record<AnswerState, string>> = {
  waiting: 'Waiting for the answer.',
  streaming: '',
  done: 'Answer finished.',
  stopped: 'Answer stopped.',
  interrupted: 'The answer was interrupted.',
  cut: 'The answer reached the length limit.',
  // The alert speaks for itself.
  failed: '',
};

/** The next words to announce of an answer: whole sentences only while it grows, then the rest and how it ended. */
export function announce(
  message: MessageView,
  told: Told | undefined,
): { words: string; told: Told } | undefined {
  if (message.role !== 'assistant') {
    return undefined;
  }
  const before = told?.id === message.id ? told : { id: message.id, length: 0, state: undefined };
  const over = message.state !== 'waiting' && message.state !== 'streaming';
  const rest = message.text.slice(before.length);
  const sentences = over ? rest : rest.slice(0, endOfSentences(rest));
  const state = message.state === before.state ? '' : states[message.state];
  const words = [sentences.trim(), state].filter((each) => each !== '').join(' ');
  if (words === '' && message.state === before.state) {
    return undefined;
  }
  return { words, told: { id: message.id, length: before.length + sentences.length, state: message.state } };
}

/** Where the last finished sentence or line ends; 0 when none has. */
function endOfSentences(text: string): number {
  let end = 0;
  for (const match of text.matchAll(/[.!?…:]\s|\n/g)) {
    end = match.index + match[0].length;
  }
  return end;
}
