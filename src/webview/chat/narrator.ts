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
  // Alerts announce themselves.
  failed: '',
});

/** Tells assistive technology what arrives, in sentences rather than tokens. Earlier content isn't read out. */
export class Narrator extends Announcements {
  #answer: { id: string; told: Told; state: AnswerState | undefined } | undefined;
  #conversationId: string | undefined;
  /** The ids of queued questions at the last check. */
  #waiting: readonly string[] = [];
  /** The ids of attachments at the last check. */
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

  /** Items attached without the composer's buttons would go unnoticed. */
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

/** The running or last answer, and the questions queued below it. */
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
