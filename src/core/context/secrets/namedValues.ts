import { possibly, type Secret } from '../redaction.ts';
import { nameClassOf, nameHint, type NameClass } from './names.ts';
import { valuesAfter } from './valueAfter.ts';
import { isSecretValue, type Place } from './values.ts';

const farthestLeft = 80;
const farthestRight = 60;

const kinds: Readonly<Record<NameClass, string>> = {
  password: 'password',
  secret: 'secret',
  key: 'secret',
};

/** Values of names that say so: `password = "…"`, `API_KEY=…`, `<token>…</token>`, and so on. */
export function* namedValues(text: string): Generator<Secret> {
  const hint = new RegExp(nameHint);
  for (let hit = hint.exec(text); hit; hit = hint.exec(text)) {
    const start = startOfName(text, hit.index);
    const end = endOfName(text, hit.index + hit[0].length);
    hint.lastIndex = Math.max(hint.lastIndex, end);
    const name = nameClassOf(wordBefore(text, start, end) + text.slice(start, end));
    if (name === undefined) {
      continue;
    }
    for (const value of valuesAfter(text, start, end)) {
      const isSecret = isSecretValue(text.slice(value.start, value.end), name, value.place);
      if (isSecret) {
        yield { start: value.start, end: value.end, kind: kindOf(name, value.place) };
      }
      // A value that is none may hold a name of its own.
      hint.lastIndex = Math.max(hint.lastIndex, isSecret ? value.end : value.start);
    }
  }
}

/** What code may also call so, or a name that could mean anything, is only possibly a secret. */
function kindOf(name: NameClass, place: Place): string {
  return name === 'key' || place === 'bare' ? possibly(kinds[name]) : kinds[name];
}

/** `API key: …`: two words that are one name. */
function wordBefore(text: string, start: number, end: number): string {
  const isKey = end - start <= 4 && /^keys?$/i.test(text.slice(start, end));
  const word = isKey
    ? /\b([A-Za-z]{2,20})[ \t]$/.exec(text.slice(Math.max(0, start - 24), start))?.[1]
    : undefined;
  return word === undefined ? '' : `${word}_`;
}

function startOfName(text: string, from: number): number {
  const floor = Math.max(0, from - farthestLeft);
  let start = from;
  while (start > floor && /[\w.-]/.test(text.charAt(start - 1))) {
    start--;
  }
  // The letter of a `\n` in a string belongs to no name.
  return start < from && text[start - 1] === '\\' && /[nrt]/.test(text.charAt(start)) ? start + 1 : start;
}

function endOfName(text: string, from: number): number {
  const after = /^[\w-]*/.exec(text.slice(from, from + farthestRight))?.[0] ?? '';
  // An arrow begins with a sign that names have, too: `password->x`.
  return from + after.replace(/(?<!-)-+$/, '').length;
}
