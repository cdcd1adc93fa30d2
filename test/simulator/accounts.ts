import { roundUsd } from './billing.ts';
import type { KeyRecord } from './keys.ts';
import { initialKeyRecords, keyRecord } from './keys.ts';

/** The keys that the service accepts, and what each of them has spent. */
export class Accounts {
  #records: Map<string, KeyRecord> = initialKeyRecords();

  /** The record of an accepted key. */
  find(key: string): KeyRecord | undefined {
    const record = this.#records.get(key);
    return record?.revoked === true ? undefined : record;
  }

  /** Adds a key or changes what is known of it. */
  set(key: string, changes: Partial<KeyRecord>): void {
    const present = this.#records.get(key);
    const limitChanged = changes.limit !== undefined && changes.limit_remaining === undefined;
    const remaining = limitChanged ? { limit_remaining: changes.limit ?? null } : {};
    this.#records.set(key, present ? { ...present, ...remaining, ...changes } : keyRecord(key, changes));
  }

  /** Makes every key as it was at the start. */
  reset(): void {
    this.#records = initialKeyRecords();
  }

  /** Takes the cost of a run from the key, its limit and its account; own provider keys are counted apart. */
  charge(key: string, cost: number, ownProviderCost: number): void {
    const record = this.#records.get(key);
    if (!record) return;
    const counted = cost + (record.include_byok_in_limit ? ownProviderCost : 0);
    this.#records.set(key, {
      ...record,
      usage: roundUsd(record.usage + cost),
      usage_daily: roundUsd(record.usage_daily + cost),
      usage_weekly: roundUsd(record.usage_weekly + cost),
      usage_monthly: roundUsd(record.usage_monthly + cost),
      byok_usage: roundUsd(record.byok_usage + ownProviderCost),
      byok_usage_daily: roundUsd(record.byok_usage_daily + ownProviderCost),
      byok_usage_weekly: roundUsd(record.byok_usage_weekly + ownProviderCost),
      byok_usage_monthly: roundUsd(record.byok_usage_monthly + ownProviderCost),
      limit_remaining: record.limit_remaining === null ? null : roundUsd(record.limit_remaining - counted),
      account_balance: roundUsd(record.account_balance - cost),
    });
  }

  /** Counts a request to a `:free` model. */
  countFree(key: string): void {
    const record = this.#records.get(key);
    if (!record) return;
    const { limit, used } = record.free_model_daily_requests;
    const next = Math.min(limit, used + 1);
    this.#records.set(key, {
      ...record,
      free_model_daily_requests: { limit, used: next, remaining: limit - next },
    });
  }
}

/** USD that a request with this key may cost: the smaller of the key's limit and the account's balance. */
export function spendable(record: KeyRecord): number {
  return Math.min(record.limit_remaining ?? Infinity, record.account_balance);
}
