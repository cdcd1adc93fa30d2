import type { Place } from './values.ts';

/** Where the value of a name stands. */
export interface Value {
  readonly start: number;
  readonly end: number;
  readonly place: Place;
}

const quote = String.raw`(?:\\{0,3}["'` + '`' + String.raw`]|&quot;|&#3[49];)`;
const closing = new RegExp(`${quote}?\\]?(?:\\[\\d{0,4}\\])?`, 'y');
const typed = /\s{0,8}[?!]?:\s{0,8}[&*\w<>[\]|.?' ]{1,40}?(?:\s{1,8}=(?![=>])\s{0,20}|=(?=["'`]))/y;
const separator =
  /\s{0,20}(?:=>|:=|[=!]==?|\?\?=?|\|\|=?|->|<-|:-|%3[AD]|:|=)(?:[ \t]{0,40}[|>][-+]?(?=[ \t]{0,8}\r?\n))?[ \t]{0,40}(?:\\?\r?\n[ \t]{0,40})?(?:-[ \t]{1,8})?/y;
/** In sentences, tables, and code that makes the value later. */
const loose = /(?:[ \t]{1,4}is:?[ \t]{1,4}|[ \t]{0,40}\|[ \t]{0,40}|\s{1,4}by\s{1,4}lazy\s{0,4}\{\s{0,8})/y;
const listed = /\s{0,8},\s{0,20}/y;
const valueOfName =
  /["']?[\s,]{1,60}["']?(?:\w{1,20}:)?value["']?\s{0,5}[:=]\s{0,20}|["']\s{0,8}\{[^{}]{0,300}?\bdefault\s{0,8}=\s{0,20}/iy;
const taggedValue = /["'](?:\s[^<>\n]{0,100})?>\s{0,20}|<\/key>\s{0,40}<(?:string|data)>/y;
const inList = /(?:new\s?)?(?:\[\]\s?\w{0,20}\s?)?[[({]\s{0,20}/y;
const inFallback = /[\w.:]{0,30}(?:env|get|config|setting|default)\w{0,20}\(\s{0,5}/iy;
const nextInList = /\s{0,20},\s{0,20}/y;
const nextInLines = /["'`]?[ \t]{0,20}\r?\n[ \t]{0,60}-[ \t]{1,8}/y;
const mostInList = 50;
const wrapped = new RegExp(
  `(?:(?:new\\s)?[\\w.:]{1,40}\\(\\s{0,5}){0,2}(?:[bBrRuUfFL@$]{1,2})?(?=${quote})`,
  'y',
);
const opening = new RegExp(`"""|'''|${quote}`, 'y');
const lineStart =
  /(?:^|[\n\r]|\\n)[ \t>+\-#/*;|]{0,20}(?:(?:export|set|setx|SET|declare|local|readonly|ENV|ARG|env)[ \t]+)?["']?$/;
const longest = 4096;

/** The values of the name between two places: none, one, or those of a list. */
export function* valuesAfter(text: string, start: number, end: number): Generator<Value> {
  const afterName = end + (matchAt(closing, text, end) ?? '').length;
  const isQuoted = afterName > end;
  const before = text.slice(Math.max(0, start - 60), start);
  const between =
    matchAt(typed, text, afterName) ??
    matchAt(separator, text, afterName) ??
    (isQuoted ? matchAt(listed, text, afterName) : undefined);
  const at = afterName + (between?.length ?? 0);
  const isSeparated = between !== undefined && !between.includes(',');
  const values = isSeparated ? listAt(text, at) : [];
  if (values.length > 0) {
    yield* values;
    return;
  }
  const value = isSeparated
    ? (quotedAt(text, at) ?? bareAt(text, at, before, isLineStart(text, start), between))
    : (valueOfOther(text, end, afterName) ??
      (between === undefined ? undefined : quotedAt(text, at)) ??
      withoutSign(text, start, afterName, before, isQuoted));
  if (value) {
    yield value;
    yield* between !== undefined && /\n[ \t]*-[ \t]+$/.test(between) ? linesAfter(text, value.end) : [];
  }
}

function isLineStart(text: string, start: number): boolean {
  return lineStart.test(start <= 60 ? text.slice(0, start) : `.${text.slice(start - 60, start)}`);
}

/** The strings of `["…", "…"]`, and the second one of `env("…", "…")`. */
function listAt(text: string, at: number): readonly Value[] {
  const open = matchAt(inList, text, at) ?? matchAt(inFallback, text, at);
  const values: Value[] = [];
  let next: number | undefined = open === undefined ? undefined : at + open.length;
  while (next !== undefined && values.length < mostInList) {
    const value = quotedAt(text, next);
    const after = value && value.end + (matchAt(opening, text, value.end)?.length ?? 0);
    // A name of an object.
    if (value === undefined || after === undefined || /^\s{0,20}[:=]/.test(text.slice(after, after + 24))) {
      break;
    }
    values.push(value);
    const comma = matchAt(nextInList, text, after);
    next = comma === undefined ? undefined : after + comma.length;
  }
  return values;
}

/** What follows the first line of a list in YAML. */
function* linesAfter(text: string, from: number): Generator<Value> {
  let at = from;
  for (let count = 0; count < mostInList; count++) {
    const sign = matchAt(nextInLines, text, at);
    const start = at + (sign?.length ?? 0);
    const value = sign === undefined ? undefined : (quotedAt(text, start) ?? lineAt(text, start, ':'));
    if (!value) {
      return;
    }
    yield value;
    at = value.end;
  }
}

/** `name="password" value="…"`, and likewise in JSON and YAML; `<string name="password">…</string>`. */
function valueOfOther(text: string, end: number, afterName: number): Value | undefined {
  const between = matchAt(valueOfName, text, end) ?? matchAt(valueOfName, text, afterName);
  if (between === undefined) {
    const tag = matchAt(taggedValue, text, end);
    return tag === undefined ? undefined : untilOf(text, end + tag.length, /[<\n]/g, 'line');
  }
  const at = text.startsWith(between, end) ? end + between.length : afterName + between.length;
  return quotedAt(text, at) ?? untilOf(text, at, /[\s,}>]/g, 'line');
}

/** `--password …`, `PASSWORD '…'`, `setPassword("…")`, `<password>…</password>`, `ENV PASSWORD …`. */
function withoutSign(
  text: string,
  start: number,
  end: number,
  before: string,
  isQuoted: boolean,
): Value | undefined {
  const words = matchAt(loose, text, end);
  if (
    words !== undefined &&
    (!words.includes('|') || /\|[ \t]{0,20}[`*]{0,2}(?:[A-Za-z]{2,20} )?$/.test(before))
  ) {
    const at = end + words.length;
    return quotedAt(text, at) ?? untilOf(text, at, /[\s"'`|]/g, 'bare');
  }
  const [call, space] = [/\(\s{0,20}/y, /[ \t]{1,4}/y].map((sign) => matchAt(sign, text, end));
  if (call !== undefined && !isQuoted) {
    return quotedAt(text, end + call.length);
  }
  if (text[end] === '>' && /[<:]$/.test(before)) {
    const value = untilOf(text, end + 1, /[<\n]/g, 'line');
    return value && text.startsWith('</', value.end) ? value : undefined;
  }
  if (space === undefined || isQuoted) {
    return undefined;
  }
  const at = end + space.length;
  const isOption =
    /^(?:--?[\w-]{0,60}(?:pass|token|secret|key)|requirepass|masterauth)/i.test(text.slice(start, end)) ||
    /(?:(?:^|\n)\s{0,8}(?:ENV|ARG|env|setx?)|\bconfig(?:ure)?[ \t]+set)[ \t]+(?:\/\/\S{1,50}:)?$/.test(
      before,
    );
  return quotedAt(text, at) ?? (isOption ? untilOf(text, at, /[\s"'`]/g, 'line') : undefined);
}

/** A string, whatever is called with it. */
function quotedAt(text: string, at: number): Value | undefined {
  const inner = at + (matchAt(wrapped, text, at)?.length ?? 0);
  const mark = matchAt(opening, text, inner);
  if (mark === undefined) {
    return undefined;
  }
  const start = inner + mark.length;
  const end = endOfString(text, start, mark);
  return end === undefined ? undefined : { start, end, place: 'quoted' };
}

/** Where a string ends: on its line, unless its quotes let it go on. */
function endOfString(text: string, start: number, mark: string): number | undefined {
  if (mark.length > 1) {
    const end = text.indexOf(mark, start);
    return end < 0 || end - start > 4 * longest ? undefined : end;
  }
  const [quoteCode, backslash] = [mark.charCodeAt(0), 92];
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quoteCode) {
      return at;
    }
    if (code === 10 && mark !== '`') {
      return undefined;
    }
    at += code === backslash ? 1 : 0;
  }
  return undefined;
}

/** A value without quotes: to the end of its line where it has that for itself, else to the next sign. */
function bareAt(
  text: string,
  at: number,
  before: string,
  isLine: boolean,
  between: string,
): Value | undefined {
  if (isLine && /^[ \t]*:[^="'`]*\n/.test(between)) {
    return lineAt(text, at, between);
  }
  if (/[\n"'`]/.test(between) || /^\s*(?:=>|->|[=!]==?|\?\?|\|\||:=)/.test(between)) {
    return untilOf(text, at, /[\s,;&"'`<>)}\]|\\]/g, 'bare');
  }
  if (/[?&]$/.test(before)) {
    return untilOf(text, at, /[\s"'`<>)\\]|#(?=[\w-]*$)|&(?=[\w.%-]{1,40}=|&|\s|$)/gm, 'line');
  }
  if (/;\s*$/.test(before) && between.trim() === '=') {
    return untilOf(text, at, /[;"'`\n]/g, 'line');
  }
  if (isLine) {
    return lineAt(text, at, between);
  }
  return /:-/.test(between)
    ? untilOf(text, at, /[}\s]/g, 'line')
    : untilOf(
        text,
        at,
        /["'`]$/.test(before)
          ? /[\s,;"'`]|&(?=[\w.%-]{1,40}=)/g
          : /[\s,;"'`<>)}\]|\\]|&(?=[\w.%-]{1,40}=|&|\s|$)/g,
        between === '=' ? 'line' : 'bare',
      );
}

/** The rest of a line without its comment; of a variable's, up to a space. */
function lineAt(text: string, at: number, between: string): Value | undefined {
  const window = text.slice(at, at + longest);
  const length = window.search(/[\n\r]|\\n/);
  const line = (length < 0 ? window : window.slice(0, length)).trimEnd();
  const value =
    between === '='
      ? (/^\S*/.exec(line)?.[0] ?? '')
      : line.replace(/(?<![ \t])[ \t]+(?:(?:#|\/\/)[^\n]*|\*\/|-->)$/, '');
  return value === '' ? undefined : { start: at, end: at + value.length, place: 'line' };
}

function untilOf(text: string, at: number, stop: RegExp, place: Place): Value | undefined {
  const length = text.slice(at, at + longest).search(stop);
  const end = length < 0 ? Math.min(text.length, at + longest) : at + length;
  return end === at ? undefined : { start: at, end, place };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
