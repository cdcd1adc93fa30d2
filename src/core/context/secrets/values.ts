import { distinct, isPlaceholder, looksRandom, wordShare } from './likeness.ts';
import type { NameClass } from './names.ts';

/** How a value stands in its text. */
export type Place = 'quoted' | 'line' | 'bare';

const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
const hex = /^[\da-f]{16,}$/i;
const reference =
  /^(?:\.{0,2}\/|~\/|[A-Za-z]:[\\/]|\w{2,20}:\/\/|file:|env:|vault:|arn:|urn:|data:|op:|ssm:|secretsmanager:|sha\d{3}-|ssh-\w+ |age1|ref\+)/i;
const dateOrVersion =
  /^(?:v?\d{1,4}(?:[.-]\d{1,6}){2,3}(?:[-+T ][\w.:+-]{1,20})?Z?|#[\da-f]{3,8}|[\d.,:/ +-]+)$/i;
const pattern = /^\^.*\$$|^\^?\(\?[=!:<]|\\[dwsb][+*{]|^\.[*+]|\[\^?\w-\w/;
const keyword = /^(?:new |await |async |function\b|\(.{0,40}\) ?=>|\w+ => )/;
/** A call that the search for the value's end cut off: `list.map((each`. */
const openCall = /^[\w$.?]{1,60}[([][^)\]]*$/;
const path = /^[A-Za-z_$][\w$]{0,60}(?:(?:\?\.|\.|->|::)[A-Za-z_$][\w$]{0,60}){0,6}/;

/** Whether the value of a name is a secret: nothing to fill in, no reference, no word of a text, no code. */
export function isSecretValue(given: string, name: NameClass, place: Place): boolean {
  const value = given.trim();
  if (value === '' || isPlaceholder(value) || isReference(value) || dateOrVersion.test(value)) {
    return false;
  }
  if (place === 'bare' && openCall.test(value)) {
    return false;
  }
  if (
    place !== 'quoted' &&
    isCode(value.replace(/(?<![,;])[,;]+$/, ''), name === 'password' && place === 'line')
  ) {
    return false;
  }
  switch (name) {
    case 'password':
      return isPassword(value, place);
    case 'secret':
      return isMade(value);
    case 'key':
      return isMade(value) && value.length >= 20 && isMixed(value) && wordShare(value) < 0.35;
    default:
      return name satisfies never;
  }
}

function isReference(value: string): boolean {
  return reference.test(value) && (!value.startsWith('/') || wordShare(value) >= 0.5 || value.length < 12);
}

/** A name, a member, a call or another expression. Where a value stands for itself, a name with a digit is none. */
function isCode(value: string, isLiteral: boolean): boolean {
  const name = path.exec(value)?.[0] ?? '';
  const rest = value.slice(name.length);
  if (keyword.test(value)) {
    return true;
  }
  if (name === '' || (wordShare(name) < 0.5 && name.length > 3)) {
    return false;
  }
  return /^[!?]?$/.test(rest)
    ? !isLiteral || !/\d/.test(name) || /[.:>]/.test(name)
    : /^\??[([<{]/.test(rest) && /[)\]}>({[]$/.test(value);
}

/** People choose passwords: whatever has a digit or a sign inside is one, and of letters alone what is no word. */
function isPassword(value: string, place: Place): boolean {
  if (value.length < 6 || pattern.test(value) || /<\/?\w+[ />]/.test(value)) {
    return false;
  }
  const share = wordShare(value);
  const isText = /\s|[^\x00-\x7f]/.test(value);
  if (isText || !/[a-z]/i.test(value)) {
    return isText ? share < 0.5 && /\d/.test(value) && !/[^\x00-\x7f]/.test(value) : value.length >= 8;
  }
  if (/\d/.test(value)) {
    return place !== 'bare' || share < 0.6 || /[^\w.-]/.test(value);
  }
  if (/^[A-Za-z]+$/.test(value)) {
    return value.length >= 8 && share < 0.6;
  }
  const inside = value.slice(1).replace(/(?<![?!.:*…,;)])[?!.:*…,;)]+$/, '');
  return share < 0.6 || (/[@$%^&+=~#!*]/.test(inside) && !/^[#.[({]/.test(value));
}

/** What a generator made: hexadecimal, a UUID, or a run of characters without words. */
function isMade(value: string): boolean {
  if (/\s/.test(value) || /[^\x21-\x7e]/.test(value) || pattern.test(value)) {
    return false;
  }
  if (uuid.test(value) || (hex.test(value) && /\d/.test(value))) {
    return distinct(value) > 4;
  }
  if (value.length < 12) {
    return (
      looksRandom(value, 8) &&
      /\d/.test(value) &&
      /[a-z]/i.test(value) &&
      !/^[a-z]+[-_]?\d{1,4}$/i.test(value)
    );
  }
  return (
    looksRandom(value, 12) &&
    (/\d/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value)) || value.length >= 16)
  );
}

function isMixed(value: string): boolean {
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && /^[\w+/=.~-]+$/.test(value);
}
