import type { Allowance, KeyInfo } from '../../account/credit.ts';
import { microDollarsFrom, type MicroDollars } from '../../money/money.ts';
import { numberIn, objectIn, objectsIn, textIn, textsIn, type JsonObject } from '../../util/json.ts';
import { isKeyRecord } from '../transport/serverIdentity.ts';

/** `GET /key`: absent if the body isn't a key record. Fields with unexpected values count as missing. */
export function readKeyInfo(body: unknown): KeyInfo | undefined {
  const data = objectIn(objectIn(body)?.['data']);
  if (!data || !isKeyRecord(body)) {
    return undefined;
  }
  const limit = moneyIn(data['limit']);
  const remaining = moneyIn(data['limit_remaining']);
  const reset = textIn(data['limit_reset']);
  const budget = readBudget(data['effective_budget']);
  const expiresAt = timeIn(data['expires_at']);
  const regions = textsIn(data['allowed_data_regions']);
  const freeRequests = readFreeRequests(objectIn(data['free_model_daily_requests']));
  return {
    label: textIn(data['label']) ?? '',
    ...(limit !== undefined && { limit }),
    ...(limit !== undefined && remaining !== undefined && { remaining }),
    ...(reset !== undefined && { reset }),
    ...(budget && { budget }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(regions.some((region) => region !== 'global') && { regions }),
    ...(freeRequests && { freeRequests }),
    spentToday: spentIn(data, 'usage_daily'),
    spentThisWeek: spentIn(data, 'usage_weekly'),
    spentThisMonth: spentIn(data, 'usage_monthly'),
    spent: spentIn(data, 'usage'),
    ownKeys: {
      today: spentIn(data, 'byok_usage_daily'),
      week: spentIn(data, 'byok_usage_weekly'),
      month: spentIn(data, 'byok_usage_monthly'),
      all: spentIn(data, 'byok_usage'),
      counted: isTrue(data['include_byok_in_limit']),
    },
    freeTier: isTrue(data['is_free_tier']),
    management: isTrue(data['is_management_key']) || isTrue(data['is_provisioning_key']),
  };
}

/** Of one or several budgets above the key, the one with the least left. */
function readBudget(value: unknown): Allowance | undefined {
  const layers = Array.isArray(value) ? objectsIn(value) : objectsIn([value]);
  return layers
    .flatMap((layer) => readLayer(layer) ?? [])
    .reduce<Allowance | undefined>(
      (least, each) => (least && least.remaining <= each.remaining ? least : each),
      undefined,
    );
}

function readLayer(layer: JsonObject): Allowance | undefined {
  const remaining = moneyIn(layer['remaining_usd']);
  const limit = moneyIn(layer['limit_usd']);
  const reset = textIn(layer['reset_interval']);
  const resetsAt = timeIn(layer['resets_at']);
  return remaining === undefined
    ? undefined
    : {
        remaining,
        ...(limit !== undefined && { limit }),
        ...(reset !== undefined && { reset }),
        ...(resetsAt !== undefined && { resetsAt }),
      };
}

function readFreeRequests(requests: JsonObject | undefined): KeyInfo['freeRequests'] {
  const limit = countIn(requests?.['limit']);
  const used = countIn(requests?.['used']);
  const remaining =
    countIn(requests?.['remaining']) ??
    (limit === undefined || used === undefined ? undefined : Math.max(0, limit - used));
  return limit === undefined || remaining === undefined ? undefined : { limit, remaining };
}

/** Spending in a period; missing values count as zero. */
function spentIn(data: JsonObject, field: string): MicroDollars {
  return moneyIn(data[field]) ?? 0;
}

/** An amount in US dollars, as a number or text. */
function moneyIn(value: unknown): MicroDollars | undefined {
  return typeof value === 'number' || typeof value === 'string' ? microDollarsFrom(value) : undefined;
}

/** Numbers may be strings. */
function finiteIn(value: unknown): number | undefined {
  return numberIn(typeof value === 'string' && value.trim() !== '' ? Number(value) : value);
}

function countIn(value: unknown): number | undefined {
  const number = finiteIn(value);
  return number === undefined ? undefined : Math.max(0, Math.floor(number));
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === 'true';
}

/** Seconds since the epoch stay below this for a thousand years; milliseconds passed it in 1971. */
const secondsBelow = 40_000_000_000;

/** The largest JavaScript date. */
const lastTime = 8_640_000_000_000_000;

/** A time as ISO 8601, or as seconds or milliseconds since the epoch. Some servers write zero for "never". */
function timeIn(value: unknown): number | undefined {
  const number = finiteIn(value);
  const time =
    number === undefined ? Date.parse(textIn(value) ?? '') : number < secondsBelow ? number * 1_000 : number;
  return Number.isFinite(time) && time > 0 && time <= lastTime ? Math.round(time) : undefined;
}
