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
export function timeWords(time: number, now: number, { language, timeZone }: Place): string {
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language, { ...options, timeZone }).format(time);
  const { hour12 } = new Intl.DateTimeFormat(language, { hour: 'numeric' }).resolvedOptions();
  const clock = { hour: hour12 === true ? 'numeric' : '2-digit', minute: '2-digit' } as const;
  switch (dayOf(time, timeZone) - dayOf(now, timeZone)) {
    case 0:
      return t('today at {0}', format(clock));
    case 1:
      return t('tomorrow at {0}', format(clock));
    default: {
      const isFar = Math.abs(time - now) > 180 * dayMs;
      return format({
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        ...(isFar && { year: 'numeric' }),
        ...clock,
      });
    }
  }
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
