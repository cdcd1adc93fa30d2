/** When the counters and limits of the service begin anew: at midnight in UTC, whatever the interval. */
export function nextMidnight(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1);
}

/** When a limit with this interval is next renewed after a time; absent for an interval that we do not know. */
export function nextRenewal(interval: string, time: number): number | undefined {
  const date = new Date(time);
  switch (interval) {
    case 'daily':
      return nextMidnight(time);
    case 'weekly': {
      // Weeks begin on Monday; a Sunday is its seventh day.
      const daysLeft = 7 - ((date.getUTCDay() + 6) % 7);
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + daysLeft);
    }
    case 'monthly':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    default:
      return undefined;
  }
}
