import { t } from '@vscode/l10n';
import { formatCost } from '../../core/model/money.ts';
import { startOfDay } from '../../core/usage/days.ts';
import type { LedgerEntry, RequestStatus } from '../../core/usage/ledger.ts';
import { costPerDay, sharesBy, sumsOf, type Share } from '../../core/usage/summary.ts';
import { language } from '../language.ts';
import type { UsagePeriod, UsageRequest, UsageShare, UsageView } from '../../protocol/usageView.ts';

/** More rows nobody reads; the file has them all. */
const mostRequests = 500;

/** What is known besides the entries that they are shown with. */
export interface UsageNames {
  readonly modelName: (id: string) => string;
  /** The title of a command. */
  readonly featureName: (feature: string) => string;
}

/** The ledger as its page shows it. */
export function toUsageView(
  entries: readonly LedgerEntry[],
  now: number,
  period: UsagePeriod,
  names: UsageNames,
): UsageView {
  const sums = sumsOf(entries, now);
  const days = costPerDay(entries, now, period);
  const dearest = Math.max(...days.map(({ cost }) => cost));
  const since = startOfDay(now, period - 1);
  const shown = entries.filter(({ beganAt }) => beganAt >= since);
  return {
    totals: [
      { label: t('Today'), cost: formatCost(sums.today) },
      { label: t('{0} days', 7), cost: formatCost(sums.week) },
      { label: t('{0} days', 30), cost: formatCost(sums.month) },
      { label: t('All'), cost: formatCost(sums.all) },
    ],
    period,
    days: days.map(({ day, cost }) => ({
      label: new Date(day).toLocaleDateString(language(), {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
      }),
      cost: formatCost(cost),
      height: dearest === 0 ? 0 : cost / dearest,
    })),
    models: sharesBy(shown, ({ model, requestedModel }) => names.modelName(model ?? requestedModel)).map(
      toShare,
    ),
    features: sharesBy(shown, ({ feature }) => names.featureName(feature)).map(toShare),
    providers: sharesBy(shown, ({ provider }) => provider ?? t('not known')).map(toShare),
    requests: shown.slice(0, mostRequests).map((entry) => toRequest(entry, names)),
    count: shown.length,
  };
}

function toShare({ cost, ...share }: Share): UsageShare {
  return { ...share, cost: formatCost(cost) };
}

function toRequest(entry: LedgerEntry, { modelName, featureName }: UsageNames): UsageRequest {
  const { id, promptTokens, completionTokens, cost, reserved, durationMs, status, failure } = entry;
  const known = promptTokens !== undefined && completionTokens !== undefined;
  return {
    id,
    time: new Date(entry.beganAt).toLocaleString(language(), { dateStyle: 'medium', timeStyle: 'medium' }),
    workspace: entry.workspace ?? '',
    feature: featureName(entry.feature),
    model: modelName(entry.model ?? entry.requestedModel),
    provider: entry.provider ?? '',
    tokens: known ? t('{0} in, {1} out', promptTokens, completionTokens) : '',
    cost: cost === undefined ? `≈ ${formatCost(reserved)}` : formatCost(cost),
    duration: durationMs === undefined ? '' : t('{0} s', (durationMs / 1_000).toFixed(1)),
    status: failure === undefined ? statusWords(status) : `${statusWords(status)}: ${failure}`,
    failed: status === 'failed',
  };
}

function statusWords(status: RequestStatus): string {
  switch (status) {
    case 'running':
      return t('under way');
    case 'done':
      return t('done');
    case 'stopped':
      return t('stopped');
    case 'interrupted':
      return t('interrupted');
    case 'failed':
      return t('failed');
    default:
      return status satisfies never;
  }
}
