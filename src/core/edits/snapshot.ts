import { unitOf } from './indentation.ts';
import { endOfLine } from './placement.ts';
import { WordIndex } from './wordIndex.ts';

/** The byte order mark, which is never part of an edit. */
const byteOrderMark = '\uFEFF';

/** A document's text at one moment, prepared for many quote lookups. */
export class Snapshot {
  readonly text: string;
  /** The line ending for new lines. */
  readonly eol: '\n' | '\r\n';
  /** The text with `\n` line endings, and where each line starts in it. */
  readonly plain: string;
  readonly plainStarts: readonly number[];
  /** Where each line starts in the original text. */
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

  /** Whether there is nothing to quote. */
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

  /** The document's indentation unit, if known. */
  get indentUnit(): string | undefined {
    this.#indentUnit ??= { unit: unitOf(this.lineTexts(0, this.lineCount)) };
    return this.#indentUnit.unit;
  }

  /** The line, from 0, of an offset into `plain`. */
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

  /** The original offset of an offset into `plain`. */
  offsetOf(plainOffset: number): number {
    const line = this.lineAt(plainOffset);
    return this.lineStart(line) + plainOffset - (this.plainStarts[line] ?? 0);
  }

  /** Where a line starts, from 0; the end of the text after the last line. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.text.length;
  }

  /** A line without its ending. */
  lineText(line: number): string {
    const next = this.#starts[line + 1];
    const raw = this.text.slice(this.lineStart(line), next === undefined ? this.text.length : next - 1);
    return next !== undefined && raw.endsWith('\r') ? raw.slice(0, -1) : raw;
  }

  /** A line as `spacelessLine` returns it; absent after the last. */
  lineKey(line: number): string | undefined {
    return line < this.lineCount ? (this.#keys[line] ??= spacelessLine(this.lineText(line))) : undefined;
  }

  /** The lines of a range, without their endings. */
  lineTexts(from: number, to: number): readonly string[] {
    return Array.from({ length: to - from }, (_, index) => this.lineText(from + index));
  }
}

/** A line without indentation, with runs of white space collapsed. */
export function spacelessLine(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}

/** A text as models see it: no byte order mark, `\n` line endings. */
export function plainText(text: string): string {
  return withLineFeeds(text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text);
}

function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
