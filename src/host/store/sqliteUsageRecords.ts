import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import * as z from 'zod/mini';
import type { PicoDollars } from '../../core/money/money.ts';
import type { LedgerEntry } from '../../core/usage/ledger.ts';
import type {
  RecordGroup,
  RecordPage,
  RecordQuery,
  RecordSpeed,
  SearchedWord,
  UsageRecords,
} from '../../core/usage/usageRecords.ts';
import { spent, sumOf } from './sqliteLedger.ts';
import { Statements } from './statements.ts';

const text = z.nullable(z.string());
const number = z.nullable(z.number());

const requestRow = z.object({
  id: z.number(),
  began_at: z.number(),
  workspace: text,
  feature: z.string(),
  requested_model: z.string(),
  model: text,
  provider: text,
  generation_id: text,
  run: text,
  prompt_tokens: number,
  completion_tokens: number,
  cached_tokens: number,
  reasoning_tokens: number,
  own_key: z.number(),
  cost: number,
  estimate_least: number,
  estimate_most: number,
  reserved: z.number(),
  duration_ms: number,
  first_token_ms: number,
  status: z.enum(['running', 'done', 'stopped', 'interrupted', 'failed']),
  failure: text,
});

const groupRow = z.object({
  model: z.string(),
  feature: z.string(),
  provider: text,
  workspace: text,
  requests: z.number(),
  failed: z.number(),
  tokens: z.number(),
  cost: z.number(),
  estimated: z.number(),
  within: z.number(),
});

const speedRow = z.object({ model: z.string(), first_token_ms: number, speed: number, share: number });

const served = 'coalesce(model, requested_model)';

/** Failed, stopped, and cached requests cost less than anyone could predict. */
const foreseeable = "status = 'done' AND prompt_tokens > 0";

const orders: Readonly<Record<RecordPage['order'], string>> = {
  newest: 'began_at DESC, id DESC',
  mostExpensive: `${spent} DESC, id DESC`,
};

/** Reads the ledger in the shared SQLite file. */
export class SqliteUsageRecords implements UsageRecords {
  readonly #statements: Statements;

  constructor(database: DatabaseSync) {
    this.#statements = new Statements(database);
  }

  spentSinceEach(times: readonly number[]): readonly PicoDollars[] {
    const sums = times.map((_, at) => `${sumOf(`iif(began_at >= ?, ${spent}, 0)`)} AS sum${String(at)}`);
    const row = this.#statements.of(`SELECT ${sums.join(', ')} FROM request`).get(...times);
    return times.map((_, at) => Number(row?.[`sum${String(at)}`]));
  }

  spentBetween(times: readonly number[]): readonly PicoDollars[] {
    const statement = this.#statements.of(
      `SELECT ${sumOf(spent)} AS sum FROM request WHERE began_at >= ? AND began_at < ?`,
    );
    return times.slice(1).map((end, at) => Number(statement.get(times[at] ?? end, end)?.['sum']));
  }

  firstTime(): number | undefined {
    const first = this.#statements.of('SELECT min(began_at) AS first FROM request').get()?.['first'];
    return typeof first === 'number' ? first : undefined;
  }

  groups(since: number): readonly RecordGroup[] {
    const rows = this.#statements.of(
      `SELECT ${served} AS model, feature, provider, workspace, count(*) AS requests, sum(status = 'failed') AS failed,
         total(prompt_tokens) + total(completion_tokens) AS tokens,
         ${sumOf(spent)} AS cost, count(iif(${foreseeable}, cost + estimate_most, NULL)) AS estimated,
         coalesce(sum(${foreseeable} AND cost BETWEEN estimate_least AND estimate_most), 0) AS within
       FROM request WHERE began_at >= ? GROUP BY 1, 2, 3, 4`,
    );
    return rows.all(since).map((row) => {
      const { provider, workspace, ...group } = groupRow.parse(row);
      return {
        ...group,
        ...(provider !== null && { provider }),
        ...(workspace !== null && { workspace }),
      };
    });
  }

  speeds(since: number, most: number): readonly RecordSpeed[] {
    const rows = this.#statements.of(
      `SELECT ${served} AS model, first_token_ms,
         iif(duration_ms > first_token_ms AND completion_tokens > 0,
           completion_tokens * 1000.0 / (duration_ms - first_token_ms), NULL) AS speed,
         iif(estimate_most > 0, CAST(cost AS REAL) / estimate_most, NULL) AS share
       FROM request WHERE began_at >= ? AND ${foreseeable}
       ORDER BY began_at DESC LIMIT ?`,
    );
    return rows.all(since, most).map((row) => {
      const { model, first_token_ms: firstTokenMs, speed, share } = speedRow.parse(row);
      return { model, ...present({ firstTokenMs, tokensPerSecond: speed, shareOfEstimate: share }) };
    });
  }

  count(query: RecordQuery): number {
    const { condition, values } = conditionOf(query);
    const row = this.#statements
      .of(`SELECT count(*) AS count FROM request WHERE ${condition}`)
      .get(...values);
    return Number(row?.['count']);
  }

  page(query: RecordQuery, { order, offset, limit }: RecordPage): readonly LedgerEntry[] {
    const { condition, values } = conditionOf(query);
    return this.#statements
      .of(`SELECT * FROM request WHERE ${condition} ORDER BY ${orders[order]} LIMIT ? OFFSET ?`)
      .all(...values, limit, offset)
      .flatMap((row) => toEntry(row) ?? []);
  }

  *each(query: RecordQuery): Generator<LedgerEntry> {
    const { condition, values } = conditionOf(query);
    const rows = this.#statements.of(`SELECT * FROM request WHERE ${condition} ORDER BY ${orders.newest}`);
    for (const row of rows.iterate(...values)) {
      const entry = toEntry(row);
      if (entry) {
        yield entry;
      }
    }
  }
}

interface Condition {
  readonly condition: string;
  readonly values: readonly SQLInputValue[];
}

function conditionOf({ since, words = [], failedOnly = false }: RecordQuery): Condition {
  const found = words.map(hasWord);
  return {
    condition: [
      'began_at >= ?',
      ...(failedOnly ? ["status = 'failed'"] : []),
      ...found.map(({ condition }) => `(${condition})`),
    ].join(' AND '),
    values: [since, ...found.flatMap(({ values }) => values)],
  };
}

/** Lists are passed as JSON, so that the statement's text doesn't depend on their length. */
function hasWord({ text: word, models, features, statuses }: SearchedWord): Condition {
  const isIn = (column: string): string => `${column} IN (SELECT value FROM json_each(?))`;
  const has = (column: string): string => `instr(lower(${column}), ?) > 0`;
  return {
    condition: [
      isIn(served),
      isIn('feature'),
      isIn('status'),
      ...['provider', 'workspace', 'failure'].map(has),
    ].join(' OR '),
    values: [
      ...[models, features, statuses].map((list) => JSON.stringify(list)),
      ...Array.from({ length: 3 }, () => word.toLowerCase()),
    ],
  };
}

/** A row's entry; absent if it can't be read, which keeps nobody from reading the others. */
function toEntry(read: unknown): LedgerEntry | undefined {
  const { data: row } = requestRow.safeParse(read);
  if (!row) {
    return undefined;
  }
  const { estimate_least: least, estimate_most: most } = row;
  return {
    id: row.id,
    beganAt: row.began_at,
    feature: row.feature,
    requestedModel: row.requested_model,
    status: row.status,
    reserved: row.reserved,
    ...present({
      workspace: row.workspace,
      model: row.model,
      provider: row.provider,
      generationId: row.generation_id,
      run: row.run,
      failure: row.failure,
    }),
    ...present({
      promptTokens: row.prompt_tokens,
      completionTokens: row.completion_tokens,
      cachedTokens: row.cached_tokens,
      reasoningTokens: row.reasoning_tokens,
      cost: row.cost,
      durationMs: row.duration_ms,
      firstTokenMs: row.first_token_ms,
    }),
    ...(row.own_key === 1 && { ownKey: true }),
    // Older rows have only the upper estimate.
    ...(most !== null && { estimate: { least: least ?? 0, most } }),
  };
}

/** Only columns with values. */
function present<Name extends string, Value>(
  columns: Readonly<Record<Name, Value | null>>,
): { readonly [Key in Name]?: Value } {
  const said = Object.entries<Value | null>(columns).filter(([, value]) => value !== null);
  return Object.fromEntries(said) as { readonly [Key in Name]?: Value };
}
