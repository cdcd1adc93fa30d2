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

/** What a row adds to what was spent; see `costOf`. */
export const spent = "iif(status = 'running', 0, coalesce(cost, reserved))";

/** A sum as a number that JavaScript can hold: SQLite adds up whole numbers that may be longer. */
export function sumOf(amount: string): string {
  return `coalesce(CAST(sum(${amount}) AS REAL), 0)`;
}

/** Of the requests that asked for a model, so many say what the next one may cost. */
const recentRequests = 100;

/** Keeps the ledger in the SQLite file that all windows share. */
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
        // What is free is never too much, also where more is spent than the limit is now.
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
    // What failed before it was begun has no cost that somebody could still tell.
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
        // A server that has told the tokens and no cost has none to tell.
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
    // What failed, or came from the cache of answers, says nothing of what the next one may cost.
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

  /** What of a budget is spent or set aside; what was under way when the day began is counted to it. */
  #boundBy(budget: Budget): PicoDollars {
    const bound = sumOf('coalesce(cost, reserved)');
    const row =
      budget.of === 'run'
        ? this.#statements.of(`SELECT ${bound} AS bound FROM request WHERE run = ?`).get(budget.run)
        : this.#statements
            .of(
              // Left to itself, SQLite would read all rows before that time for the few that are running.
              `SELECT (SELECT ${bound} FROM request WHERE began_at >= :since)
                 + (SELECT ${bound} FROM request INDEXED BY request_running
                    WHERE status = 'running' AND began_at < :since) AS bound`,
            )
            .get({ since: budget.since });
    return Number(row?.['bound']);
  }

  /** What a window had set aside that is gone is free again; what it spent, the service may still tell. */
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
