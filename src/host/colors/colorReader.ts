import type { ColorAnswer, ColorRequest } from '../../protocol/codeColors.ts';
import type { ReadingState, Tokenizer } from './tokenizer.ts';

/** Answers color requests in order, and keeps each block's tokenizer state. */
export class ColorReader {
  readonly #tokenizer: Tokenizer;
  readonly #states = new Map<string, ReadingState>();

  constructor(tokenizer: Tokenizer) {
    this.#tokenizer = tokenizer;
  }

  async answer({ id, language, text, tentative }: ColorRequest): Promise<ColorAnswer> {
    const reader = await this.#tokenizer.readerOf(language);
    if (!reader) {
      return { id };
    }
    const { lines, state } = reader.read(text, this.#states.get(id));
    if (!tentative) {
      this.#states.set(id, state);
    }
    return { id, lines };
  }

  /** Forgets all states: their blocks are gone. */
  clear(): void {
    this.#states.clear();
  }
}
