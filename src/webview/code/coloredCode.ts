import { signal, type ReadonlySignal } from '@preact/signals';
import type { CodeToken, ColorAnswer, ColorRequest } from '../../protocol/codeColors.ts';

/** The colored lines of a chunk; the rest has no colors yet. */
export interface ColoredChunk {
  readonly lines: readonly (readonly CodeToken[])[];
  /** How much of the chunk's text they cover, in characters, including line endings. */
  readonly length: number;
}

/** The connection to the color source. */
export interface ColorLine {
  readonly ask: (request: ColorRequest) => void;
  /** Requests with this id are obsolete. */
  readonly forget: (id: string) => void;
}

/** A piece of text in one chunk. */
interface Piece {
  /** The chunk's number. */
  readonly at: number;
  readonly text: string;
  /** Whether these are whole lines with their endings. */
  readonly whole: boolean;
}

/** The colors of one, possibly growing, code block: each line is requested once, one piece at a time. */
export class ColoredCode {
  readonly #language: string;
  readonly #line: ColorLine;
  readonly #chunks = signal<readonly ColoredChunk[]>([]);
  /** Identifies requests; a block that nobody sees needs no id. */
  #id: string | undefined;
  #text: readonly string[] = [];
  /** What is known about each chunk, in whole lines. */
  #whole: ColoredChunk[] = [];
  /** The next line as it was when last colored. */
  #tentative: string | undefined;
  #asked: Piece | undefined;
  #wanted = false;

  constructor(language: string, line: ColorLine) {
    this.#language = language;
    this.#line = line;
  }

  /** The colored part of each chunk. */
  get chunks(): ReadonlySignal<readonly ColoredChunk[]> {
    return this.#chunks;
  }

  /** Takes the text so far. */
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

  /** Only visible or nearly visible blocks get colors. */
  want(): void {
    this.#wanted = true;
    this.#ask();
  }

  /** Requests everything again; old colors stay until new ones arrive. */
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
      // Without a grammar the request stays open, so that nothing more is requested.
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

  /** The next request: a chunk's whole lines, or else the line still being written. */
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
