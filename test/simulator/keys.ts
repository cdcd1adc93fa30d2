import { createHash } from 'node:crypto';

/** What `GET /key` tells about a key, in the names of the wire. */
export interface KeyData {
  readonly label: string;
  readonly limit: number | null;
  readonly limit_remaining: number | null;
  readonly limit_reset: string | null;
  readonly include_byok_in_limit: boolean;
  readonly usage: number;
  readonly usage_daily: number;
  readonly usage_weekly: number;
  readonly usage_monthly: number;
  readonly byok_usage: number;
  readonly byok_usage_daily: number;
  readonly byok_usage_weekly: number;
  readonly byok_usage_monthly: number;
  readonly is_free_tier: boolean;
  readonly is_management_key: boolean;
  readonly is_provisioning_key: boolean;
  readonly creator_user_id: string | null;
  readonly expires_at: string | null;
  readonly free_model_daily_requests: {
    readonly limit: number;
    readonly remaining: number;
    readonly used: number;
  };
  readonly allowed_data_regions: readonly string[];
  readonly organization_id: string | null;
  readonly workspace_id: string | null;
  readonly rate_limit: { readonly requests: number; readonly interval: string; readonly note: string };
}

/** A key with what only the service knows of it. */
export interface KeyRecord extends KeyData {
  /** A revoked key is answered like one that never existed. */
  readonly revoked: boolean;
  /** USD left in the account behind the key; no inference key can read it. */
  readonly account_balance: number;
  /** Authors that the account's privacy settings exclude: absent from `/models/user`, 404 in chat. */
  readonly excluded_authors: readonly string[];
}

/** The sorts of key that a client has to tell apart. */
export type KeySort = 'standard' | 'noLimit' | 'freeTier' | 'management' | 'exhausted' | 'rejected';

/** A key of every sort. `rejected` is well formed and unknown to the service; all others are accepted. */
export const keys: Readonly<Record<KeySort, string>> = {
  standard: keyFrom('standard'),
  noLimit: keyFrom('no limit'),
  freeTier: keyFrom('free tier'),
  management: keyFrom('management'),
  exhausted: keyFrom('exhausted'),
  rejected: keyFrom('rejected'),
};

/** The inference key that most tests use. */
export const simulatorKey: string = keys.standard;

/** Derives a well-formed key from a name; nothing outside the simulator accepts it. */
export function keyFrom(name: string): string {
  return `sk-or-v1-${createHash('sha256').update(`simulated key: ${name}`).digest('hex')}`;
}

/** The service shows a key by its first and last few characters. */
function maskedKey(key: string): string {
  return `${key.slice(0, 12)}...${key.slice(-4)}`;
}

/** A key with a limit, a little used, in an account with credit. */
export function keyRecord(key: string, changes: Partial<KeyRecord> = {}): KeyRecord {
  const limit = changes.limit === undefined ? 10 : changes.limit;
  return {
    label: maskedKey(key),
    limit,
    limit_remaining: limit,
    limit_reset: null,
    include_byok_in_limit: false,
    usage: 0,
    usage_daily: 0,
    usage_weekly: 0,
    usage_monthly: 0,
    byok_usage: 0,
    byok_usage_daily: 0,
    byok_usage_weekly: 0,
    byok_usage_monthly: 0,
    is_free_tier: false,
    is_management_key: false,
    is_provisioning_key: changes.is_management_key ?? false,
    creator_user_id: 'user_simulated',
    expires_at: null,
    free_model_daily_requests: { limit: 1000, remaining: 988, used: 12 },
    allowed_data_regions: ['global'],
    organization_id: null,
    workspace_id: '0df9e665-d932-5740-b2c7-b52af166bc11',
    rate_limit: { requests: -1, interval: '10s', note: 'deprecated' },
    revoked: false,
    account_balance: 74.75,
    excluded_authors: [],
    ...changes,
  };
}

const used = { usage: 12.5, usage_daily: 0.31, usage_weekly: 1.02, usage_monthly: 2.52 };

/** The records with which every simulator begins. */
export function initialKeyRecords(): Map<string, KeyRecord> {
  const records: Readonly<Record<Exclude<KeySort, 'rejected'>, Partial<KeyRecord>>> = {
    standard: {
      ...used,
      limit: 10,
      limit_remaining: 7.48,
      limit_reset: 'monthly',
      excluded_authors: ['thedrummer'],
    },
    noLimit: { ...used, label: 'Workstation', limit: null },
    freeTier: {
      limit: null,
      is_free_tier: true,
      account_balance: 0,
      free_model_daily_requests: { limit: 50, remaining: 48, used: 2 },
    },
    management: { ...used, limit: null, is_management_key: true },
    exhausted: {
      ...used,
      limit: 5,
      limit_remaining: 0,
      limit_reset: 'weekly',
      usage: 5,
      usage_weekly: 5,
      usage_monthly: 5,
    },
  };
  return new Map(
    Object.entries(records).map(([sort, changes]) => {
      const key = Object.entries(keys).find(([name]) => name === sort)?.[1] ?? '';
      return [key, keyRecord(key, changes)];
    }),
  );
}

/** The part of a record that `GET /key` shows. */
export function keyData(record: KeyRecord): KeyData {
  const { revoked: _revoked, account_balance: _balance, excluded_authors: _excluded, ...data } = record;
  return data;
}
