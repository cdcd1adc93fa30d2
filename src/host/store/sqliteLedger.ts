import type { DatabaseSync } from 'node:sqlite';
import type { Usage } from '../../core/conversation/message.ts';
import type { PicoDollars } from '../../core/money/money.ts';
import type {
  Admission,
  BegunRequest,
  Budget,
  EndedRequest,
  Ledger,
  Origin,
} from '../../core/usage/ledger.ts';
import type { Owners } from './sqliteConversationStore.ts';
import { Statements } from './statements.ts';

/** What a row adds to spending; see `costOf`. */
export const spent = "iif(status = 'running', 0, coalesce(cost, reserved))";

/** A sum that fits a JavaScript number: SQLite sums may be larger. */
export function sumOf(amount: string): string {
  return `coalesce(CAST(sum(${amount}) AS REAL), 0)`;
}

/** How many recent requests to a model predict the next one's cost. */
const recentRequests = 100;

/** Stores the ledger in the shared SQLite file. */
export class SqliteLedger implements Ledger {
  readonly #statements: Statements;
  readonly #owners: Owners;

  constructor(database: DatabaseSync, owners: Owners) {
    this.#statements = new Statements(database);
    this.#owners = owners;
  }

  begin(request: BegunRequest, budgets: readonly Budget[]): Admission {
    return this.#statements.atOnce(() => {
      this.#releaseLost();
      const { least, most } = request.reserve;
      let reserved = most;
      for (const budget of budgets) {
        const left = Math.max(0, budget.limit - this.#boundBy(budget));
        reserved = Math.min(reserved, left);
        // What is left is never negative, even if the limit was lowered.
        if (reserved < least || (most > 0 && left === 0)) {
          return { refusedBy: budget.of };
        }
      }
      return { id: this.#insert(request, reserved), reserved };
    });
  }

  note(id: number, { generationId, model, provider }: Origin): void {
    this.#statements
      .of(
        `UPDATE request SET generation_id = coalesce(?, generation_id), model = coalesce(?, model),
           provider = coalesce(?, provider) WHERE id = ?`,
      )
      .run(generationId ?? null, model ?? null, provider ?? null, id);
  }

  end(id: number, { status, failure, usage, assumedCost, durationMs, firstTokenMs }: EndedRequest): void {
    // What failed before it started has no cost to report.
    this.#statements
      .of(
        `UPDATE request SET status = :status, failure = :failure, prompt_tokens = :prompt,
           completion_tokens = :completion, cached_tokens = :cached, reasoning_tokens = :reasoning, own_key = :ownKey,
           cost = coalesce(:cost, iif(:status = 'failed' AND generation_id IS NULL AND :assumed = 0, 0, NULL)),
           reserved = :assumed, duration_ms = :duration, first_token_ms = :firstToken, owner = NULL WHERE id = :id`,
      )
      .run({
        id,
        status,
        failure: failure ?? null,
        ...usageColumns(usage),
        assumed: assumedCost,
        duration: Math.round(durationMs),
        firstToken: firstTokenMs === undefined ? null : Math.round(firstTokenMs),
      });
  }

  settle(generationId: string, usage: Usage): void {
    this.#statements
      .of(
        `UPDATE request SET prompt_tokens = :prompt, completion_tokens = :completion, cached_tokens = :cached,
           reasoning_tokens = :reasoning, own_key = :ownKey, cost = coalesce(:cost, cost)
         WHERE generation_id = :generation`,
      )
      .run({ ...usageColumns(usage), generation: generationId });
  }

  unsettled(since: number): readonly string[] {
    this.#releaseLost();
    return this.#statements
      .of(
        // A server that reported tokens without a cost has none.
        `SELECT generation_id FROM request
         WHERE began_at >= ? AND status <> 'running' AND generation_id IS NOT NULL
           AND cost IS NULL AND prompt_tokens IS NULL
         ORDER BY id`,
      )
      .all(since)
      .map((row) => String(row['generation_id']));
  }

  mostExpensiveOf(requestedModel: string): PicoDollars | undefined {
    const row = this.#statements
      .of(
        `SELECT max(cost) AS most_expensive FROM (
           SELECT iif(status = 'done' AND prompt_tokens > 0, cost, NULL) AS cost FROM request
           WHERE requested_model = ? ORDER BY id DESC LIMIT ${String(recentRequests)}
         )`,
      )
      .get(requestedModel);
    // Failed and cached requests say nothing about the next one's cost.
    const maxCost = row?.['most_expensive'];
    return typeof maxCost === 'number' ? maxCost : undefined;
  }

  spentSince(time: number): PicoDollars {
    const row = this.#statements
      .of(`SELECT ${sumOf(spent)} AS spent FROM request WHERE began_at >= ?`)
      .get(time);
    return Number(row?.['spent']);
  }

  #insert(
    { beganAt, workspace, feature, requestedModel, run, estimate }: BegunRequest,
    reserved: PicoDollars,
  ): number {
    const { lastInsertRowid } = this.#statements
      .of(
        `INSERT INTO request (began_at, workspace, feature, requested_model, run, estimate_least, estimate_most,
           reserved, status, owner)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'running', ?)`,
      )
      .run(
        beganAt,
        workspace ?? null,
        feature,
        requestedModel,
        run ?? null,
        estimate?.least ?? null,
        estimate?.most ?? null,
        reserved,
        this.#owners.self,
      );
    return Number(lastInsertRowid);
  }

  /** What is spent or reserved of a budget; requests running at the day's start count. */
  #boundBy(budget: Budget): PicoDollars {
    const bound = sumOf('coalesce(cost, reserved)');
    const row =
      budget.of === 'run'
        ? this.#statements.of(`SELECT ${bound} AS bound FROM request WHERE run = ?`).get(budget.run)
        : this.#statements
            .of(
              // Otherwise SQLite would read all earlier rows for the few still running.
              `SELECT (SELECT ${bound} FROM request WHERE began_at >= :since)
                 + (SELECT ${bound} FROM request INDEXED BY request_running
                    WHERE status = 'running' AND began_at < :since) AS bound`,
            )
            .get({ since: budget.since });
    return Number(row?.['bound']);
  }

  /** A closed window's reservation is released; the service may still report what it spent. */
  #releaseLost(): void {
    const rows = this.#statements.of("SELECT DISTINCT owner FROM request WHERE status = 'running'").all();
    for (const owner of rows.map((row) => String(row['owner']))) {
      if (!this.#owners.isAlive(owner)) {
        this.#statements
          .of(
            `UPDATE request SET status = 'interrupted', reserved = 0, owner = NULL
             WHERE status = 'running' AND owner = ?`,
          )
          .run(owner);
      }
    }
  }
}

function usageColumns(usage: Usage | undefined): Readonly<Record<string, number | null>> {
  return {
    prompt: usage?.promptTokens ?? null,
    completion: usage?.completionTokens ?? null,
    cached: usage?.cachedTokens ?? null,
    reasoning: usage?.reasoningTokens ?? null,
    ownKey: usage?.ownKeyCost === undefined ? 0 : 1,
    cost: usage?.cost ?? null,
  };
}
