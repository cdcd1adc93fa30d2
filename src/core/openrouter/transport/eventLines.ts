/** Divides the bytes of a text into its lines, which may end with `\n`, `\r`, or both, in time linear to their length. */
export class LineReader {
  readonly #decoder = new TextDecoder();
  /** A line without its end, as it came: joined only once, because a line may be a megabyte of pieces. */
  #pieces: string[] = [];
  #afterReturn = false;

  /** The lines that these bytes complete. */
  *read(bytes: Uint8Array): Generator<string> {
    yield* this.#lines(this.#decoder.decode(bytes, { stream: true }));
  }

  /** What came after the last end of a line. */
  rest(): string {
    return this.#joined(this.#decoder.decode());
  }

  *#lines(text: string): Generator<string> {
    let start = this.#afterReturn && text.startsWith('\n') ? 1 : 0;
    this.#afterReturn &&= text === '';
    const ends = /\r\n?|\n/g;
    ends.lastIndex = start;
    for (let end = ends.exec(text); end; end = ends.exec(text)) {
      yield this.#joined(text.slice(start, end.index));
      start = ends.lastIndex;
      this.#afterReturn = end[0] === '\r' && start === text.length;
    }
    if (start < text.length) {
      this.#pieces.push(text.slice(start));
    }
  }

  #joined(last: string): string {
    const line = this.#pieces.length === 0 ? last : this.#pieces.join('') + last;
    this.#pieces = [];
    return line;
  }
}
