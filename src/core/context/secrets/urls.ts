import type { Secret } from '../redaction.ts';
import { isPlaceholder, looksRandom } from './likeness.ts';

/** Longer addresses are looked at up to here. */
const maxAddress = 1000;

const databases =
  /^(?:postgres(?:ql)?|mysqlx?|mariadb|mongodb|mssql|sqlserver|oracle|cockroachdb|clickhouse|redshift|neo4j|bolt)$/i;

/** A port, and the path after it: `http://localhost:3000/users/@me`. */
const port = /^\d{1,5}(?![^/?#"'<>\s)\],;&])/;

/** Code that puts an address together: `"https://" + user + ":" + password + "@" + host`. */
const pieced = /^["'`]|["'`]\s*[+.,]|[+.]\s*["'`]/;

/** Passwords and tokens in addresses: `redis://:password@host`, `https://token@host`. */
export function* urlCredentials(text: string): Generator<Secret> {
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const scheme = /[a-z][a-z0-9+.-]{0,30}$/i.exec(text.slice(Math.max(0, at - 31), at))?.[0];
    const found = scheme === undefined ? undefined : credentialIn(text, at - scheme.length, scheme);
    if (found) {
      yield found;
    }
  }
}

function credentialIn(text: string, from: number, scheme: string): Secret | undefined {
  const start = from + scheme.length + 3;
  const address = addressAt(text, start, text[from - 1]);
  const at = signIn(address);
  if (at <= 0) {
    return undefined;
  }
  const split = address.indexOf(':');
  if (split < 0 || split > at) {
    const token = address.slice(0, at);
    const isToken = !/[/?#"'`<>(]/.test(token) && looksRandom(token, 16) && !isPlaceholder(token);
    return isToken ? { start, end: start + at, kind: 'token in a url' } : undefined;
  }
  const [user, password] = [address.slice(0, split), address.slice(split + 1, at)];
  if (/[/?#"'`,;()]/.test(user) || isNoPassword(password)) {
    return undefined;
  }
  // All of a database's address is a secret; of another, the password, and a user that is a token.
  return databases.test(scheme.replace(/\+.*$/, ''))
    ? { start: from, end: start + endOf(address, at), kind: 'database connection string' }
    : {
        start: looksRandom(user, 20) ? start : start + split + 1,
        end: start + at,
        kind: 'password in a url',
      };
}

function isNoPassword(password: string): boolean {
  return password === '' || port.test(password) || pieced.test(password) || isPlaceholder(password);
}

/** What follows `://`: up to the quote that began before it, or to a space. */
function addressAt(text: string, start: number, before: string | undefined): string {
  const window = text.slice(start, start + maxAddress);
  const length = window.search(endings.get(before ?? '') ?? /\s|&quot;|:\/\//);
  return length < 0 ? window : window.slice(0, length);
}

/** What ends an address that begins after a quote: a password may hold the other quotes. */
const endings: ReadonlyMap<string, RegExp> = new Map([
  ['"', /[\n\r"]/],
  ["'", /[\n\r']/],
  ['`', /[\n\r`]/],
]);

/** Where an address ends whose credentials end at a place. */
function endOf(address: string, at: number): number {
  const length = address.slice(at).search(/["'`<>\\|)]|(?<![.,;:])[.,;:]+$/);
  return length < 0 ? address.length : at + length;
}

/**
 * Where the credentials end. A password may hold `@`, `/`, `?` and `#` as they are: what counts is the last `@` that a
 * host follows.
 */
function signIn(address: string): number {
  const path = address.search(/[/?#]/);
  const inAuthority = path < 0 ? address.lastIndexOf('@') : address.lastIndexOf('@', path);
  const colon = address.indexOf(':');
  if (path < 0 || colon < 0 || colon > path || port.test(address.slice(colon + 1))) {
    return inAuthority;
  }
  if (inAuthority >= 0 && address.slice(inAuthority, path).includes('.')) {
    return inAuthority;
  }
  const last = address.lastIndexOf('@');
  const host =
    inAuthority < 0 || !/^[\w.-]*(?::\d+)?$/.test(address.slice(inAuthority + 1, path))
      ? /^(?:\[[\da-f:]+\]|[\w-]+(?:\.[\w-]+)*)(?::\d+)?(?:[/?#,"'`)]|$)/i
      : /^(?:\[[\da-f:]+\]|[\w-]+(?:\.[\w-]+)+|localhost|[\w-]+(?=:\d))(?::\d+)?(?:[/?#,"'`)]|$)/i;
  return host.test(address.slice(last + 1)) ? last : inAuthority;
}
