import type { Token } from 'marked';
import { nextLongLine } from './longLine.ts';

/** A formula in TeX: inline, or on its own lines. */
export interface MathsToken {
  readonly type: 'maths';
  readonly raw: string;
  /** The TeX between the delimiters. */
  readonly text: string;
  /** Whether it is displayed as a block: `$$` and `\[` do, even inline. */
  readonly display: boolean;
}

type Opening = '$' | '$$' | '\\(' | '\\[';

const blockOpening = /^ {0,3}(\$\$(?!\$)|\\\[)/;

/** What may end a block: a closing delimiter, a blank line, or a code fence. */
const blockMarks = /\\[^\n]|\$+|\n[ \t]*(?=\n|$|`{3}|~{3})/g;

/** A line that may start a block, or the blank line that ends the text before it. */
const openingLineOrBlank = /\n(?:(?= {0,3}(?:\$\$|\\\[))|[ \t]*(?:\n|$))/g;

/** What starts or ends something in a line: an escape, a run of backticks or dollars. */
const lineMarks = /\\[^]|`+|\$+/g;

/** A name that begins with the closing mark, so that it closes nothing: `$a/$b`. Ordinals go on: `$n$th`. */
const goesOn = /^(?!(?:st|nd|rd|th|s)(?![A-Za-z0-9_]))[A-Za-z0-9_{]/;

/** Whether a token is a formula; the lexer's types don't include added kinds. */
export function isMaths(token: Token | MathsToken): token is MathsToken {
  return token.type === 'maths';
}

/**
 * The math block that a text starts with. It contains neither a blank line nor a code fence: otherwise a later closing
 * delimiter could change what they had settled.
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

/** Where a math block starts that interrupts the paragraph at the start of a text, before a place. */
export function nextMathsBlock(source: string, before = source.length): number | undefined {
  // What an opening line is known by, and no more of the text.
  for (const match of source.slice(0, before + 8).matchAll(openingLineOrBlank)) {
    if (match[0] !== '\n' || match.index + 1 === source.length || match.index >= before) {
      return undefined;
    }
    if (mathsBlock(source.slice(match.index + 1))) {
      return match.index + 1;
    }
  }
  return undefined;
}

/** One text's formulas, for a lexer that passes through it once. */
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

  /** The formula at the start of the rest. */
  at(rest: string): MathsToken | undefined {
    return this.#tokens.get(this.#length - rest.length);
  }

  /** How far the next formula is from the start of the rest. */
  distance(rest: string): number | undefined {
    const from = this.#length - rest.length;
    while ((this.#starts[this.#next] ?? Infinity) < from) {
      this.#next += 1;
    }
    const start = this.#starts[this.#next];
    return start === undefined ? undefined : start - from;
  }

  /** A text of the same length with letters in place of formulas. */
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

/** Each character is checked at most a few times, whatever is left open. */
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

/** Where a code span ends; where it starts if it isn't closed. */
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
  // Money and variable names: `$5 and $10`, `US$5`, `$HOME/$USER`.
  const isMoney =
    opening === '$' &&
    (/^\s|\s$/.test(inner) ||
      /[A-Za-z0-9_]/.test(source.charAt(at - 1)) ||
      goesOn.test(source.slice(end, end + 4)) ||
      (source.charAt(end) === '(' && /^\(|[/:,;=]$/.test(inner)));
  const text = inner.trim();
  const display = opening === '$$' || opening === '\\[';
  return isMoney || text === '' ? undefined : { type: 'maths', raw: source.slice(at, end), text, display };
}

/** An inline formula contains no backtick, so it never reaches into code, and no second opening delimiter. */
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
