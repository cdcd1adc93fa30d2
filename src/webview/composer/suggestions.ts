import { signal, type ReadonlySignal } from '@preact/signals';
import type { SuggestionView } from '../../protocol/suggestions.ts';
import type { Host } from '../shared/host.ts';

/** What is being typed after `@` or `/`, and where it starts. */
interface Wish {
  readonly trigger: '@' | '/';
  readonly query: string;
  readonly start: number;
  readonly end: number;
}

/** A text without what was typed for a row. */
interface Taken {
  readonly text: string;
  readonly caret: number;
}

/** The current suggestions; Enter accepts the focused row. */
export interface SuggestionList {
  readonly items: readonly SuggestionView[];
  readonly focused: number;
}

/** Suggests what matches while the user types `@` or `/`. The host knows what there is. */
export class Suggestions {
  readonly #host: Host;
  readonly #list = signal<SuggestionList | undefined>(undefined);
  #wish: Wish | undefined;
  /** Counts requests to the host: answers to older ones are ignored. */
  #asked = 0;
  /** The trigger at this place was dismissed with Escape. */
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

  /** Checks the text before the caret. */
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

  /** Moves the list's focus, wrapping around. */
  move(step: 1 | -1): void {
    const list = this.#list.peek();
    if (list) {
      const { length } = list.items;
      this.#list.value = { ...list, focused: (list.focused + step + length) % length };
    }
  }

  /**
   * Accepts a row, by default the focused one; returns the text without what was typed for it, and the caret position.
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

  /** Closes the list until another trigger. */
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

/** Longer names aren't looked up. */
const maxQueryLength = 200;

/** `@` counts after white space; `/` only at the start, because paths contain it. */
function wishIn(text: string, caret: number): Wish | undefined {
  // However long the text is, only the name and its trigger are checked.
  const before = text.slice(Math.max(0, caret - maxQueryLength - 2), caret);
  const match =
    /(?:^|\s)(@)([^\s@]*)$/.exec(before) ?? (caret === before.length ? /^(\/)([^\s/]*)$/.exec(before) : null);
  const [, trigger, query] = match ?? [];
  if ((trigger !== '@' && trigger !== '/') || query === undefined || query.length > maxQueryLength) {
    return undefined;
  }
  return { trigger, query, start: caret - query.length - 1, end: caret };
}
