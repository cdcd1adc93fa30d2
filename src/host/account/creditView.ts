import { t } from '@vscode/l10n';
import {
  allowanceOf,
  creditLevel,
  expiryOf,
  hasUnknownRest,
  isLow,
  isSpent,
  readingOf,
  type Credit,
  type CreditLevel,
  type KeyInfo,
} from '../../core/account/credit.ts';
import { formatBalance, type MicroDollars } from '../../core/money/money.ts';
import { nextMidnight } from '../../core/account/renewal.ts';
import type { KeySummary } from './apiKeyStore.ts';
import { distanceWords, timeWords, type Place } from '../platform/localTime.ts';
import { creditRows, renewalWords, type CreditRow } from './creditRows.ts';
import { creditText } from './creditText.ts';
import { formatNumber } from '../platform/formats.ts';

/** What the words depend on besides the credit. */
export interface CreditMoment {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly place: Place;
  /** Below this the credit is low. */
  readonly warnBelow: MicroDollars;
  readonly keys: KeySummary;
}

/** A next step for the credit item. */
export type CreditWay =
  | 'signIn'
  | 'setApiKey'
  | 'switchKey'
  | 'refresh'
  | 'credits'
  | 'keyPage'
  | 'activity'
  | 'usage'
  | 'threshold'
  | 'server';

/** The credit item in words, before rendering. */
export interface CreditView {
  readonly text: string;
  readonly level: CreditLevel;
  /** All of it in sentences, for screen readers. */
  readonly label: string;
  /** What needs action or explains the rest. */
  readonly notices: readonly string[];
  /** Which key this is about. */
  readonly keyLines: readonly string[];
  readonly rows: readonly CreditRow[];
  /** What to know about the numbers. */
  readonly note?: string;
  readonly ways: readonly CreditWay[];
  /** What a click does. */
  readonly action: CreditWay;
}

/** The credit item's content. */
export function creditView(credit: Credit, moment: CreditMoment): CreditView {
  const { now, place, warnBelow, keys } = moment;
  const text = creditText(credit);
  const reading = readingOf(credit);
  const notices = [...stateNotices(credit, moment), ...(reading ? keyNotices(reading.key, moment) : [])];
  const name = nameLine(keys);
  const facts = reading ? keyFacts(reading.key, moment) : [];
  const head = /\p{L}|\d/u.test(text) ? t('OpenRouter credit: {0}.', text) : `${t('OpenRouter credit')}.`;
  return {
    text,
    level: creditLevel(credit, warnBelow, now),
    label: [head, ...notices, ...facts, ...name].join(' '),
    notices,
    keyLines: [...name, ...(reading ? [keyLine(reading.key, keys)] : [])],
    rows: reading ? creditRows(reading, now, place) : [],
    ...(reading && !allowanceOf(reading.key) && { note: unknownRest(reading.key) }),
    ways: [...waysOf(credit, moment), ...(canSwitch(credit, keys) ? (['switchKey'] as const) : [])],
    action: actionOf(credit),
  };
}

function stateNotices(credit: Credit, { now, place }: CreditMoment): readonly string[] {
  switch (credit.state) {
    case 'unknown':
      return [t("The credit hasn't been loaded yet.")];
    case 'missing':
      return [t('There is no API key yet.')];
    case 'rejected':
      return [t('The API key was rejected.')];
    case 'expired':
      return [t('The API key has expired: {0}.', timeWords(credit.expiredAt, now, place))];
    case 'none':
      return [
        t(
          "This server isn't OpenRouter, so there is no credit to show. Chat works, but without " +
            'features that only OpenRouter has.',
        ),
      ];
    case 'known':
      return [];
    case 'offline':
      return [
        credit.last
          ? t("The service can't be reached. Last updated: {0}.", timeWords(credit.last.readAt, now, place))
          : t("The service can't be reached."),
      ];
    default:
      return credit satisfies never;
  }
}

/** Problems with a key, present or soon. */
function keyNotices(key: KeyInfo, moment: CreditMoment): readonly string[] {
  const { now, place, warnBelow } = moment;
  const { expiresAt } = key;
  const expiry = expiryOf(key, now);
  return [
    ...(key.management ? [t("This is a management key, so it can't send requests to models.")] : []),
    ...(expiresAt !== undefined && expiry === 'past'
      ? [t('The API key has expired: {0}.', timeWords(expiresAt, now, place))]
      : []),
    ...(expiresAt !== undefined && expiry === 'soon'
      ? [
          t(
            'This key expires {0} ({1}).',
            distanceWords(expiresAt, now, place),
            timeWords(expiresAt, now, place),
          ),
        ]
      : []),
    ...(isSpent(key) ? [spentWords(key, moment)] : []),
    ...(isLow(key, warnBelow)
      ? [t('Your credit is low: less than {0} left.', formatBalance(warnBelow))]
      : []),
  ];
}

function spentWords(key: KeyInfo, { now, place }: CreditMoment): string {
  const allowance = allowanceOf(key);
  if (!allowance) {
    return t("Today's free requests are used up. They reset {0}.", timeWords(nextMidnight(now), now, place));
  }
  const when = renewalWords(allowance, now, place);
  if (allowance.of === 'budget') {
    return when === undefined
      ? t("This key's budget is used up and never resets.")
      : t("This key's budget is used up. It resets {0}.", when);
  }
  return when === undefined
    ? t("This key's limit is used up and never resets.")
    : t("This key's limit is used up. It resets {0}.", when);
}

/** The rows in short, for screen readers. */
function keyFacts(key: KeyInfo, { now, place }: CreditMoment): readonly string[] {
  const allowance = allowanceOf(key);
  const { freeRequests, ownKeys } = key;
  const spent = isSpent(key);
  const when = allowance && renewalWords(allowance, now, place);
  const limit = allowance?.limit === undefined ? undefined : formatBalance(allowance.limit);
  const bound =
    limit === undefined
      ? []
      : [
          allowance?.of === 'budget'
            ? t("This key's budget is {0}.", limit)
            : t("This key's limit is {0}.", limit),
          // That it is used up is said together with its reset.
          ...(spent ? [] : [when === undefined ? t('It never resets.') : t('It resets {0}.', when)]),
        ];
  const free =
    !allowance && key.freeTier && freeRequests && !spent
      ? [
          t(
            '{0} of {1} free requests are left today. They reset {2}.',
            formatNumber(freeRequests.remaining),
            formatNumber(freeRequests.limit),
            timeWords(nextMidnight(now), now, place),
          ),
        ]
      : [];
  const own =
    ownKeys.all === 0
      ? []
      : [
          key.limit !== undefined && ownKeys.counted
            ? t(
                'Your own provider keys (BYOK) spent {0} today, which counts toward the limit.',
                formatBalance(ownKeys.today),
              )
            : t('Your own provider keys (BYOK) also spent {0} today.', formatBalance(ownKeys.today)),
        ];
  const days = free.length + own.length > 0 ? [t('OpenRouter counts days in UTC.')] : [];
  return [...bound, ...free, ...own, ...days, ...(allowance ? [] : [unknownRest(key)])];
}

/** Why nothing is said of what is left. */
function unknownRest(key: KeyInfo): string {
  return hasUnknownRest(key) && key.limit !== undefined
    ? t(
        "This key's limit is {0}, but OpenRouter doesn't say how much of it is left.",
        formatBalance(key.limit),
      )
    : t("This key has no limit, and it can't read the account balance.");
}

/** Which of several keys the numbers are about. */
function nameLine({ names, inUse }: KeySummary): readonly string[] {
  return inUse?.origin === 'stored' && names.length > 1 ? [t('The current key is "{0}".', inUse.name)] : [];
}

function keyLine({ label }: KeyInfo, { inUse }: KeySummary): string {
  return inUse?.origin === 'environment'
    ? t('Key: {0} (from OPENROUTER_API_KEY)', label)
    : t('Key: {0}', label);
}

function waysOf(credit: Credit, { now, warnBelow }: CreditMoment): readonly CreditWay[] {
  switch (credit.state) {
    case 'missing':
      return ['signIn', 'setApiKey', 'keyPage'];
    case 'rejected':
    case 'expired':
      return ['setApiKey', 'signIn', 'keyPage', 'refresh'];
    case 'none':
      return ['usage', 'server'];
    case 'unknown':
      return ['refresh'];
    case 'known':
    case 'offline': {
      const key = readingOf(credit)?.key;
      return ['refresh', ...(key ? keyWays(key, now, warnBelow) : []), 'usage', 'activity'];
    }
    default:
      return credit satisfies never;
  }
}

/** The next step for a key: limits are raised where keys are managed; an account needs credit. */
function keyWays(key: KeyInfo, now: number, warnBelow: MicroDollars): readonly CreditWay[] {
  const needsKey = key.management || expiryOf(key, now) !== 'far';
  const low = isLow(key, warnBelow);
  const raise = key.limit !== undefined && (low || isSpent(key));
  return [
    ...(needsKey ? (['setApiKey'] as const) : []),
    ...(needsKey || raise ? (['keyPage'] as const) : []),
    'credits',
    ...(low ? (['threshold'] as const) : []),
  ];
}

/** A single key can't be switched, unless it isn't the current one. */
function canSwitch({ state }: Credit, { names }: KeySummary): boolean {
  return state !== 'none' && names.length > (state === 'missing' ? 0 : 1);
}

function actionOf({ state }: Credit): CreditWay {
  switch (state) {
    case 'missing':
    case 'rejected':
    case 'expired':
      return 'setApiKey';
    case 'none':
      return 'usage';
    case 'unknown':
    case 'known':
    case 'offline':
      return 'refresh';
    default:
      return state satisfies never;
  }
}
