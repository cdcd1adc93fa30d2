import { unitOf } from './indentation.ts';
import { endOfLine } from './placement.ts';
import { WordIndex } from './wordIndex.ts';

/** The mark that some files begin with. It is no part of any edit. */
const byteOrderMark = '\uFEFF';

/** The text of a document as it was at one moment, made ready for many quotes to be looked up in it. */
export class Snapshot {
  readonly text: string;
  /** The end of line that new lines get. */
  readonly eol: '\n' | '\r\n';
  /** The text with `\n` at the end of each line, and where each line begins in it. */
  readonly plain: string;
  readonly plainStarts: readonly number[];
  /** Where each line begins in the text itself. */
  readonly #starts: readonly number[];
  readonly #keys: string[] = [];
  #words: WordIndex | undefined;
  #indentUnit: { readonly unit: string | undefined } | undefined;

  constructor(text: string) {
    this.text = text;
    this.eol = endOfLine(text);
    const first = text.startsWith(byteOrderMark) ? byteOrderMark.length : 0;
    const [starts, plainStarts] = [[first], [first]];
    let returns = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      returns += text[at - 1] === '\r' ? 1 : 0;
      starts.push(at + 1);
      plainStarts.push(at + 1 - returns);
    }
    this.#starts = starts;
    this.plain = withLineFeeds(text);
    this.plainStarts = plainStarts;
  }

  /** Whether nothing stands in it that could be quoted. */
  get isBlank(): boolean {
    return this.text.trim() === '';
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The words of `plain`. */
  get words(): WordIndex {
    return (this.#words ??= new WordIndex(this.plain));
  }

  /** How the document indents by one level, where that can be told. */
  get indentUnit(): string | undefined {
    this.#indentUnit ??= { unit: unitOf(this.lineTexts(0, this.lineCount)) };
    return this.#indentUnit.unit;
  }

  /** The line, counted from 0, that an offset into `plain` is in. */
  lineAt(plainOffset: number): number {
    let [low, high] = [0, this.plainStarts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.plainStarts[middle] ?? 0) <= plainOffset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The offset in the text of an offset into `plain`. */
  offsetOf(plainOffset: number): number {
    const line = this.lineAt(plainOffset);
    return this.lineStart(line) + plainOffset - (this.plainStarts[line] ?? 0);
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

  /** A line as `spacelessLine` gives it; nothing beyond the last. */
  lineKey(line: number): string | undefined {
    return line < this.lineCount ? (this.#keys[line] ??= spacelessLine(this.lineText(line))) : undefined;
  }

  /** The lines from one up to another, without their ends. */
  lineTexts(from: number, to: number): readonly string[] {
    return Array.from({ length: to - from }, (_, index) => this.lineText(from + index));
  }
}

/** A line without its indentation, and with one blank for each run of white space. */
export function spacelessLine(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}

/** A text as models mean it: without a mark before it, and with `\n` at the end of each line. */
export function plainText(text: string): string {
  return withLineFeeds(text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text);
}

function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
