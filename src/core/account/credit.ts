import { toMicroDollars, type MicroDollars, type PicoDollars } from '../money/money.ts';
import { nextRenewal } from './renewal.ts';

/** What may still be spent of an amount, and when that is renewed. Times are milliseconds since the epoch. */
export interface Allowance {
  readonly remaining: MicroDollars;
  readonly limit?: MicroDollars;
  /** `daily`, `weekly` or `monthly`; absent when it is never renewed. */
  readonly reset?: string;
  /** When it is renewed, where the service says so itself. */
  readonly resetsAt?: number;
}

/** What a key made own provider keys spend; they are billed elsewhere. */
export interface OwnKeySpending {
  readonly today: MicroDollars;
  readonly week: MicroDollars;
  readonly month: MicroDollars;
  readonly all: MicroDollars;
  /** Whether it counts towards the key's limit. */
  readonly counted: boolean;
}

/** What `GET /key` says of a key. The account's own balance cannot be read with an inference key. */
export interface KeyInfo {
  /** The key's name, or its masked text; never the key. */
  readonly label: string;
  /** The cap of this key; absent when it has none. */
  readonly limit?: MicroDollars;
  readonly remaining?: MicroDollars;
  /** `daily`, `weekly` or `monthly`; absent when the cap never resets. */
  readonly reset?: string;
  /** The tightest of the budgets of a workspace or its members that also hold for this key. */
  readonly budget?: Allowance;
  readonly spentToday: MicroDollars;
  readonly spentThisWeek: MicroDollars;
  readonly spentThisMonth: MicroDollars;
  readonly spent: MicroDollars;
  readonly ownKeys: OwnKeySpending;
  /** The account never bought credit. */
  readonly freeTier: boolean;
  /** The account's daily requests to free models. */
  readonly freeRequests?: { readonly limit: number; readonly remaining: number };
  /** Administers an account and cannot ask models. */
  readonly management: boolean;
  /** Milliseconds since the epoch. */
  readonly expiresAt?: number;
}

/** A record of a key, and when it was read. */
export interface KeyReading {
  readonly key: KeyInfo;
  readonly readAt: number;
}

/** What is known of the credit at this moment. Times are milliseconds since the epoch. */
export type Credit =
  | { readonly state: 'unknown' }
  | { readonly state: 'missing' }
  | { readonly state: 'rejected' }
  | { readonly state: 'expired'; readonly expiredAt: number }
  /** The server is not OpenRouter: it has no credit to read. */
  | { readonly state: 'none' }
  | ({ readonly state: 'known' } & KeyReading)
  /** The service cannot be reached; `last` is what it said before. */
  | { readonly state: 'offline'; readonly last?: KeyReading };

/** What an answer cost; `ownKeyCost` is the part of it that an own provider key is billed. */
export interface AnswerCost {
  readonly cost?: PicoDollars;
  readonly ownKeyCost?: PicoDollars;
}

/** How urgent the credit item looks. */
export type CreditLevel = 'normal' | 'warning' | 'error';

/** One has a week to replace a key. */
const expiresSoonMs = 7 * 24 * 60 * 60 * 1_000;

/** The record that is shown, though it may be of some time ago. */
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

/** What bounds the key most: its own limit, or a budget above it; absent when nothing does. */
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

/** When an allowance is next renewed; absent when that never happens, or cannot be told. */
export function renewalOf({ reset, resetsAt }: Allowance, now: number): number | undefined {
  if (resetsAt !== undefined && resetsAt > now) {
    return resetsAt;
  }
  return reset === undefined ? undefined : nextRenewal(reset, now);
}

/** Whether a key expires in the days to come, or has. */
export function expiryOf({ expiresAt }: KeyInfo, now: number): 'far' | 'soon' | 'past' {
  if (expiresAt === undefined || expiresAt - now > expiresSoonMs) {
    return 'far';
  }
  return expiresAt > now ? 'soon' : 'past';
}

/** The record after an answer, until the service's own is read again. */
export function withCost(key: KeyInfo, { cost = 0, ownKeyCost = 0 }: AnswerCost): KeyInfo {
  const { ownKeys, remaining, budget } = key;
  const [account, billed] = [toMicroDollars(cost - ownKeyCost), toMicroDollars(ownKeyCost)];
  return {
    ...key,
    ...(remaining !== undefined && {
      remaining: remaining - account - (ownKeys.counted ? billed : 0),
    }),
    ...(budget && { budget: { ...budget, remaining: budget.remaining - account } }),
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
 * Warning below the threshold (micro-dollars) and when the key expires soon; error at zero, and when the key is
 * rejected or has expired.
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

/** Whether nothing more can be asked before something is renewed or raised. */
export function isSpent(key: KeyInfo): boolean {
  const allowance = allowanceOf(key);
  return allowance ? allowance.remaining <= 0 : key.freeTier && key.freeRequests?.remaining === 0;
}

/** Whether there is something left, but less than the threshold. */
export function isLow(key: KeyInfo, warnBelow: MicroDollars): boolean {
  const remaining = allowanceOf(key)?.remaining;
  return remaining !== undefined && remaining > 0 && remaining < warnBelow;
}
