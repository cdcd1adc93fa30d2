import type { JsonObject } from '../../core/util/json.ts';

/** Headers that Switchboard and the connection control. */
const reserved = new Set([
  'accept',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'cookie',
  'host',
  'http-referer',
  'transfer-encoding',
  'x-session-id',
]);

/** Reads `switchboard.requestHeaders`, without invalid headers and our own. */
export function readRequestHeaders(setting: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(setting).flatMap(([name, value]) =>
      typeof value === 'string' && isRequestHeader(name, value) ? [[name.toLowerCase(), value]] : [],
    ),
  );
}

/** Whether a header can be sent, and isn't one of our own. */
export function isRequestHeader(name: string, value: unknown): boolean {
  return isName(name) && typeof value === 'string' && isValue(value);
}

function isName(name: string): boolean {
  const lower = name.toLowerCase();
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !reserved.has(lower) && !lower.startsWith('x-openrouter-');
}

/** Visible ASCII with single spaces. */
function isValue(value: string): boolean {
  return /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value);
}
