import { t } from '@vscode/l10n';

/** The language and time zone for displayed times. */
export interface Place {
  /** A language tag. */
  readonly language: string;
  /** The machine's if absent. */
  readonly timeZone?: string;
}

const dayMs = 24 * 60 * 60 * 1_000;
const hourMs = 60 * 60 * 1_000;
const minuteMs = 60 * 1_000;

/** A time in words, for example `today at 1:00 AM` or `Tuesday, December 1 at 1:00 AM`. */
export function timeWords(time: number, now: number, place: Place): string {
  switch (dayOf(time, place.timeZone) - dayOf(now, place.timeZone)) {
    case 0:
      return t('today at {0}', clockWords(time, place));
    case 1:
      return t('tomorrow at {0}', clockWords(time, place));
    default: {
      const isFar = Math.abs(time - now) > 180 * dayMs;
      const day = { weekday: 'long', day: 'numeric', month: 'long' } as const;
      return formatAt(time, place, {
        ...day,
        ...(isFar && { year: 'numeric' }),
        ...clockOf(place.language),
      });
    }
  }
}

/**
 * The time of day. It is drawn at start-up, where the first use of `Intl` costs the extension host 8 MB, so the machine's
 * clock is written without it in our own languages.
 */
export function clockWords(time: number, place: Place): string {
  if (place.timeZone === undefined) {
    const date = new Date(time);
    const [hours, minutes] = [date.getHours(), twoDigits(date.getMinutes())];
    switch (place.language) {
      case 'en':
        return `${String(hours % 12 || 12)}:${minutes} ${hours < 12 ? 'AM' : 'PM'}`;
      case 'de':
      case 'ja':
        return `${twoDigits(hours)}:${minutes}`;
    }
  }
  return formatAt(time, place, clockOf(place.language));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function clockOf(language: string): Intl.DateTimeFormatOptions {
  const { hour12 } = new Intl.DateTimeFormat(language, { hour: 'numeric' }).resolvedOptions();
  return { hour: hour12 === true ? 'numeric' : '2-digit', minute: '2-digit' };
}

function formatAt(time: number, { language, timeZone }: Place, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, { ...options, timeZone }).format(time);
}

/** The time until then, for example `in 3 days`. */
export function distanceWords(time: number, now: number, { language }: Place): string {
  const left = time - now;
  const format = new Intl.RelativeTimeFormat(language);
  if (left >= 2 * dayMs) {
    return format.format(Math.floor(left / dayMs), 'day');
  }
  return left >= 2 * hourMs
    ? format.format(Math.floor(left / hourMs), 'hour')
    : format.format(Math.max(1, Math.ceil(left / minuteMs)), 'minute');
}

/** The calendar day number of a time in a time zone. */
function dayOf(time: number, timeZone: string | undefined): number {
  if (timeZone === undefined) {
    const date = new Date(time);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs;
  }
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(time);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day')) / dayMs;
}
