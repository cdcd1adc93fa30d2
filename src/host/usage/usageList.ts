import { t } from '@vscode/l10n';
import { formatCost } from '../../core/money/money.ts';
import type { EstimatedCost, LedgerEntry, RequestStatus } from '../../core/usage/ledger.ts';
import type { RecordGroup, RecordQuery, SearchedWord, UsageRecords } from '../../core/usage/usageRecords.ts';
import type { UsageList, UsageQuery, UsageRequest } from '../../protocol/usageView.ts';
import { formatNumber, formatPercent, formatSeconds, formatTime } from '../platform/formats.ts';

/** More rows at once are unreadable. */
const pageSize = 100;

const statuses: readonly RequestStatus[] = ['running', 'done', 'stopped', 'interrupted', 'failed'];

/** What entries are displayed with. */
export interface UsageNames {
  readonly modelName: (id: string) => string;
  /** A command's title. */
  readonly featureName: (feature: string) => string;
}

/** The requested page of requests, or the last one. */
export function toUsageList(
  records: UsageRecords,
  query: UsageQuery,
  { since, names }: { readonly since: number; readonly names: UsageNames },
): UsageList {
  const wanted = toRecordQuery(records, query, { since, names });
  const count = records.count(wanted);
  const page = Math.min(query.page, Math.max(0, Math.ceil(count / pageSize) - 1));
  const offset = page * pageSize;
  const entries = records.page(wanted, { order: query.order, offset, limit: pageSize });
  return {
    query: { ...query, page },
    requests: entries.map((entry) => toRequest(entry, names)),
    count,
    from: Math.min(count, offset + 1),
    to: offset + entries.length,
  };
}

/** The requests a filter means: its words are those on screen, while the ledger has ids. */
export function toRecordQuery(
  records: UsageRecords,
  { filter, failedOnly }: UsageQuery,
  { since, names }: { readonly since: number; readonly names: UsageNames },
): RecordQuery {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = words.length === 0 ? [] : records.groups(since);
  return { since, failedOnly, words: words.map((word) => meaningOf(word, groups, names)) };
}

function meaningOf(word: string, groups: readonly RecordGroup[], names: UsageNames): SearchedWord {
  const matching = (ids: readonly string[], nameOf: (id: string) => string): readonly string[] =>
    [...new Set(ids)].filter((id) => `${id} ${nameOf(id)}`.toLowerCase().includes(word));
  return {
    text: word,
    models: matching(
      groups.map(({ model }) => model),
      names.modelName,
    ),
    features: matching(
      groups.map(({ feature }) => feature),
      names.featureName,
    ),
    statuses: statuses.filter((status) => statusWords(status).toLowerCase().includes(word)),
  };
}

function toRequest(entry: LedgerEntry, { modelName, featureName }: UsageNames): UsageRequest {
  const { id, durationMs, firstTokenMs, status, failure } = entry;
  return {
    id,
    time: formatTime(entry.beganAt, { dateStyle: 'medium', timeStyle: 'medium' }),
    workspace: entry.workspace ?? '',
    feature: featureName(entry.feature),
    model: modelName(entry.model ?? entry.requestedModel),
    provider: entry.provider ?? '',
    tokens: tokenWords(entry),
    cost: costWords(entry),
    ownKey: entry.ownKey === true,
    estimate: entry.estimate ? estimateWords(entry.estimate, entry) : '',
    firstToken: firstTokenMs === undefined ? '' : formatSeconds(firstTokenMs, 2),
    duration: durationMs === undefined ? '' : formatSeconds(durationMs, 1),
    status: failure === undefined ? statusWords(status) : `${statusWords(status)}: ${failure}`,
    failed: status === 'failed',
  };
}

function costWords({ cost, reserved, status }: LedgerEntry): string {
  if (cost !== undefined) {
    return formatCost(cost);
  }
  return status === 'running' ? t('up to {0}', formatCost(reserved)) : `≈ ${formatCost(reserved)}`;
}

function tokenWords({
  promptTokens,
  completionTokens,
  cachedTokens = 0,
  reasoningTokens = 0,
}: LedgerEntry): string {
  if (promptTokens === undefined || completionTokens === undefined) {
    return '';
  }
  const [prompt, completion] = [promptTokens, completionTokens].map((each) => formatNumber(each));
  return [
    t('{0} input, {1} output', prompt ?? '', completion ?? ''),
    ...(cachedTokens > 0 ? [t('{0} cached', formatNumber(cachedTokens))] : []),
    ...(reasoningTokens > 0 ? [t('{0} reasoning', formatNumber(reasoningTokens))] : []),
  ].join(', ');
}

/** The estimate and how far off the cost is; nothing if within it, or if the request didn't finish. */
function estimateWords(
  { least, most }: EstimatedCost,
  { cost, status, promptTokens = 0 }: LedgerEntry,
): string {
  const range = t('{0} to {1}', formatCost(least), formatCost(most));
  const end = cost !== undefined && cost < least ? least : most;
  const isForeseen = cost === undefined || (cost >= least && cost <= most);
  if (isForeseen || end === 0 || status !== 'done' || promptTokens === 0) {
    return range;
  }
  return `${range} (${formatPercent((cost - end) / end, { signDisplay: 'always' })})`;
}

function statusWords(status: RequestStatus): string {
  switch (status) {
    case 'running':
      return t('in progress');
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
