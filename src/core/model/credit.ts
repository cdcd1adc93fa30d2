import type { MicroDollars } from './money.ts';

/** What `GET /key` says of a key. The account's own balance cannot be read with an inference key. */
export interface KeyInfo {
  /** The key's name, or its masked text; never the key. */
  readonly label: string;
  /** The cap of this key; absent when it has none. */
  readonly limit?: MicroDollars;
  readonly remaining?: MicroDollars;
  /** `daily`, `weekly` or `monthly`; absent when the cap never resets. */
  readonly reset?: string;
  readonly spentToday: MicroDollars;
  readonly spentThisWeek: MicroDollars;
  readonly spentThisMonth: MicroDollars;
  readonly spent: MicroDollars;
  /** The account never bought credit. */
  readonly freeTier: boolean;
  /** The account's daily requests to free models. */
  readonly freeRequests?: { readonly limit: number; readonly remaining: number };
  /** Administers an account and cannot ask models. */
  readonly management: boolean;
  /** ISO 8601. */
  readonly expiresAt?: string;
}

/** What is known of the credit at this moment. Times are milliseconds since the epoch. */
export type Credit =
  | { readonly state: 'unknown' }
  | { readonly state: 'missing' }
  | { readonly state: 'rejected' }
  /** The server is not OpenRouter: it has no credit to read. */
  | { readonly state: 'none' }
  | { readonly state: 'known'; readonly key: KeyInfo; readonly readAt: number }
  /** The service cannot be reached; `last` is what it said before. */
  | { readonly state: 'offline'; readonly last?: { readonly key: KeyInfo; readonly readAt: number } };

/** How urgent the credit item looks. */
export type CreditLevel = 'normal' | 'warning' | 'error';

/** Warning below the threshold (micro-dollars), error at zero or when the key is rejected. */
export function creditLevel(credit: Credit, warnBelow: MicroDollars): CreditLevel {
  switch (credit.state) {
    case 'rejected':
      return 'error';
    case 'known':
      return keyLevel(credit.key, warnBelow);
    case 'offline':
      return credit.last ? keyLevel(credit.last.key, warnBelow) : 'normal';
    case 'unknown':
    case 'missing':
    case 'none':
      return 'normal';
    default:
      return credit satisfies never;
  }
}

function keyLevel(key: KeyInfo, warnBelow: MicroDollars): CreditLevel {
  if (key.remaining !== undefined) {
    return levelOf(key.remaining, warnBelow);
  }
  return key.freeTier && key.freeRequests?.remaining === 0 ? 'error' : 'normal';
}

function levelOf(remaining: MicroDollars, warnBelow: MicroDollars): CreditLevel {
  if (remaining <= 0) {
    return 'error';
  }
  return remaining < warnBelow ? 'warning' : 'normal';
}
