import { toMicroDollars, type MicroDollars, type PicoDollars } from '../money/money.ts';
import { nextRenewal } from './renewal.ts';

/** How much of an amount is left, and when it renews. Times are milliseconds since the epoch. */
export interface Allowance {
  readonly remaining: MicroDollars;
  readonly limit?: MicroDollars;
  /** `daily`, `weekly`, or `monthly`; absent if it never renews. */
  readonly reset?: string;
  /** When it renews, if the service says so. */
  readonly resetsAt?: number;
}

/** What the user's own provider keys (BYOK) spent through this key; billed by the provider. */
export interface OwnKeySpending {
  readonly today: MicroDollars;
  readonly week: MicroDollars;
  readonly month: MicroDollars;
  readonly all: MicroDollars;
  /** Whether it counts toward the key's limit. */
  readonly counted: boolean;
}

/** The response of `GET /key`. An inference key can't read the account's balance. */
export interface KeyInfo {
  /** The key's name or masked text, never the key itself. */
  readonly label: string;
  /** The key's limit; absent if it has none. */
  readonly limit?: MicroDollars;
  readonly remaining?: MicroDollars;
  /** `daily`, `weekly`, or `monthly`; absent if the limit never resets. */
  readonly reset?: string;
  /** The tightest workspace or member budget that also applies to this key. */
  readonly budget?: Allowance;
  readonly spentToday: MicroDollars;
  readonly spentThisWeek: MicroDollars;
  readonly spentThisMonth: MicroDollars;
  readonly spent: MicroDollars;
  readonly ownKeys: OwnKeySpending;
  /** The account has never bought credit. */
  readonly freeTier: boolean;
  /** The account's daily free-model requests. */
  readonly freeRequests?: { readonly limit: number; readonly remaining: number };
  /** A management key, which can't send requests to models. */
  readonly management: boolean;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
  /** Where requests with this key may be processed, such as `europe`; absent if nothing but everywhere. */
  readonly regions?: readonly string[];
}

/** A key record and when it was read. */
export interface KeyReading {
  readonly key: KeyInfo;
  readonly readAt: number;
}

/** What is currently known about the credit. Times are milliseconds since the epoch. */
export type Credit =
  | { readonly state: 'unknown' }
  | { readonly state: 'missing' }
  | { readonly state: 'rejected' }
  | { readonly state: 'expired'; readonly expiredAt: number }
  /** The server isn't OpenRouter, so there is no credit to read. */
  | { readonly state: 'none' }
  | ({ readonly state: 'known' } & KeyReading)
  /** The service can't be reached; `last` is the previous record. */
  | { readonly state: 'offline'; readonly last?: KeyReading };

/** What a request cost; `ownKeyCost` is the part billed to the user's own provider key. */
export interface AnswerCost {
  readonly cost?: PicoDollars;
  readonly ownKeyCost?: PicoDollars;
  /** It counts toward the day's free requests. */
  readonly isFreeRequest?: boolean;
}

/** How urgent the credit item looks. */
export type CreditLevel = 'normal' | 'warning' | 'error';

/** A week is enough time to replace a key. */
const expiresSoonMs = 7 * 24 * 60 * 60 * 1_000;

/** The record to show, even if it isn't current. */
export function readingOf(credit: Credit): KeyReading | undefined {
  switch (credit.state) {
    case 'known':
      return credit;
    case 'offline':
      return credit.last;
    case 'unknown':
    case 'missing':
    case 'rejected':
    case 'expired':
    case 'none':
      return undefined;
    default:
      return credit satisfies never;
  }
}

/** The tightest bound on the key: its own limit or a budget above it; absent if there is none. */
export function allowanceOf(key: KeyInfo): (Allowance & { readonly of: 'key' | 'budget' }) | undefined {
  const { limit, remaining, reset, budget } = key;
  if (budget && (remaining === undefined || budget.remaining < remaining)) {
    return { ...budget, of: 'budget' };
  }
  return remaining === undefined
    ? undefined
    : {
        remaining,
        of: 'key',
        ...(limit !== undefined && { limit }),
        ...(reset !== undefined && { reset }),
      };
}

/** Whether a key has a limit of which it isn't known how much is left. */
export function hasUnknownRest({ limit, remaining }: KeyInfo): boolean {
  return limit !== undefined && remaining === undefined;
}

/** When an allowance next renews; absent if never or unknown. */
export function renewalOf({ reset, resetsAt }: Allowance, now: number): number | undefined {
  if (resetsAt !== undefined && resetsAt > now) {
    return resetsAt;
  }
  return reset === undefined ? undefined : nextRenewal(reset, now);
}

/** Whether a key has expired or expires soon. */
export function expiryOf({ expiresAt }: KeyInfo, now: number): 'far' | 'soon' | 'past' {
  if (expiresAt === undefined || expiresAt - now > expiresSoonMs) {
    return 'far';
  }
  return expiresAt > now ? 'soon' : 'past';
}

/** The record after an answer, until the service's own record is read again. */
export function withCost(
  key: KeyInfo,
  { cost = 0, ownKeyCost = 0, isFreeRequest = false }: AnswerCost,
): KeyInfo {
  const { ownKeys, remaining, budget, freeRequests } = key;
  const [account, billed] = [toMicroDollars(cost - ownKeyCost), toMicroDollars(ownKeyCost)];
  return {
    ...key,
    ...(remaining !== undefined && {
      remaining: remaining - account - (ownKeys.counted ? billed : 0),
    }),
    ...(budget && { budget: { ...budget, remaining: budget.remaining - account } }),
    ...(freeRequests &&
      isFreeRequest && {
        freeRequests: { ...freeRequests, remaining: Math.max(0, freeRequests.remaining - 1) },
      }),
    spentToday: key.spentToday + account,
    spentThisWeek: key.spentThisWeek + account,
    spentThisMonth: key.spentThisMonth + account,
    spent: key.spent + account,
    ownKeys: {
      counted: ownKeys.counted,
      today: ownKeys.today + billed,
      week: ownKeys.week + billed,
      month: ownKeys.month + billed,
      all: ownKeys.all + billed,
    },
  };
}

/**
 * Warning below the threshold (micro-dollars) and when the key expires soon; error at zero and when the key is rejected
 * or expired.
 */
export function creditLevel(credit: Credit, warnBelow: MicroDollars, now: number): CreditLevel {
  if (credit.state === 'rejected' || credit.state === 'expired') {
    return 'error';
  }
  const reading = readingOf(credit);
  return reading ? keyLevel(reading.key, warnBelow, now) : 'normal';
}

function keyLevel(key: KeyInfo, warnBelow: MicroDollars, now: number): CreditLevel {
  const expiry = expiryOf(key, now);
  if (isSpent(key) || expiry === 'past') {
    return 'error';
  }
  return isLow(key, warnBelow) || expiry === 'soon' ? 'warning' : 'normal';
}

/** Whether nothing can be sent until something renews or is raised. */
export function isSpent(key: KeyInfo): boolean {
  const allowance = allowanceOf(key);
  return allowance ? allowance.remaining <= 0 : key.freeTier && key.freeRequests?.remaining === 0;
}

/** Whether there is credit left, but less than the threshold. */
export function isLow(key: KeyInfo, warnBelow: MicroDollars): boolean {
  const remaining = allowanceOf(key)?.remaining;
  return remaining !== undefined && remaining > 0 && remaining < warnBelow;
}
