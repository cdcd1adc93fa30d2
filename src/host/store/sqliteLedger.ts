import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as z from 'zod/mini';
import type { Usage } from '../../core/conversation/message.ts';
import type {
  Admitted,
  BegunRequest,
  Budget,
  EndedRequest,
  Ledger,
  LedgerEntry,
  Origin,
} from '../../core/usage/ledger.ts';
import type { Owners } from './sqliteConversationStore.ts';

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
  prompt_tokens: number,
  completion_tokens: number,
  cost: number,
  estimate: number,
  reserved: z.number(),
  duration_ms: number,
  first_token_ms: number,
  status: z.enum(['running', 'done', 'stopped', 'interrupted', 'failed']),
  failure: text,
});

/** Keeps the ledger in the SQLite file that all windows share. */
export class SqliteLedger implements Ledger {
  readonly #database: DatabaseSync;
  readonly #owners: Owners;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync, owners: Owners) {
    this.#database = database;
    this.#owners = owners;
  }

  begin(request: BegunRequest, budget?: Budget): Admitted | undefined {
    return this.#transaction(() => {
      this.#releaseLost();
      const { least, most } = request.reserve;
      const left = budget ? budget.limit - this.#spentSince(budget.since) : Infinity;
      const reserved = Math.min(most, left);
      // What is free is never too much.
      if (reserved < least || (most > 0 && left <= 0)) {
        return undefined;
      }
      return { id: this.#insert(request, Math.max(0, reserved)), reserved };
    });
  }

  note(id: number, { generationId, model, provider }: Origin): void {
    this.#prepare(
      `UPDATE request SET generation_id = coalesce(?, generation_id), model = coalesce(?, model),
         provider = coalesce(?, provider) WHERE id = ?`,
    ).run(generationId ?? null, model ?? null, provider ?? null, id);
  }

  end(id: number, { status, failure, usage, assumedCost, durationMs, firstTokenMs }: EndedRequest): void {
    // What was never begun has no cost that somebody could still tell.
    const cost = usage?.cost ?? (status === 'failed' && assumedCost === 0 ? 0 : null);
    this.#prepare(
      `UPDATE request SET status = ?, failure = ?, prompt_tokens = ?, completion_tokens = ?, cost = ?, reserved = ?,
         duration_ms = ?, first_token_ms = ?, owner = NULL WHERE id = ?`,
    ).run(
      status,
      failure ?? null,
      usage?.promptTokens ?? null,
      usage?.completionTokens ?? null,
      cost,
      assumedCost,
      Math.round(durationMs),
      firstTokenMs === undefined ? null : Math.round(firstTokenMs),
      id,
    );
  }

  settle(generationId: string, { promptTokens, completionTokens, cost }: Usage): void {
    this.#prepare(
      `UPDATE request SET prompt_tokens = ?, completion_tokens = ?, cost = coalesce(?, cost)
       WHERE generation_id = ?`,
    ).run(promptTokens, completionTokens, cost ?? null, generationId);
  }

  since(time: number): readonly LedgerEntry[] {
    this.#releaseLost();
    return this.#prepare('SELECT * FROM request WHERE began_at >= ? ORDER BY began_at DESC, id DESC')
      .all(time)
      .map((row) => toEntry(requestRow.parse(row)));
  }

  #insert({ beganAt, workspace, feature, requestedModel, estimate }: BegunRequest, reserved: number): number {
    const { lastInsertRowid } = this.#prepare(
      `INSERT INTO request (began_at, workspace, feature, requested_model, estimate, reserved, status, owner)
       VALUES (?, ?, ?, ?, ?, ?, 'running', ?)`,
    ).run(beganAt, workspace ?? null, feature, requestedModel, estimate ?? null, reserved, this.#owners.self);
    return Number(lastInsertRowid);
  }

  #spentSince(time: number): number {
    const row = this.#prepare(
      `SELECT coalesce(sum(coalesce(cost, reserved)), 0) AS spent FROM request
       WHERE began_at >= ? OR status = 'running'`,
    ).get(time);
    return Number(row?.['spent']);
  }

  /** What a window had set aside that is gone is free again; what it spent, the service may still tell. */
  #releaseLost(): void {
    const rows = this.#prepare("SELECT DISTINCT owner FROM request WHERE status = 'running'").all();
    for (const owner of rows.map((row) => String(row['owner']))) {
      if (!this.#owners.isAlive(owner)) {
        this.#prepare(
          `UPDATE request SET status = 'interrupted', reserved = 0, owner = NULL
           WHERE status = 'running' AND owner = ?`,
        ).run(owner);
      }
    }
  }

  #transaction<T>(work: () => T): T {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function toEntry(row: z.infer<typeof requestRow>): LedgerEntry {
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
      failure: row.failure,
    }),
    ...present({
      promptTokens: row.prompt_tokens,
      completionTokens: row.completion_tokens,
      cost: row.cost,
      estimate: row.estimate,
      durationMs: row.duration_ms,
      firstTokenMs: row.first_token_ms,
    }),
  };
}

/** Only the columns that say something. */
function present<Name extends string, Value>(
  columns: Readonly<Record<Name, Value | null>>,
): { readonly [Key in Name]?: Value } {
  const said = Object.entries<Value | null>(columns).filter(([, value]) => value !== null);
  return Object.fromEntries(said) as { readonly [Key in Name]?: Value };
}
