import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** How long a write waits for another window, in milliseconds; and after a failed wait. */
export const patience = { usual: 5_000, short: 50 } as const;

/** A column of milliseconds within the range of dates: one number that none can hold would keep all rows from being read. */
export function asMoment(column: string): string {
  return `min(max(${column}, 0), 8640000000000000) AS ${column}`;
}

const sqliteBusy = 5;

/** One database user's statements, each prepared once, and its atomic writes. */
export class Statements {
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<string, StatementSync>();
  #impatient = false;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** The statement with this text. */
  of(sql: string): StatementSync {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }

  /**
   * Runs work atomically. The editor blocks while another process holds the file: after one failed wait, waits are
   * short until writing works again.
   */
  atOnce<T>(work: () => T): T {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
    } catch (error) {
      this.#wait(isBusy(error));
      throw error;
    }
    try {
      const result = work();
      this.#database.exec('COMMIT');
      this.#wait(false);
      return result;
    } catch (error) {
      rollBack(this.#database);
      throw error;
    }
  }

  #wait(impatient: boolean): void {
    if (impatient !== this.#impatient) {
      this.#impatient = impatient;
      this.#database.exec(`PRAGMA busy_timeout = ${String(impatient ? patience.short : patience.usual)}`);
    }
  }
}

/** Rolls back the transaction so far. */
export function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // On a full disk SQLite has already rolled back, and its error would hide the cause.
  }
}

/** Whether another process holds the file. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === sqliteBusy;
}
