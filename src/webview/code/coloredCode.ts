import { signal, type ReadonlySignal } from '@preact/signals';
import type { CodeToken, ColorAnswer, ColorRequest } from '../../protocol/codeColors.ts';

/** The lines of a chunk that have colors by now; what follows them in the chunk has none yet. */
export interface ColoredChunk {
  readonly lines: readonly (readonly CodeToken[])[];
  /** How much of the chunk's text they are, in characters, the ends of lines included. */
  readonly length: number;
}

/** The way to whoever knows colors. */
export interface ColorLine {
  readonly ask: (request: ColorRequest) => void;
  /** Nothing that is asked under this id is wanted any more. */
  readonly forget: (id: string) => void;
}

/** A piece of the text in one chunk. */
interface Piece {
  /** The number of the chunk. */
  readonly at: number;
  readonly text: string;
  /** Whether these are whole lines, with their ends. */
  readonly whole: boolean;
}

/** The colors of one block of code, which may grow: each line is asked for once, one piece at a time. */
export class ColoredCode {
  readonly #language: string;
  readonly #line: ColorLine;
  readonly #chunks = signal<readonly ColoredChunk[]>([]);
  /** Names what is asked; a block that nobody sees needs no name. */
  #id: string | undefined;
  #text: readonly string[] = [];
  /** What is known of each chunk, in whole lines. */
  #whole: ColoredChunk[] = [];
  /** The line after them as far as it had been written when it was last colored. */
  #tentative: string | undefined;
  #asked: Piece | undefined;
  #wanted = false;

  constructor(language: string, line: ColorLine) {
    this.#language = language;
    this.#line = line;
  }

  /** The colored part of each chunk of the text. */
  get chunks(): ReadonlySignal<readonly ColoredChunk[]> {
    return this.#chunks;
  }

  /** Takes the text as far as it has come. */
  take(text: readonly string[]): void {
    const goesOn = this.#text.every((known, index) => text[index]?.startsWith(known) === true);
    this.#text = text;
    if (goesOn) {
      this.#ask();
    } else {
      this.#chunks.value = [];
      this.restart();
    }
  }

  /** Colors are for what can be seen, or nearly. */
  want(): void {
    this.#wanted = true;
    this.#ask();
  }

  /** Asks for everything again; the colors so far stay until there are new ones. */
  restart(): void {
    this.end();
    this.#whole = [];
    this.#tentative = undefined;
    this.#asked = undefined;
    this.#ask();
  }

  receive({ lines }: ColorAnswer): void {
    const piece = this.#asked;
    if (!piece || !lines) {
      // Without a grammar the piece that was asked for stays open, so that nothing more is asked.
      return;
    }
    this.#asked = undefined;
    const before = this.#whole[piece.at] ?? { lines: [], length: 0 };
    const chunk = { lines: [...before.lines, ...lines], length: before.length + piece.text.length };
    this.#tentative = piece.whole ? undefined : piece.text;
    if (piece.whole) {
      this.#whole[piece.at] = chunk;
      this.#chunks.value = [...this.#whole, ...this.#chunks.peek().slice(this.#whole.length)];
    } else {
      this.#chunks.value = this.#chunks.peek().toSpliced(piece.at, 1, chunk);
    }
    this.#ask();
  }

  end(): void {
    if (this.#id !== undefined) {
      this.#line.forget(this.#id);
      this.#id = undefined;
    }
  }

  #ask(): void {
    const piece = this.#wanted && !this.#asked && this.#language !== '' ? this.#next() : undefined;
    if (piece) {
      this.#asked = piece;
      const text = piece.whole ? piece.text.slice(0, -1) : piece.text;
      this.#id ??= crypto.randomUUID();
      this.#line.ask({ id: this.#id, language: this.#language, text, tentative: !piece.whole });
    }
  }

  /** What to ask next: the whole lines of a chunk, or else the line that is still being written. */
  #next(): Piece | undefined {
    const at = this.#text.findIndex((chunk, index) => (this.#whole[index]?.length ?? 0) < chunk.length);
    const rest = this.#text[at]?.slice(this.#whole[at]?.length ?? 0);
    if (rest === undefined) {
      return undefined;
    }
    const end = rest.lastIndexOf('\n') + 1;
    if (end > 0) {
      return { at, text: rest.slice(0, end), whole: true };
    }
    return rest === this.#tentative ? undefined : { at, text: rest, whole: false };
  }
}
