import { effect, type ReadonlySignal } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { AnswerState } from '../../protocol/chatView.ts';
import type { ColumnView } from '../../protocol/compareView.ts';
import { Announcements } from '../shared/announcements.ts';
import type { ChatStore } from '../shared/store.ts';

/** Tells assistive technology which answers have ended; several at once can't be read out. */
export class CompareNarrator extends Announcements {
  /** The answers' states, by id. */
  readonly #states = new Map<string, AnswerState>();

  constructor(store: ChatStore, columns: ReadonlySignal<readonly ColumnView[]>) {
    super();
    effect(() => {
      const [, ...ids] = store.ids.value;
      const words = ids.map((id, at) => this.#tell(store, id, columns.value[at]?.name ?? ''));
      const said = words.filter((each) => each !== '').join(' ');
      if (said !== '') {
        this.say(said);
      }
    });
  }

  /** Answers that had already ended aren't announced. */
  #tell(store: ChatStore, id: string, name: string): string {
    const message = store.message(id)?.value;
    if (message?.role !== 'assistant') {
      return '';
    }
    const before = this.#states.get(id);
    this.#states.set(id, message.state);
    return before === undefined || before === message.state ? '' : ending(message.state, name);
  }
}

function ending(state: AnswerState, name: string): string {
  switch (state) {
    case 'done':
    case 'cut':
      return t('{0} has answered.', name);
    case 'stopped':
    case 'interrupted':
      return t('The answer from {0} was stopped.', name);
    case 'waiting':
    case 'streaming':
    // Alerts announce themselves.
    case 'failed':
      return '';
    default:
      return state satisfies never;
  }
}
