/** The service's counters and limits reset at midnight UTC, whatever the interval. */
export function nextMidnight(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1);
}

/** When a limit with this interval next resets after a time; absent for unknown intervals. */
export function nextRenewal(interval: string, time: number): number | undefined {
  const date = new Date(time);
  switch (interval) {
    case 'daily':
      return nextMidnight(time);
    case 'weekly': {
      // Weeks start on Monday, so Sunday is day seven.
      const daysLeft = 7 - ((date.getUTCDay() + 6) % 7);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + daysLeft);
    }
    case 'monthly':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    default:
      return undefined;
  }
}
