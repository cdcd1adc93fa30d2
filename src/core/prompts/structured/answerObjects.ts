import { objectIn, parseJson, type JsonObject } from '../../util/json.ts';

/** More pieces of an answer than this are not looked at: what is meant comes early or not at all. */
const maxPieces = 16;

/**
 * The objects that an answer may mean, the likeliest first: models put JSON into fences and among sentences, and write
 * comments and trailing commas into it. Takes time in proportion to the length of the text.
 */
export function* answerObjects(text: string): Generator<JsonObject> {
  const whole = readObject(text);
  if (whole) {
    yield whole;
    return;
  }
  for (const pieces of [fencedPieces(text), balancedPieces(text)]) {
    for (const object of [...pieces].map(readObject)) {
      if (object) {
        yield object;
      }
    }
  }
}

function readObject(text: string): JsonObject | undefined {
  return objectIn(parseJson(text)) ?? objectIn(parseJson(strictJson(text)));
}

/** What stands between fences. */
function fencedPieces(text: string): readonly string[] {
  const fences = [...text.matchAll(/^[ \t]*`{3,}.*$/gm)].slice(0, 2 * maxPieces);
  return fences
    .filter((_, index) => index % 2 === 0)
    .map((opening, index) =>
      text.slice(opening.index + opening[0].length, fences[2 * index + 1]?.index ?? text.length),
    );
}

/** What stands between outermost braces that belong together. */
function balancedPieces(text: string): readonly string[] {
  const pieces: string[] = [];
  let start = text.indexOf('{');
  for (let tries = 0; start >= 0 && tries < maxPieces; tries += 1) {
    const end = objectEnd(text, start);
    if (end !== undefined) {
      pieces.push(text.slice(start, end));
    }
    start = text.indexOf('{', end ?? start + 1);
  }
  return pieces;
}

function objectEnd(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at = tokenEnd(text, at)) {
    depth += text[at] === '{' ? 1 : text[at] === '}' ? -1 : 0;
    if (depth === 0) {
      return at + 1;
    }
  }
  return undefined;
}

/** The same JSON without comments and trailing commas, and with the control characters in strings escaped. */
function strictJson(text: string): string {
  let [strict, comma] = ['', ''];
  for (let at = 0; at < text.length;) {
    const end = tokenEnd(text, at);
    const token = text.slice(at, end);
    at = end;
    if (token.trim() === '' || /^\/[/*]/.test(token)) {
      strict += ' ';
    } else if (token === ',') {
      strict += comma;
      comma = token;
    } else {
      strict += token === '}' || token === ']' ? token : comma + withoutControls(token);
      comma = '';
    }
  }
  return strict + comma;
}

function withoutControls(token: string): string {
  return token.startsWith('"')
    ? token.replace(/[\u0000-\u001f]/g, (character) => JSON.stringify(character).slice(1, -1))
    : token;
}

/** Where the string, the comment or the single character that begins here ends. */
function tokenEnd(text: string, at: number): number {
  if (text[at] === '"') {
    return stringEnd(text, at);
  }
  if (text[at] === '/' && text[at + 1] === '/') {
    return endAfter(text, '\n', at);
  }
  return text[at] === '/' && text[at + 1] === '*' ? endAfter(text, '*/', at + 2) : at + 1;
}

function endAfter(text: string, mark: string, at: number): number {
  const found = text.indexOf(mark, at);
  return found < 0 ? text.length : found + mark.length;
}

function stringEnd(text: string, at: number): number {
  for (let index = at + 1; index < text.length; index += 1) {
    if (text[index] === '\\') {
      index += 1;
    } else if (text[index] === '"') {
      return index + 1;
    }
  }
  return text.length;
}
