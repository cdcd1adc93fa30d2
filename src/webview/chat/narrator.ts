import { effect } from '@preact/signals';
import { t } from '@vscode/l10n';
import { answerText } from '../../protocol/answerParts.ts';
import {
  isOver,
  type AnswerState,
  type AssistantMessageView,
  type AttachmentView,
} from '../../protocol/chatView.ts';
import { nothingTold, speak, type Told } from '../transcript/spokenText.ts';
import { Announcements } from '../shared/announcements.ts';
import type { ChatStore } from '../shared/store.ts';

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

/** Tells assistive technology what arrives: sentences, not tokens. What was there before is not read out. */
export class Narrator extends Announcements {
  #answer: { id: string; told: Told; state: AnswerState | undefined } | undefined;
  #conversationId: string | undefined;
  /** The ids of the questions that waited for their turn when that was last looked at. */
  #waiting: readonly string[] = [];
  /** The ids of what was attached when that was last looked at. */
  #attached: ReadonlySet<string> | undefined;

  constructor(store: ChatStore) {
    super();
    effect(() => {
      const { answer, waiting } = endOf(store);
      if (store.header.value) {
        this.#follow(store.conversationId.value, answer, waiting);
      }
    });
    effect(() => {
      const { header } = store;
      if (header.value) {
        this.#tellAttached(header.value.attachments);
      }
    });
  }

  #follow(
    conversationId: string,
    message: AssistantMessageView | undefined,
    waiting: readonly string[],
  ): void {
    const isNews = conversationId === this.#conversationId;
    this.#conversationId = conversationId;
    const words = [message ? this.#tell(message) : '', this.#tellWaiting(waiting)];
    const news = words.filter((each) => each !== '').join(' ');
    if (isNews && news !== '') {
      this.say(news);
    }
  }

  #tellWaiting(waiting: readonly string[]): string {
    const before = this.#waiting;
    this.#waiting = waiting;
    return waiting.some((id) => !before.includes(id))
      ? t('The question is queued until the answer finishes.')
      : '';
  }

  /** What is attached by other ways than the composer's own buttons would go unnoticed. */
  #tellAttached(attachments: readonly AttachmentView[]): void {
    const before = this.#attached;
    this.#attached = new Set(attachments.map(({ id }) => id));
    const added = attachments.filter(({ id }) => before?.has(id) === false);
    const [first] = added;
    if (first) {
      this.say(added.length === 1 ? t('{0} attached.', first.label) : t('{0} items attached.', added.length));
    }
  }

  #tell({ id, state, parts }: AssistantMessageView): string {
    const before = this.#answer?.id === id ? this.#answer : { id, told: nothingTold, state: undefined };
    const { words, told } = speak(answerText(parts), before.told, isOver(state));
    this.#answer = { id, told, state };
    return [words, state === before.state ? '' : endings()[state]].filter((each) => each !== '').join(' ');
  }
}

/** The answer on its way, or the one before, and the questions that wait for their turn below it. */
function endOf(store: ChatStore): {
  readonly answer: AssistantMessageView | undefined;
  readonly waiting: readonly string[];
} {
  const waiting: string[] = [];
  for (const id of store.ids.value.toReversed()) {
    const message = store.message(id)?.value;
    if (message?.role === 'assistant') {
      return { answer: message, waiting };
    }
    if (message?.queued === true) {
      waiting.push(id);
    }
  }
  return { answer: undefined, waiting };
}
