/** Random values that are the same in every run. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<Value>(values: readonly Value[]): Value {
    const picked = values[this.below(values.length)];
    if (picked === undefined) {
      throw new Error('Nothing to pick from.');
    }
    return picked;
  }

  /** A text of some of these characters. */
  text(characters: string, length: number): string {
    let text = '';
    while (text.length < length) {
      text += characters[this.below(characters.length)] ?? '';
    }
    return text;
  }
}
