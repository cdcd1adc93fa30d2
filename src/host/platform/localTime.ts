import { t } from '@vscode/l10n';
import { plainTimes } from './plainTimes.ts';

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
    default:
      return dayWords(time, place, Math.abs(time - now) > 180 * dayMs);
  }
}

function clockWords(time: number, place: Place): string {
  const plain = plainOf(place)?.clock(new Date(time));
  return plain ?? formatAt(time, place, clockOf(place.language));
}

function dayWords(time: number, place: Place, hasYear: boolean): string {
  const plain = plainOf(place)?.dayAndClock(new Date(time), hasYear);
  const day = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  const year = hasYear ? ({ year: 'numeric' } as const) : {};
  return plain ?? formatAt(time, place, { ...day, ...year, ...clockOf(place.language) });
}

/** Only for the machine's time zone. */
function plainOf({ language, timeZone }: Place): (typeof plainTimes)[string] {
  return timeZone === undefined ? plainTimes[language] : undefined;
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
