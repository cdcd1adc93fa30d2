/** How one of our languages writes a time of the machine's clock. */
interface PlainTimes {
  /** The time of day. */
  clock(date: Date): string;
  /** The day and the time of day, with the year where the day is far off. */
  dayAndClock(date: Date, hasYear: boolean): string;
}

const days = {
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  de: ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag'],
  ja: ['日', '月', '火', '水', '木', '金', '土'],
} as const;

const months = {
  en: 'January,February,March,April,May,June,July,August,September,October,November,December'.split(','),
  de: 'Januar,Februar,März,April,Mai,Juni,Juli,August,September,Oktober,November,Dezember'.split(','),
} as const;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

const clock24 = (date: Date): string => `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;

const clock12 = (date: Date): string => {
  const hours = date.getHours();
  return `${String(hours % 12 || 12)}:${twoDigits(date.getMinutes())} ${hours < 12 ? 'AM' : 'PM'}`;
};

/**
 * Times without `Intl`, in the languages that we speak: the credit item draws them at start-up, where the first use of
 * `Intl` costs the extension host 8 MB.
 */
export const plainTimes: Readonly<Partial<Record<string, PlainTimes>>> = {
  en: {
    clock: clock12,
    dayAndClock: (date, hasYear) => {
      const year = hasYear ? `, ${String(date.getFullYear())}` : '';
      const day = `${months.en[date.getMonth()] ?? ''} ${String(date.getDate())}${year}`;
      return `${days.en[date.getDay()] ?? ''}, ${day} at ${clock12(date)}`;
    },
  },
  de: {
    clock: clock24,
    dayAndClock: (date, hasYear) => {
      const year = hasYear ? ` ${String(date.getFullYear())}` : '';
      const day = `${String(date.getDate())}. ${months.de[date.getMonth()] ?? ''}${year}`;
      return `${days.de[date.getDay()] ?? ''}, ${day} um ${clock24(date)}`;
    },
  },
  ja: {
    clock: clock24,
    dayAndClock: (date, hasYear) => {
      const year = hasYear ? `${String(date.getFullYear())}年` : '';
      const day = `${String(date.getMonth() + 1)}月${String(date.getDate())}日`;
      return `${year}${day}${days.ja[date.getDay()] ?? ''}曜日 ${clock24(date)}`;
    },
  },
};
