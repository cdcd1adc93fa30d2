import { t } from '@vscode/l10n';
import { formatCost, formatPrice, toMicroDollars, toPicoDollars } from '../../core/money/money.ts';
import { sharesBy, speedsBy, startOf, stepsOf, type Share, type Speed } from '../../core/usage/summary.ts';
import type { UsageRecords } from '../../core/usage/usageRecords.ts';
import type {
  Measure,
  ModelUsage,
  UsageCosts,
  UsagePeriod,
  UsageShare,
  UsageView,
} from '../../protocol/usageView.ts';
import type { UsageNames } from './usageList.ts';
import { stepTitle, stepUnit, timeWords, markWords } from './stepWords.ts';
import { formatNumber, formatPercent, formatSeconds } from '../platform/formats.ts';

/** How many recent answers determine a model's speed. */
const recentAnswers = 3_000;

/** About how many labels fit below the chart. */
const maxMarks = 8;

/** The ledger as its page shows it, without the request list. */
export function toUsageView(
  records: UsageRecords,
  period: UsagePeriod,
  { now, names }: { readonly now: number; readonly names: UsageNames },
): Omit<UsageView, 'list' | 'hasLog'> {
  const since = startOf(period, now);
  const groups = records.groups(since);
  const speeds = speedsBy(records.speeds(since, recentAnswers), names.modelName);
  const models = sharesBy(groups, ({ model }) => names.modelName(model));
  return {
    totals: totalsOf(records, now),
    period,
    costs: costsOf(records, period, now),
    models: withSpeeds(models, speeds),
    features: toShares(sharesBy(groups, ({ feature }) => names.featureName(feature))),
    providers: toShares(sharesBy(groups, ({ provider }) => provider ?? t('unknown'))),
    workspaces: toShares(sharesBy(groups, ({ workspace }) => workspace ?? t('No workspace'))),
  };
}

function totalsOf(records: UsageRecords, now: number): UsageView['totals'] {
  const labels: readonly (readonly [UsagePeriod, string])[] = [
    ['today', t('Today')],
    ['week', t('{0} days', 7)],
    ['month', t('{0} days', 30)],
    ['all', t('All')],
  ];
  const sums = records.spentSinceEach(labels.map(([period]) => startOf(period, now)));
  return labels.map(([, label], at) => ({ label, cost: formatCost(sums[at] ?? 0) }));
}

function costsOf(records: UsageRecords, period: UsagePeriod, now: number): UsageCosts {
  const { step, times } = stepsOf(period, now, records.firstTime());
  const costs = records.spentBetween(times);
  const maxCost = Math.max(...costs);
  const top = roundTop(maxCost);
  const every = Math.ceil(costs.length / maxMarks);
  const bars = costs.map((cost, at) => {
    const time = times[at] ?? now;
    return {
      label: timeWords(step, time),
      ...(at % every === 0 && { mark: markWords(step, time) }),
      cost: formatCost(cost),
      height: top === 0 ? 0 : cost / top,
    };
  });
  const bar = bars[costs.indexOf(maxCost)];
  return {
    title: stepTitle(step),
    unit: stepUnit(step),
    summary:
      maxCost === 0 || !bar ? t('Nothing was spent.') : t('Highest spending: {1} ({0})', bar.label, bar.cost),
    lines: top === 0 ? [] : [0, 0.5, 1].map((height) => ({ label: axisWords(top * height), height })),
    bars,
  };
}

/** The next round amount with a round half. */
function roundTop(cost: number): number {
  if (cost <= 0) {
    return 0;
  }
  const power = 10 ** Math.floor(Math.log10(cost));
  return [1, 2, 3, 4, 6, 8, 10].map((factor) => factor * power).find((top) => top >= cost) ?? cost;
}

function axisWords(cost: number): string {
  // Smaller amounts have more decimals than anyone reads.
  return cost > 0 && cost < toPicoDollars(1) ? '<$0.000001' : formatPrice(toMicroDollars(cost));
}

function toShares(shares: readonly Share[]): readonly UsageShare[] {
  const maxCost = Math.max(0, ...shares.map(({ cost }) => cost));
  return shares.map(({ name, requests, failed, tokens, cost }) => ({
    name,
    requests,
    failed,
    tokens,
    cost: { words: formatCost(cost), share: partOf(cost, maxCost) },
  }));
}

function withSpeeds(models: readonly Share[], speeds: ReadonlyMap<string, Speed>): readonly ModelUsage[] {
  const longest = (of: (speed: Speed) => number | undefined): number =>
    Math.max(0, ...models.map(({ name }) => of(speeds.get(name) ?? {}) ?? 0));
  const slowest = longest(({ firstTokenMs }) => firstTokenMs);
  const fastest = longest(({ tokensPerSecond }) => tokensPerSecond);
  return toShares(models).map((share, at) => {
    const { firstTokenMs, tokensPerSecond, shareOfEstimate } = speeds.get(share.name) ?? {};
    const estimate = estimateWords(models[at], shareOfEstimate);
    return {
      ...share,
      ...(firstTokenMs !== undefined && {
        firstToken: measure(formatSeconds(firstTokenMs, 2), firstTokenMs, slowest),
      }),
      ...(tokensPerSecond !== undefined && {
        speed: measure(t('{0} tokens/s', formatNumber(tokensPerSecond)), tokensPerSecond, fastest),
      }),
      ...(estimate !== undefined && { estimate }),
    };
  });
}

/** How often costs were within the estimate, and at what level. */
function estimateWords(model: Share | undefined, shareOfEstimate: number | undefined): string | undefined {
  if (!model || model.estimated === 0) {
    return undefined;
  }
  const within = formatPercent(Math.floor((100 * model.within) / model.estimated) / 100);
  return shareOfEstimate === undefined
    ? t('{0} within the estimate', within)
    : t('{0} within the estimate; median {1} of the upper bound', within, formatPercent(shareOfEstimate));
}

function measure(words: string, value: number, largest: number): Measure {
  return { words, share: partOf(value, largest) };
}

function partOf(value: number, whole: number): number {
  return whole === 0 ? 0 : value / whole;
}
