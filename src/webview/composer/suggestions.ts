import { signal, type ReadonlySignal } from '@preact/signals';
import type { SuggestionView } from '../../protocol/suggestions.ts';
import type { Host } from '../shared/host.ts';

/** What is being typed after `@` or `/`, and where it begins in the text. */
interface Wish {
  readonly trigger: '@' | '/';
  readonly query: string;
  readonly start: number;
  readonly end: number;
}

/** What a text is without what was typed for a row. */
interface Taken {
  readonly text: string;
  readonly caret: number;
}

/** What can be taken now; the row in focus is the one that Enter takes. */
export interface SuggestionList {
  readonly items: readonly SuggestionView[];
  readonly focused: number;
}

/** Offers what fits while one types `@` or `/` in the composer. The host knows what there is. */
export class Suggestions {
  readonly #host: Host;
  readonly #list = signal<SuggestionList | undefined>(undefined);
  #wish: Wish | undefined;
  /** Counts the questions to the host: an answer to an older one is not shown. */
  #asked = 0;
  /** The trigger at this place has been sent away with Escape. */
  #dismissedAt: number | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.onMessage((message) => {
      if (message.type === 'suggestions' && message.id === this.#asked && this.#wish) {
        this.#list.value = message.items.length > 0 ? { items: message.items, focused: 0 } : undefined;
      }
    });
  }

  get list(): ReadonlySignal<SuggestionList | undefined> {
    return this.#list;
  }

  /** Looks at what stands before the caret. */
  look(text: string, caret: number): void {
    const wish = wishIn(text, caret);
    if (!wish || wish.start !== this.#dismissedAt) {
      this.#dismissedAt = undefined;
    }
    if (!wish || this.#dismissedAt !== undefined) {
      this.close();
      return;
    }
    const { trigger, query } = wish;
    this.#wish = wish;
    this.#asked += 1;
    this.#host.post({ type: 'suggest', id: this.#asked, trigger, query });
  }

  /** Moves the focus of the list, around its ends. */
  move(step: 1 | -1): void {
    const list = this.#list.peek();
    if (list) {
      const { length } = list.items;
      this.#list.value = { ...list, focused: (list.focused + step + length) % length };
    }
  }

  /**
   * Takes a row, that in focus when none is named; gives the text without what was typed for it, and where the caret
   * then belongs.
   */
  take(text: string, index = this.#list.peek()?.focused): Taken | undefined {
    const item = index === undefined ? undefined : this.#list.peek()?.items[index];
    const wish = this.#wish;
    if (!item || !wish) {
      return undefined;
    }
    this.#host.post({ type: 'takeSuggestion', id: item.id });
    this.close();
    return { text: text.slice(0, wish.start) + text.slice(wish.end), caret: wish.start };
  }

  /** Sends the list away until another one is begun. */
  dismiss(): void {
    this.#dismissedAt = this.#wish?.start;
    this.close();
  }

  close(): void {
    this.#wish = undefined;
    this.#asked += 1;
    this.#list.value = undefined;
  }
}

/** No longer name is looked for. */
const maxQueryLength = 200;

/** `@` counts after white space; `/` only as the first sign, because paths have it, too. */
function wishIn(text: string, caret: number): Wish | undefined {
  // However long the text is, only a name and the sign before it are looked at.
  const before = text.slice(Math.max(0, caret - maxQueryLength - 2), caret);
  const match =
    /(?:^|\s)(@)([^\s@]*)$/.exec(before) ?? (caret === before.length ? /^(\/)([^\s/]*)$/.exec(before) : null);
  const [, trigger, query] = match ?? [];
  if ((trigger !== '@' && trigger !== '/') || query === undefined || query.length > maxQueryLength) {
    return undefined;
  }
  return { trigger, query, start: caret - query.length - 1, end: caret };
}
