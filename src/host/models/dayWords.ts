import { language } from '../language.ts';

/** `2026-01-31` in the words of the user. */
export function dayWords(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(language(), {
    dateStyle: 'medium',
    timeZone: 'UTC',
  });
}
