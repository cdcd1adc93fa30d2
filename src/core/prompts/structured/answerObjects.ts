import { jsonrepair } from 'jsonrepair';
import { objectIn, parseJson, type JsonObject } from '../../util/json.ts';

/** More candidates than this aren't tried: the right one comes early or not at all. */
const maxPieces = 16;

/**
 * The objects that an answer may mean, the likeliest first: models put JSON into fences and among sentences, and write
 * comments, trailing commas and the quotes and words of Python into it. Where the answer is whole, its last brackets
 * may be missing. Takes time in proportion to the length of the text.
 */
export function* answerObjects(text: string, isWhole = false): Generator<JsonObject> {
  const whole = readObject(text, isWhole);
  if (whole) {
    yield whole;
    return;
  }
  for (const pieces of [fencedPieces(text), balancedPieces(text)]) {
    for (const object of pieces.map((piece) => readObject(piece, isWhole))) {
      if (object) {
        yield object;
      }
    }
  }
}

function readObject(text: string, isWhole: boolean): JsonObject | undefined {
  return objectIn(parseJson(text)) ?? objectIn(parseJson(repaired(text, isWhole) ?? ''));
}

/** The content of fences. */
function fencedPieces(text: string): readonly string[] {
  const fences = [...text.matchAll(/^[ \t]*`{3,}.*$/gm)].slice(0, 2 * maxPieces);
  return fences
    .filter((_, index) => index % 2 === 0)
    .map((opening, index) =>
      text.slice(opening.index + opening[0].length, fences[2 * index + 1]?.index ?? text.length),
    );
}

/** What stands between outermost braces that belong together and begin as those of an object do, not as those of code. */
function balancedPieces(text: string): readonly string[] {
  const pieces: string[] = [];
  const opening = /\{\s*(?:["'“}/]|\w+\s*:)/g;
  for (let tries = 0; tries < maxPieces; tries += 1) {
    const start = opening.exec(text)?.index;
    if (start === undefined) {
      break;
    }
    const end = objectEnd(text, start);
    if (end !== undefined) {
      pieces.push(text.slice(start, end));
    }
    opening.lastIndex = end ?? start + 1;
  }
  return pieces;
}

function objectEnd(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '{' || sign === '}') {
      depth += sign === '{' ? 1 : -1;
      if (depth === 0) {
        return at + 1;
      }
    } else if (sign === '"' || sign === "'" || sign === '“' || sign === '/') {
      at += tokenAt(text, at).token.length - 1;
    }
  }
  return undefined;
}

/**
 * The JSON that is meant, where only its spelling is not that of JSON. A repair that would have to guess what belongs to
 * a text, or to add more than the last brackets of a whole answer, is none.
 */
function repaired(text: string, isWhole: boolean): string | undefined {
  if (!/^\s*(?:\{|\/[/*])/.test(text)) {
    return undefined;
  }
  const given = skeletonOf(text);
  if (!/^\{.*[}\]"]$/s.test(given)) {
    return undefined;
  }
  try {
    const json = jsonrepair(withEscapes(text));
    const added = skeletonOf(json).slice(given.length);
    const isSame = skeletonOf(json) === given + added && /^[}\]]*$/.test(added);
    // After a comma more was to come, and a number may have had more digits.
    const mayEndHere = isWhole && /["'”}\]]\s*$/.test(text);
    return isSame && (mayEndHere || added === '') ? json : undefined;
  } catch {
    // It is no JSON at all, or nested without end.
    return undefined;
  }
}

/** A backslash that escapes nothing stands for itself, as one in a regular expression; control characters are escaped. */
function withEscapes(text: string): string {
  return text
    .replace(/\\(?:["'\\/bfnrt\n]|u[\dA-Fa-f]{4})|\\/g, (found) => (found === '\\' ? '\\\\' : found))
    .replace(/[\u0000-\u0008\u000b\u000e-\u001f]/g, (character) => JSON.stringify(character).slice(1, -1));
}

/** What a text is made of: its brackets and colons, and `"` for a text or a word; nothing where it is no JSON. */
function skeletonOf(text: string): string {
  let skeleton = '';
  for (let at = 0; at < text.length;) {
    const { token, isString } = tokenAt(text, at);
    at += token.length;
    if (isString || /^[+-]?[\w.]*\w/.test(token)) {
      skeleton += '"';
    } else if (/^[{}[\]:]/.test(token)) {
      skeleton += token;
    } else if (!/^(?:[\s,]|\/[/*])/.test(token)) {
      return '';
    }
  }
  return skeleton;
}

const closedString = String.raw`"(?:[^"\\]|\\[^])*"|“[^”]*”|(?<=[{[,:]\s{0,99})'(?:[^'\\]|\\[^])*'`;
/** A string with its end or without one, a comment, a word, white space, or a single character. */
const anyToken = new RegExp(
  String.raw`(${closedString})|["“][^]*|//[^\n]*|/\*[^]*?(?:\*/|$)|[\w.+-]+|\s+|[^]`,
  'y',
);

function tokenAt(text: string, at: number): { readonly token: string; readonly isString: boolean } {
  anyToken.lastIndex = at;
  const [token = '', string] = anyToken.exec(text) ?? [];
  return { token, isString: string !== undefined };
}
