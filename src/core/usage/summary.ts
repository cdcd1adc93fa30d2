import type { PicoDollars } from '../money/money.ts';
import { startOfDay } from './ledger.ts';
import type { RecordGroup, RecordSpeed } from './usageRecords.ts';

/** How many calendar days to look back, including today. */
export type Period = 'today' | 'week' | 'month' | 'all';

/** A period over which costs are summed. */
export type Step = 'hour' | 'day' | 'week' | 'month';

/** The totals of requests that share something. */
export interface Share {
  readonly name: string;
  readonly requests: number;
  readonly failed: number;
  readonly tokens: number;
  readonly cost: PicoDollars;
  readonly estimated: number;
  readonly within: number;
}

/** A model's speed, and its cost relative to the upper estimate; medians. */
export interface Speed {
  readonly firstTokenMs?: number;
  readonly tokensPerSecond?: number;
  readonly shareOfEstimate?: number;
}

/** More bars than this are unreadable. */
const maxSteps = 62;

/** When a period started, in milliseconds since the epoch. */
export function startOf(period: Period, now: number): number {
  switch (period) {
    case 'today':
      return startOfDay(now);
    case 'week':
      return startOfDay(now, 6);
    case 'month':
      return startOfDay(now, 29);
    case 'all':
      return 0;
    default:
      return period satisfies never;
  }
}

/**
 * The times at which a period's steps start, plus the end of the last one, in the shortest readable steps. `first` is
 * the first request's start.
 */
export function stepsOf(
  period: Period,
  now: number,
  first = now,
): { readonly step: Step; readonly times: readonly number[] } {
  if (period === 'today') {
    return { step: 'hour', times: timesOf('hour', startOfDay(now), startOfDay(now, -1) - 1) };
  }
  const begin = period === 'all' ? Math.min(first, startOfDay(now, 6)) : startOf(period, now);
  for (const step of ['day', 'week'] as const) {
    const times = timesOf(step, begin, now);
    if (times.length <= maxSteps + 1) {
      return { step, times };
    }
  }
  return { step: 'month', times: timesOf('month', begin, now) };
}

/** By the local calendar: days and hours vary in length when clocks change. */
function timesOf(step: Step, begin: number, end: number): readonly number[] {
  const from = new Date(begin);
  const [year, month, day] = [from.getFullYear(), from.getMonth(), from.getDate()];
  const at = (index: number): number => {
    switch (step) {
      case 'hour':
        return begin + index * 3_600_000;
      case 'day':
        return new Date(year, month, day + index).getTime();
      case 'week':
        // Weeks start on Monday.
        return new Date(year, month, day - ((from.getDay() + 6) % 7) + index * 7).getTime();
      case 'month':
        return new Date(year, month + index, 1).getTime();
      default:
        return step satisfies never;
    }
  };
  const times = [at(0)];
  for (let index = 1; (times.at(-1) ?? Infinity) <= end; index += 1) {
    times.push(at(index));
  }
  return times;
}

/** Groups requests by a name, most expensive group first. */
export function sharesBy(
  groups: readonly RecordGroup[],
  nameOf: (group: RecordGroup) => string,
): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const group of groups) {
    const name = nameOf(group);
    const before = shares.get(name) ?? nothing;
    shares.set(name, {
      name,
      requests: before.requests + group.requests,
      failed: before.failed + group.failed,
      tokens: before.tokens + group.tokens,
      cost: before.cost + group.cost,
      estimated: before.estimated + group.estimated,
      within: before.within + group.within,
    });
  }
  return [...shares.values()].sort((one, other) => other.cost - one.cost || other.requests - one.requests);
}

const nothing = { requests: 0, failed: 0, tokens: 0, cost: 0, estimated: 0, within: 0 } as const;

/** How fast each model answers, by name. */
export function speedsBy(
  speeds: readonly RecordSpeed[],
  nameOf: (model: string) => string,
): ReadonlyMap<string, Speed> {
  const byName = new Map<string, RecordSpeed[]>();
  for (const speed of speeds) {
    const name = nameOf(speed.model);
    const each = byName.get(name);
    if (each) {
      each.push(speed);
    } else {
      byName.set(name, [speed]);
    }
  }
  const of = (each: readonly RecordSpeed[], field: keyof Speed): Speed => {
    const middle = medianOf(each.flatMap((speed) => speed[field] ?? []));
    return middle === undefined ? {} : { [field]: middle };
  };
  return new Map(
    [...byName].map(([name, each]) => [
      name,
      { ...of(each, 'firstTokenMs'), ...of(each, 'tokensPerSecond'), ...of(each, 'shareOfEstimate') },
    ]),
  );
}

/** One very slow answer says little, so this is the median, not the mean. */
function medianOf(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((one, other) => one - other);
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
}
