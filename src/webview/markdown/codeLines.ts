const linesPerChunk = 64;

/**
 * A code block's text in chunks of 64 lines. Appending touches only the last chunk, so a growing block of thousands of
 * lines costs only what is new.
 */
export class CodeLines {
  readonly #chunks: string[] = [''];
  #linesInLast = 0;

  constructor(text = '') {
    this.append(text);
  }

  get chunks(): readonly string[] {
    return this.#chunks;
  }

  get text(): string {
    return this.#chunks.join('');
  }

  append(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      this.#linesInLast += 1;
      if (this.#linesInLast === linesPerChunk) {
        this.#grow(text.slice(from, end + 1));
        this.#chunks.push('');
        this.#linesInLast = 0;
        from = end + 1;
      }
    }
    this.#grow(text.slice(from));
  }

  #grow(text: string): void {
    const last = this.#chunks.length - 1;
    this.#chunks[last] = `${this.#chunks[last] ?? ''}${text}`;
  }
}

/** The number of lines in a block's chunks. */
export function lineCount(chunks: readonly string[]): number {
  const last = chunks.at(-1) ?? '';
  return (chunks.length - 1) * linesPerChunk + last.split('\n').length;
}
