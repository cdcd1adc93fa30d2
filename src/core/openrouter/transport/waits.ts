import { objectIn, textIn, type JsonObject } from '../../util/json.ts';

/** `Retry-After` in seconds: a number, also with a fraction, or a date. */
export function secondsIn(header: string | null, now = Date.now()): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Number(text);
  }
  const date = dateIn(text);
  return date === undefined ? undefined : Math.max(0, Math.ceil((date - now) / 1_000));
}

/** When a limit resets, in milliseconds since the epoch: by an error's metadata, else by the response's header. */
export function resetIn(metadata: JsonObject, header: string | null = null): number | undefined {
  const named = Object.entries(objectIn(metadata['headers']) ?? {}).find(
    ([name]) => name.toLowerCase() === 'x-ratelimit-reset',
  )?.[1];
  return momentIn(named) ?? dateIn(textIn(metadata['resets_at']) ?? '') ?? momentIn(header);
}

/** A moment: milliseconds or seconds since the epoch, seconds from now, or a date. */
function momentIn(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : (textIn(value)?.trim() ?? '');
  if (!/^\d+(\.\d+)?$/.test(text)) {
    return dateIn(text);
  }
  const count = Number(text);
  if (count <= 0) {
    return undefined;
  }
  if (count >= 1e11) {
    return count;
  }
  return count >= 1e9 ? count * 1_000 : Date.now() + count * 1_000;
}

/** Only what is written as a date: the platform takes almost any number for one. */
function dateIn(text: string): number | undefined {
  const date = /^([A-Z][a-z]{2,8},? |\d{4}-\d\d-\d\d)/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : date;
}
