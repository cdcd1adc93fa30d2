import { unitOf } from './indentation.ts';
import { endOfLine } from './placement.ts';

/** The mark that some files begin with. It is no part of any edit. */
const byteOrderMark = '\uFEFF';

/** A text that quotes are looked for in, and where each of its lines begins. */
export interface SearchableLines {
  readonly text: string;
  readonly starts: readonly number[];
}

/** The text of a document as it was at one moment, made ready for many quotes to be looked up in it. */
export class Snapshot {
  readonly text: string;
  /** The end of line that new lines get. */
  readonly eol: '\n' | '\r\n';
  /** The text with `\n` at the end of each line. */
  readonly exact: SearchableLines;
  /** Where each line begins in the text itself. */
  readonly #starts: readonly number[];
  #spaceless: SearchableLines | undefined;
  #indentUnit: { readonly unit: string | undefined } | undefined;

  constructor(text: string) {
    this.text = text;
    this.eol = endOfLine(text);
    const first = text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
    const [starts, exactStarts] = [[first], [first]];
    let returns = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      returns += text[at - 1] === '\r' ? 1 : 0;
      starts.push(at + 1);
      exactStarts.push(at + 1 - returns);
    }
    this.#starts = starts;
    this.exact = { text: withLineFeeds(text), starts: exactStarts };
  }

  /** Whether nothing stands in it that could be quoted. */
  get isBlank(): boolean {
    return this.text.trim() === '';
  }

  /** Each line as `spacelessLine` gives it. Made when first asked for: most quotes are exact. */
  get spaceless(): SearchableLines {
    if (!this.#spaceless) {
      const starts: number[] = [];
      let [text, length] = ['', 0];
      for (let line = 0; line < this.#starts.length; line += 1) {
        const key = spacelessLine(this.lineText(line));
        starts.push(length);
        text += key;
        length += key.length;
      }
      this.#spaceless = { text, starts };
    }
    return this.#spaceless;
  }

  /** How the document indents by one level, where that can be told. */
  get indentUnit(): string | undefined {
    this.#indentUnit ??= { unit: unitOf(this.lineTexts(0, this.#starts.length)) };
    return this.#indentUnit.unit;
  }

  /** The offset in the text of an offset into `exact`. */
  offsetOf(exactOffset: number): number {
    const line = lineAt(this.exact.starts, exactOffset);
    return this.lineStart(line) + exactOffset - (this.exact.starts[line] ?? 0);
  }

  /** Where a line begins, counted from 0; the end of the text for the line after the last. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  /** A line without its end. */
  lineText(line: number): string {
    const next = this.#starts[line + 1];
    const raw = this.text.slice(this.lineStart(line), next === undefined ? this.text.length : next - 1);
    return next !== undefined && raw.endsWith('\r') ? raw.slice(0, -1) : raw;
  }

  /** The lines from one up to another, without their ends. */
  lineTexts(from: number, to: number): readonly string[] {
    return Array.from({ length: to - from }, (_, index) => this.lineText(from + index));
  }
}

/** The line that an offset is in, by the offsets at which lines begin. */
export function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/** A line by which it is found whatever its white space is. No line's can be a part of another's. */
export function spacelessLine(line: string): string {
  return `\n${line.trim().replace(/\s+/g, ' ')}\r`;
}

/** A text as models mean it: without a mark before it, and with `\n` at the end of each line. */
export function plainText(text: string): string {
  return withLineFeeds(text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text);
}

function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
