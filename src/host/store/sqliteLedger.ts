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
import { StoreMovedError } from './storeMoved.ts';
import { Statements } from './statements.ts';
import type { Owners } from './windowOwners.ts';

/** What a row adds to spending; see `costOf`. */
export const spent = "iif(status = 'running', 0, coalesce(cost, reserved))";

/** A sum that fits a JavaScript number, however much there is to add up. */
export function sumOf(amount: string): string {
  return `total(${amount})`;
}

/** How many recent requests to a model predict the next one's cost. */
const recentRequests = 100;

/** Stores the ledger in the shared SQLite file. */
export class SqliteLedger implements Ledger {
  readonly #statements: Statements;
  readonly #owners: Owners;
  readonly #isInPlace: () => boolean;

  /** `isInPlace` says whether the database file is still where it was opened. */
  constructor(database: DatabaseSync, owners: Owners, isInPlace: () => boolean = () => true) {
    this.#statements = new Statements(database);
    this.#owners = owners;
    this.#isInPlace = isInPlace;
  }

  begin(request: BegunRequest, budgets: readonly Budget[]): Admission {
    // Nobody else sees what is written into a file that is gone.
    if (budgets.some(({ of }) => of === 'day') && !this.#isInPlace()) {
      throw new StoreMovedError();
    }
    return this.#statements.atOnce(() => {
      this.#releaseLost();
      const { least, most } = request.reserve;
      let reserved = whole(most);
      for (const budget of budgets) {
        const left = Math.max(0, budget.limit - this.#boundBy(budget));
        if (most > 0 && budget.of === 'day' && this.#isUnknown(budget.since)) {
          return { refusedBy: 'unknown' };
        }
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
        assumed: whole(assumedCost),
        duration: whole(durationMs),
        firstToken: firstTokenMs === undefined ? null : whole(firstTokenMs),
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
        // A server that reported tokens without a cost has none, unless its model has a price.
        `SELECT generation_id FROM request
         WHERE began_at >= ? AND status <> 'running' AND generation_id IS NOT NULL
           AND cost IS NULL AND (prompt_tokens IS NULL OR reserved > 0)
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
        estimate ? whole(estimate.least) : null,
        estimate ? whole(estimate.most) : null,
        whole(reserved),
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

  /** Whether what was spent since a time is not known. */
  #isUnknown(since: number): boolean {
    const row = this.#statements.of('SELECT max(until) AS until FROM spending_unknown').get();
    const until = row?.['until'];
    return typeof until === 'number' && until >= since;
  }

  /** A lost window's requests may have cost all that was reserved for them, until the service reports what they did. */
  #releaseLost(): void {
    const rows = this.#statements.of("SELECT DISTINCT owner FROM request WHERE status = 'running'").all();
    for (const owner of rows.map((row) => String(row['owner']))) {
      if (!this.#owners.isAlive(owner)) {
        this.#statements
          .of(
            `UPDATE request SET status = 'interrupted', owner = NULL
             WHERE status = 'running' AND owner = ?`,
          )
          .run(owner);
      }
    }
  }
}

function usageColumns(usage: Usage | undefined): Readonly<Record<string, number | null>> {
  const { promptTokens, completionTokens, cachedTokens, reasoningTokens, ownKeyCost, cost } = usage ?? {};
  const column = (value: number | undefined): number | null => (value === undefined ? null : whole(value));
  return {
    prompt: column(promptTokens),
    completion: column(completionTokens),
    cached: column(cachedTokens),
    reasoning: column(reasoningTokens),
    ownKey: ownKeyCost === undefined ? 0 : 1,
    cost: column(cost),
  };
}

/** A column takes nothing else: a value that it refused would leave its row unwritten. */
function whole(value: number): number {
  return Math.round(Math.min(Math.max(value, 0), Number.MAX_SAFE_INTEGER)) || 0;
}
