import { foldedText } from './foldedText.ts';
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
  #rows: RowIndex | undefined;
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

  /** The lines that aren't blank. */
  get rows(): RowIndex {
    return (this.#rows ??= new RowIndex(this.lineTexts(0, this.lineCount)));
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

  /** A line as `spacelessLine` returns it; absent outside of the text. */
  lineKey(line: number): string | undefined {
    return line >= 0 && line < this.lineCount
      ? (this.#keys[line] ??= spacelessLine(this.lineText(line)))
      : undefined;
  }

  /** The lines of a range, without their endings. */
  lineTexts(from: number, to: number): readonly string[] {
    return Array.from({ length: to - from }, (_, index) => this.lineText(from + index));
  }
}

/** The lines of a document that aren't blank, to be found by what they say, whatever their spelling. */
export class RowIndex {
  /** For each row, its line and what it says. */
  readonly lines: readonly number[];
  readonly keys: readonly string[];
  readonly #texts: readonly string[];
  readonly #rows = new Map<string, number[]>();

  constructor(lines: readonly string[]) {
    const kept = lines.flatMap((text, line) => (text.trim() === '' ? [] : [{ text, line }]));
    this.lines = kept.map(({ line }) => line);
    this.#texts = kept.map(({ text }) => text);
    this.keys = this.#texts.map((text) => this.keyOf(text));
    for (const [row, key] of this.keys.entries()) {
      const rows = this.#rows.get(key);
      if (rows) {
        rows.push(row);
      } else {
        this.#rows.set(key, [row]);
      }
    }
  }

  /** What a line says: without white space at its ends, with plain quotes and dashes. */
  keyOf(line: string): string {
    return spacelessLine(foldedText(line));
  }

  /** The rows that say this. */
  at(key: string): readonly number[] {
    return this.#rows.get(key) ?? [];
  }

  /** A row's line as it is; empty after the last. */
  textAt(row: number): string {
    return this.#texts[row] ?? '';
  }
}

/** A line without indentation, with runs of white space collapsed. */
export function spacelessLine(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}

/** The lines of a text; a line break at its end only ends the last one. */
export function linesOf(text: string): readonly string[] {
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

/** Whether a line says anything. */
export function isFull(line: string): boolean {
  return line.trim() !== '';
}

/** A text as models see it: no byte order mark, `\n` line endings. */
export function plainText(text: string): string {
  return withLineFeeds(text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text);
}

function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
