import { language } from '../platform/language.ts';

/** Formats days; created once, because that is slow. */
export function dayFormat(): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' });
}

/** `2026-01-31` in the user's language. */
export function dayWords(day: string, format = dayFormat()): string {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? day : format.format(date);
}
