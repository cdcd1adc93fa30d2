import { t } from '@vscode/l10n';
import { allowanceOf, renewalOf, type Allowance, type KeyReading } from '../../core/account/credit.ts';
import { formatBalance } from '../../core/money/money.ts';
import { nextMidnight } from '../../core/account/renewal.ts';
import { resetWords } from './resetWords.ts';
import { distanceWords, timeWords, type Place } from '../platform/localTime.ts';
import { formatNumber } from '../platform/formats.ts';

/** A label and its value. */
export type CreditRow = readonly [name: string, value: string];

/** All that is known about a key, row by row. */
export function creditRows(reading: KeyReading, now: number, place: Place): readonly CreditRow[] {
  const { key, readAt } = reading;
  return [
    ...allowanceRows(reading, now, place),
    ...freeRows(reading, now, place),
    [t('Spent today (UTC)'), formatBalance(key.spentToday)],
    [t('This week (UTC)'), formatBalance(key.spentThisWeek)],
    [t('This month (UTC)'), formatBalance(key.spentThisMonth)],
    [t('Total'), formatBalance(key.spent)],
    ...ownKeyRows(reading),
    ...(key.expiresAt === undefined ? [] : [expiryRow(key.expiresAt, now, place)]),
    ...(key.regions ? [[t('Data regions'), key.regions.map(regionWords).join(', ')] as const] : []),
    [t('Last updated'), timeWords(readAt, now, place)],
  ];
}

function regionWords(region: string): string {
  switch (region) {
    case 'global':
      return t('global');
    case 'europe':
      return t('European Union (eu.openrouter.ai)');
    case 'us':
      return t('United States (us.openrouter.ai)');
    default:
      return region;
  }
}

/** When an allowance renews: in local time, or by the service's interval if the time is unknown. */
export function renewalWords(allowance: Allowance, now: number, place: Place): string | undefined {
  const renewal = renewalOf(allowance, now);
  if (renewal !== undefined) {
    return timeWords(renewal, now, place);
  }
  return allowance.reset === undefined ? undefined : resetWords(allowance.reset);
}

function allowanceRows({ key }: KeyReading, now: number, place: Place): readonly CreditRow[] {
  const allowance = allowanceOf(key);
  if (!allowance) {
    return limitRows(key);
  }
  const { remaining, limit, of, reset } = allowance;
  const value = limit === undefined ? formatBalance(remaining) : amountOf(remaining, limit);
  const when = renewalWords(allowance, now, place);
  const isTold = renewalOf(allowance, now) !== undefined && reset !== undefined;
  const renewal = isTold && when !== undefined ? t('{0} ({1})', when, resetWords(reset)) : when;
  return of === 'key'
    ? [
        [t("Remaining in this key's limit"), value],
        [t('Limit resets'), renewal ?? t('never')],
      ]
    : [
        [t("Remaining in this key's budget"), value],
        [t('Budget resets'), renewal ?? t('never')],
        ...limitRows(key),
      ];
}

/** A key's own limit, also if nothing is said of what is left. */
function limitRows({ limit, remaining }: KeyReading['key']): readonly CreditRow[] {
  if (limit === undefined) {
    return [];
  }
  return remaining === undefined
    ? [[t("This key's limit"), t('{0}, unknown how much is left', formatBalance(limit))]]
    : [[t("Remaining in this key's limit"), amountOf(remaining, limit)]];
}

function amountOf(remaining: number, limit: number): string {
  return t('{0} of {1}', formatBalance(remaining), formatBalance(limit));
}

function freeRows({ key: { freeRequests } }: KeyReading, now: number, place: Place): readonly CreditRow[] {
  return freeRequests
    ? [
        [
          t('Free requests left today (UTC)'),
          t('{0} of {1}', formatNumber(freeRequests.remaining), formatNumber(freeRequests.limit)),
        ],
        [t('Free requests reset'), timeWords(nextMidnight(now), now, place)],
      ]
    : [];
}

/** BYOK rows appear only if used or relevant to the limit. */
function ownKeyRows({ key: { ownKeys, limit } }: KeyReading): readonly CreditRow[] {
  const hasLimit = limit !== undefined;
  if (ownKeys.all === 0 && !(ownKeys.counted && hasLimit)) {
    return [];
  }
  const today: CreditRow = [t('Your provider keys (BYOK) today (UTC)'), formatBalance(ownKeys.today)];
  return hasLimit
    ? [
        today,
        [
          t('Your provider keys (BYOK) count'),
          ownKeys.counted ? t('toward the limit') : t('not toward the limit'),
        ],
      ]
    : [today];
}

function expiryRow(expiresAt: number, now: number, place: Place): CreditRow {
  const when = timeWords(expiresAt, now, place);
  return expiresAt > now
    ? [t('Key expires'), t('{0} ({1})', when, distanceWords(expiresAt, now, place))]
    : [t('Key expired'), when];
}
