import { language } from '../platform/language.ts';

/** How days are told to the user; for whoever tells many, because making it takes long. */
export function dayFormat(): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' });
}

/** `2026-01-31` in the words of the user. */
export function dayWords(day: string, format = dayFormat()): string {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? day : format.format(date);
}
