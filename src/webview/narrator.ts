import { effect, signal, type ReadonlySignal } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { AnswerState, AssistantMessageView, MessageView } from '../protocol/chatView.ts';
import { isOver } from './answerState.ts';
import { nothingTold, speak, type Told } from './spokenText.ts';
import type { ChatStore } from './store.ts';

const endings = (): Readonly<Record<AnswerState, string>> => ({
  waiting: t('Waiting for the answer.'),
  streaming: '',
  done: t('Answer finished.'),
  stopped: t('Answer stopped.'),
  interrupted: t('The answer was interrupted.'),
  cut: t('The answer reached the length limit.'),
  // The alert speaks for itself.
  failed: '',
});

/** Words for assistive technology. A new `turn` is spoken even when the words are the same as before. */
export interface Spoken {
  readonly turn: number;
  readonly words: string;
}

/** Tells assistive technology what arrives: sentences, not tokens. What was there before is not read out. */
export class Narrator {
  readonly #spoken = signal<Spoken>({ turn: 0, words: '' });
  #answer: { id: string; told: Told; state: AnswerState | undefined } | undefined;
  #conversationId: string | undefined;

  constructor(store: ChatStore) {
    effect(() => {
      const last = store.message(store.ids.value.at(-1) ?? '')?.value;
      if (store.header.value) {
        this.#follow(store.conversationId.value, last);
      }
    });
  }

  get spoken(): ReadonlySignal<Spoken> {
    return this.#spoken;
  }

  say(words: string): void {
    this.#spoken.value = { turn: this.#spoken.peek().turn + 1, words };
  }

  #follow(conversationId: string, message: MessageView | undefined): void {
    const isNews = conversationId === this.#conversationId;
    this.#conversationId = conversationId;
    if (message?.role !== 'assistant') {
      return;
    }
    const words = this.#tell(message);
    if (isNews && words !== '') {
      this.say(words);
    }
  }

  #tell({ id, state, text }: AssistantMessageView): string {
    const before = this.#answer?.id === id ? this.#answer : { id, told: nothingTold, state: undefined };
    const { words, told } = speak(text, before.told, isOver(state));
    this.#answer = { id, told, state };
    return [words, state === before.state ? '' : endings()[state]].filter((each) => each !== '').join(' ');
  }
}
