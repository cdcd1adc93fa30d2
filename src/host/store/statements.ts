import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** How long a write waits for another window, in milliseconds; and while that has just been in vain. */
export const patience = { usual: 5_000, short: 50 } as const;

const sqliteBusy = 5;

/** The statements of one user of a database, each prepared once, and what it writes with them at once or not at all. */
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
   * Does all of some work, or nothing of it. The editor stands still while it waits for somebody who holds the file:
   * after one wait in vain there are only short ones, until it can be written again.
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

/** Undoes what a transaction has done so far. */
export function rollBack(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // On a full disk SQLite has done so itself, and what it says of that would hide what went wrong.
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && Number(error.errcode) % 256 === sqliteBusy;
}
