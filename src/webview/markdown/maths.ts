import type { Token } from 'marked';
import { nextLongLine } from './longLine.ts';

/** A formula in TeX: in a line of text, or on lines of its own. */
export interface MathsToken {
  readonly type: 'maths';
  readonly raw: string;
  /** The TeX between the marks. */
  readonly text: string;
  /** Whether it is set as a block: the marks `$$` and `\[` ask for that, inside a line as well. */
  readonly display: boolean;
}

type Opening = '$' | '$$' | '\\(' | '\\[';

const blockOpening = /^ {0,3}(\$\$(?!\$)|\\\[)/;

/** What may end a block: a closing mark, or what no block holds, which is a blank line or a code fence. */
const blockMarks = /\\[^\n]|\$+|\n[ \t]*(?=\n|$|`{3}|~{3})/g;

/** A line that may begin a block, or the blank line that ends the text before it. */
const openingLineOrBlank = /\n(?:(?= {0,3}(?:\$\$|\\\[))|[ \t]*(?:\n|$))/g;

/** What begins or ends something in a line: an escape, a run of backticks or of dollars. */
const lineMarks = /\\[^]|`+|\$+/g;

/** Tells whether a token is a formula; the lexer's own types know no kinds that are added to it. */
export function isMaths(token: Token | MathsToken): token is MathsToken {
  return token.type === 'maths';
}

/**
 * The block of maths that a text begins with. It holds neither a blank line nor a code fence: what one of them has
 * settled before it would otherwise be another thing as soon as a closing mark comes.
 */
export function mathsBlock(source: string): MathsToken | undefined {
  const [indented, opening] = blockOpening.exec(source) ?? [];
  if (indented === undefined || opening === undefined) {
    return undefined;
  }
  const end = closingOfBlock(source, indented.length, opening as Opening);
  const after = end === undefined ? undefined : /^[ \t]*(?=\n|$)/.exec(source.slice(end));
  if (end === undefined || !after) {
    return undefined;
  }
  const text = source.slice(indented.length, end - 2).trim();
  const raw = source.slice(0, end + after[0].length);
  return text === '' || nextLongLine(`\n${text}`) !== undefined
    ? undefined
    : { type: 'maths', raw, text, display: true };
}

/** Where a block of maths begins that interrupts the paragraph at the beginning of a text. */
export function nextMathsBlock(source: string): number | undefined {
  for (const match of source.matchAll(openingLineOrBlank)) {
    if (match[0] !== '\n' || match.index + 1 === source.length) {
      return undefined;
    }
    if (mathsBlock(source.slice(match.index + 1))) {
      return match.index + 1;
    }
  }
  return undefined;
}

/** The formulas of one text, for a lexer that goes through it once from its beginning to its end. */
export class LineMaths {
  readonly #length: number;
  readonly #tokens: ReadonlyMap<number, MathsToken>;
  readonly #starts: readonly number[];
  #next = 0;

  constructor(source: string) {
    this.#length = source.length;
    this.#tokens = mathsIn(source);
    this.#starts = [...this.#tokens.keys()];
  }

  get isEmpty(): boolean {
    return this.#tokens.size === 0;
  }

  /** The formula that the rest of the text begins with. */
  at(rest: string): MathsToken | undefined {
    return this.#tokens.get(this.#length - rest.length);
  }

  /** How far the next formula is from the beginning of the rest of the text. */
  distance(rest: string): number | undefined {
    const from = this.#length - rest.length;
    while ((this.#starts[this.#next] ?? Infinity) < from) {
      this.#next += 1;
    }
    const start = this.#starts[this.#next];
    return start === undefined ? undefined : start - from;
  }

  /** A text of the same length with letters in the place of the formulas. */
  mask(source: string): string {
    const parts: string[] = [];
    let done = 0;
    for (const [start, { raw }] of this.#tokens) {
      parts.push(source.slice(done, start), 'a'.repeat(raw.length));
      done = start + raw.length;
    }
    return parts.join('') + source.slice(done);
  }
}

/** Each character is looked at a few times at most, whatever opens and does not close. */
function mathsIn(source: string): ReadonlyMap<number, MathsToken> {
  const found = new Map<number, MathsToken>();
  if (!/\$|\\[([]/.test(source)) {
    return found;
  }
  const codeWithoutEnd = new Set<number>();
  const marks = new RegExp(lineMarks);
  for (let match = marks.exec(source); match; match = marks.exec(source)) {
    const [mark] = match;
    if (mark.startsWith('`')) {
      marks.lastIndex = endOfCode(source, marks.lastIndex, mark.length, codeWithoutEnd);
    } else if (isOpening(mark)) {
      const token = formulaAt(source, match.index, mark);
      if (token) {
        found.set(match.index, token);
        marks.lastIndex = match.index + token.raw.length;
      }
    }
  }
  return found;
}

function closingOfBlock(source: string, from: number, opening: Opening): number | undefined {
  const marks = new RegExp(blockMarks);
  marks.lastIndex = from;
  for (let match = marks.exec(source); match; match = marks.exec(source)) {
    const [mark] = match;
    if (mark.startsWith('\n') || mark === opening || (opening === '$$' && mark.startsWith('$$$'))) {
      return mark === '$$' ? marks.lastIndex : undefined;
    }
    if (opening === '\\[' && mark === '\\]') {
      return marks.lastIndex;
    }
  }
  return undefined;
}

/** Where a code span ends; where it begins, when nothing closes it. */
function endOfCode(source: string, from: number, length: number, withoutEnd: Set<number>): number {
  if (withoutEnd.has(length)) {
    return from;
  }
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let run = runs.exec(source); run; run = runs.exec(source)) {
    if (run[0].length === length) {
      return runs.lastIndex;
    }
  }
  withoutEnd.add(length);
  return from;
}

function formulaAt(source: string, at: number, opening: Opening): MathsToken | undefined {
  const from = at + opening.length;
  const end = closingInLine(source, from, opening);
  if (end === undefined) {
    return undefined;
  }
  const inner = source.slice(from, end - opening.length);
  // Money and names in scripts: `$5 and $10`, `US$5`, `$HOME/$USER`.
  const isMoney =
    opening === '$' &&
    (/^\s|\s$/.test(inner) ||
      /[A-Za-z0-9_]/.test(source.charAt(at - 1)) ||
      /[0-9A-Z_]/.test(source.charAt(end)));
  const text = inner.trim();
  const display = opening === '$$' || opening === '\\[';
  return isMoney || text === '' ? undefined : { type: 'maths', raw: source.slice(at, end), text, display };
}

/** A formula in a line holds no backtick, so that it never reaches into code, and no second opening mark. */
function closingInLine(source: string, from: number, opening: Opening): number | undefined {
  const marks = new RegExp(lineMarks);
  marks.lastIndex = from;
  for (let match = marks.exec(source); match; match = marks.exec(source)) {
    const [mark] = match;
    const isDollars = mark.startsWith('$') && opening.startsWith('$');
    if (mark.startsWith('`') || isDollars || mark === opening) {
      return isDollars && mark === opening ? marks.lastIndex : undefined;
    }
    if ((opening === '\\(' && mark === '\\)') || (opening === '\\[' && mark === '\\]')) {
      return marks.lastIndex;
    }
  }
  return undefined;
}

function isOpening(mark: string): mark is Opening {
  return mark === '$' || mark === '$$' || mark === '\\(' || mark === '\\[';
}
