import { t } from '@vscode/l10n';
import { language } from '../platform/language.ts';

const dayMs = 24 * 60 * 60_000;

/** A moment's day in words, as seen from another moment; both in milliseconds since the epoch. */
export function dayOf(moment: number, now: number, locale = language()): string {
  const days = Math.round((startOfDay(now) - startOfDay(moment)) / dayMs);
  if (days <= 0) {
    return t('Today');
  }
  if (days === 1) {
    return t('Yesterday');
  }
  const date = new Date(moment);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString(locale, {
    ...(days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long' }),
    ...(sameYear || days < 7 ? {} : { year: 'numeric' }),
  });
}

function startOfDay(moment: number): number {
  return new Date(moment).setHours(0, 0, 0, 0);
}
