import { exactDollars, type PicoDollars } from '../money/money.ts';
import type { LedgerEntry } from './ledger.ts';

/** The file's columns, in order. Costs are in US dollars, times in milliseconds. */
const columns: readonly (readonly [
  name: string,
  valueOf: (entry: LedgerEntry) => string | number | undefined,
])[] = [
  ['time', ({ beganAt }) => new Date(beganAt).toISOString()],
  ['workspace', ({ workspace }) => workspace],
  ['feature', ({ feature }) => feature],
  ['model_asked', ({ requestedModel }) => requestedModel],
  ['model_served', ({ model }) => model],
  ['provider', ({ provider }) => provider],
  ['prompt_tokens', ({ promptTokens }) => promptTokens],
  ['cached_tokens', ({ cachedTokens }) => cachedTokens],
  ['completion_tokens', ({ completionTokens }) => completionTokens],
  ['reasoning_tokens', ({ reasoningTokens }) => reasoningTokens],
  ['cost_usd', ({ cost }) => dollars(cost)],
  ['assumed_cost_usd', ({ cost, reserved }) => (cost === undefined ? dollars(reserved) : undefined)],
  ['own_key', ({ ownKey }) => (ownKey ? 'yes' : undefined)],
  ['estimate_least_usd', ({ estimate }) => dollars(estimate?.least)],
  ['estimate_most_usd', ({ estimate }) => dollars(estimate?.most)],
  ['duration_ms', ({ durationMs }) => durationMs],
  ['first_token_ms', ({ firstTokenMs }) => firstTokenMs],
  ['status', ({ status }) => status],
  ['failure', ({ failure }) => failure],
  ['generation_id', ({ generationId }) => generationId],
  ['run', ({ run }) => run],
];

/** The ledger as CSV. */
export function ledgerToCsv(entries: Iterable<LedgerEntry>): string {
  const rows = Array.from(entries, (entry) => columns.map(([, valueOf]) => cell(valueOf(entry))).join(','));
  return [columns.map(([name]) => name).join(','), ...rows, ''].join('\r\n');
}

/** The ledger as JSON, with the same names and values. */
export function ledgerToJson(entries: Iterable<LedgerEntry>): string {
  const rows = Array.from(entries, (entry) =>
    Object.fromEntries(columns.map(([name, valueOf]) => [name, valueOf(entry)])),
  );
  return `${JSON.stringify(rows, undefined, 2)}\n`;
}

/** With all digits, so that the column adds up. */
function dollars(amount: PicoDollars | undefined): string | undefined {
  return amount === undefined ? undefined : exactDollars(amount);
}

function cell(value: string | number | undefined): string {
  if (typeof value !== 'string') {
    return String(value ?? '');
  }
  // A spreadsheet would read such a text as a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
