import { signal, type ReadonlySignal } from '@preact/signals';

/** Words for assistive technology. A new `turn` is spoken even if the words repeat. */
export interface Spoken {
  readonly turn: number;
  readonly words: string;
}

/** What assistive technology is told; `Announcer` is the live region. */
export class Announcements {
  readonly #spoken = signal<Spoken>({ turn: 0, words: '' });

  get spoken(): ReadonlySignal<Spoken> {
    return this.#spoken;
  }

  say(words: string): void {
    this.#spoken.value = { turn: this.#spoken.peek().turn + 1, words };
  }
}
