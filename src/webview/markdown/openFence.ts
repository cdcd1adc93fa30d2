import { CodeLines } from './codeLines.ts';
import { readFenceInfo, type FenceInfo } from './fenceInfo.ts';
import { NestedFences } from './nestedFences.ts';

const opening = /^( {0,3})(`{3,}(?!`)|~{3,}(?!~))([^\n]*)\n/;

/** A fenced code block still being written. It reads each new line once, whatever its length. */
export class OpenFence {
  readonly info: FenceInfo;
  readonly code = new CodeLines();
  readonly #marker: string;
  readonly #indent: number;
  readonly #nested: NestedFences;
  #raw: string;
  #line = '';
  /** How many characters of the current line are shown; `undefined` if none. */
  #shown: number | undefined;
  #first = true;

  /** Opens on a text that starts with a complete fence line; otherwise `undefined`. */
  static at(source: string): OpenFence | undefined {
    const match = opening.exec(source);
    const [line, indent, marker, info] = match ?? [];
    if (line === undefined || indent === undefined || marker === undefined || info === undefined) {
      return undefined;
    }
    const backticks = marker.startsWith('`');
    return backticks && info.includes('`') ? undefined : new OpenFence(line, { indent, marker, info });
  }

  private constructor(line: string, parts: { indent: string; marker: string; info: string }) {
    this.#raw = line;
    this.info = readFenceInfo(parts.info.replace(/\\([\p{P}\p{S}])/gu, '$1'));
    // Marked removes the opening line's indentation only for backtick fences.
    this.#indent = parts.marker.startsWith('`') ? parts.indent.length : 0;
    this.#marker = parts.marker;
    this.#nested = new NestedFences(parts.marker, parts.info);
  }

  /** Everything from the opening line on. */
  get raw(): string {
    return this.#raw;
  }

  /** Takes more text; returns true once the closing line is complete, and then `raw` is for the lexer. */
  push(text: string): boolean {
    this.#raw += text;
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#line += text.slice(from, end);
      if (!this.#nested.take(this.#line) && this.#closes()) {
        return true;
      }
      this.#show();
      this.#endLine();
      from = end + 1;
    }
    this.#line += text.slice(from);
    if (!this.#mayClose()) {
      this.#show();
    }
    return false;
  }

  /** Shows what is new in the current line. */
  #show(): void {
    const content = this.#unindent(this.#line);
    if (this.#shown === undefined) {
      this.code.append(this.#first ? content : `\n${content}`);
    } else {
      this.code.append(content.slice(this.#shown));
    }
    this.#shown = content.length;
  }

  #endLine(): void {
    this.#line = '';
    this.#shown = undefined;
    this.#first = false;
  }

  #unindent(line: string): string {
    let width = 0;
    while (width < this.#indent && /\s/.test(line.charAt(width))) {
      width += 1;
    }
    return line.slice(width);
  }

  /** Whether the line is at least as many marks as the opening one. A fence may be longer than a pattern can be. */
  #closes(): boolean {
    const marks = this.#line.trim();
    return this.#mayClose() && marks.startsWith(this.#marker) && !/`~|~`/.test(marks);
  }

  /** True while the unfinished line could become the closing one: it is held back to avoid flicker. */
  #mayClose(): boolean {
    return /^ {0,3}[`~]* *$/.test(this.#line);
  }
}
