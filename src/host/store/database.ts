import { existsSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { putAnswersIntoParts } from './answersInParts.ts';
import { makeCostsExact } from './exactCosts.ts';
import { createPrivate, keepPrivate } from './privateFiles.ts';
import { patience, rollBack } from './statements.ts';
import { watchPlace } from './storeMoved.ts';

/** The result of opening the file; everything but `opened` is reported. */
export type Opening =
  | { readonly state: 'opened' }
  /** The file was damaged and is now at `aside`; a new one was created. */
  | { readonly state: 'damaged'; readonly aside: string }
  /** A newer version wrote the file; it is left alone, and this session isn't saved. */
  | { readonly state: 'newer' }
  /** The file can't be used, for example without permission; this session isn't saved. */
  | { readonly state: 'unavailable'; readonly reason: string };

/** An open database and how opening went. */
export interface OpenedDatabase {
  readonly database: DatabaseSync;
  /** Whether its file is still in place; a database in memory always is. */
  readonly isInPlace: () => boolean;
  readonly opening: Opening;
}

/** What no number can hold any more is unknown. */
const exactRequests = `UPDATE request SET cost = iif(abs(cost) <= 9007199254, cost * 1000000, NULL),
     estimate = iif(abs(estimate) <= 9007199254, estimate * 1000000, NULL),
     reserved = min(max(reserved, 0), 9007199254) * 1000000;
   ALTER TABLE request RENAME COLUMN estimate TO estimate_most;
   ALTER TABLE request ADD COLUMN estimate_least INTEGER;
   ALTER TABLE request ADD COLUMN cached_tokens INTEGER;
   ALTER TABLE request ADD COLUMN reasoning_tokens INTEGER;
   ALTER TABLE request ADD COLUMN own_key INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE request ADD COLUMN run TEXT;
   DROP INDEX request_by_time;
   CREATE INDEX request_by_time ON request (began_at, status, cost, reserved);
   CREATE INDEX request_by_model ON request (requested_model, id);
   CREATE INDEX request_of_run ON request (run) WHERE run IS NOT NULL;`;

/** One step per schema version; released steps never change. */
const migrations: readonly (string | ((database: DatabaseSync) => void))[] = [
  `CREATE TABLE conversation (
     id TEXT PRIMARY KEY,
     title TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL,
     revision INTEGER NOT NULL DEFAULT 0
   ) STRICT;
   CREATE TABLE message (
     sequence INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
     parent_id TEXT,
     role TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     owner TEXT,
     answer TEXT
   ) STRICT;
   CREATE INDEX message_of_conversation ON message (conversation_id, sequence);
   CREATE TABLE part (
     message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
     position INTEGER NOT NULL,
     type TEXT NOT NULL,
     text TEXT NOT NULL,
     data TEXT,
     PRIMARY KEY (message_id, position)
   ) STRICT;`,
  `ALTER TABLE conversation ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE conversation ADD COLUMN removed_at INTEGER;
   CREATE INDEX conversation_by_age ON conversation (pinned DESC, updated_at DESC) WHERE removed_at IS NULL;`,
  `CREATE TABLE request (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     began_at INTEGER NOT NULL,
     workspace TEXT,
     feature TEXT NOT NULL,
     requested_model TEXT NOT NULL,
     model TEXT,
     provider TEXT,
     generation_id TEXT,
     prompt_tokens INTEGER,
     completion_tokens INTEGER,
     cost INTEGER,
     estimate INTEGER,
     reserved INTEGER NOT NULL,
     duration_ms INTEGER,
     first_token_ms INTEGER,
     status TEXT NOT NULL,
     failure TEXT,
     owner TEXT
   ) STRICT;
   CREATE INDEX request_by_time ON request (began_at);
   CREATE INDEX request_of_generation ON request (generation_id) WHERE generation_id IS NOT NULL;
   CREATE INDEX request_running ON request (owner) WHERE status = 'running';`,
  'ALTER TABLE conversation ADD COLUMN model TEXT;',
  // From here on, costs are in millionths of a micro-dollar, because sums of rounded ones differ from the service's.
  (database) => {
    makeCostsExact(database);
    database.exec(exactRequests);
  },
  putAnswersIntoParts,
  // Figures that no sum can hold came from servers before they were made sane at the edge.
  `UPDATE request SET cost = iif(cost BETWEEN 0 AND 9007199254740991, cost, NULL),
     reserved = min(max(reserved, 0), 9007199254740991),
     estimate_least = iif(estimate_least BETWEEN 0 AND 9007199254740991, estimate_least, NULL),
     estimate_most = iif(estimate_most BETWEEN 0 AND 9007199254740991, estimate_most, NULL),
     prompt_tokens = iif(prompt_tokens BETWEEN 0 AND 1000000000, prompt_tokens, NULL),
     completion_tokens = iif(completion_tokens BETWEEN 0 AND 1000000000, completion_tokens, NULL),
     cached_tokens = iif(cached_tokens BETWEEN 0 AND 1000000000, cached_tokens, NULL),
     reasoning_tokens = iif(reasoning_tokens BETWEEN 0 AND 1000000000, reasoning_tokens, NULL);
   CREATE TABLE IF NOT EXISTS spending_unknown (until INTEGER NOT NULL) STRICT;`,
];

/** Up to this size the whole file is checked on opening; a larger one would delay the panel. */
const checkUpToBytes = 32 * 1024 * 1024;

/**
 * Opens the database, creates or migrates its tables, and recovers from a damaged file without deleting it. If no file
 * can be used, the database is in memory, and `opening` says why.
 */
export function openDatabase(file: string, now: number): OpenedDatabase {
  try {
    keepPrivate(dirname(file));
    return alone(`${file}.lock`, () => openOrRecover(file, now));
  } catch (error) {
    return inMemory({ state: 'unavailable', reason: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * Runs work exclusively across windows: windows that start together must neither create tables twice nor set aside each
 * other's new file. The lock is SQLite's own on an empty file, so it ends with its process.
 */
export function alone<T>(lockFile: string, work: () => T): T {
  createPrivate(lockFile);
  const lock = new DatabaseSync(lockFile);
  try {
    lock.exec(`PRAGMA busy_timeout = ${String(patience.usual)}; BEGIN EXCLUSIVE;`);
    return work();
  } finally {
    lock.close();
  }
}

function openOrRecover(file: string, now: number): OpenedDatabase {
  try {
    return openSound(file);
  } catch (error) {
    if (!isDamage(error)) {
      throw error;
    }
  }
  const aside = setAside(file, now);
  const opened = openSound(file);
  forgetSpending(opened.database, now);
  return { ...opened, opening: { state: 'damaged', aside } };
}

function openSound(file: string): OpenedDatabase {
  createPrivate(file);
  const database = new DatabaseSync(file);
  try {
    // Another window may be writing: wait instead of failing.
    database.exec(`PRAGMA busy_timeout = ${String(patience.usual)}; PRAGMA foreign_keys = ON;`);
    if (versionOf(database) > migrations.length) {
      database.close();
      return inMemory({ state: 'newer' });
    }
    // In WAL mode readers don't wait for writers, and `NORMAL` survives a process crash.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    // What is deleted is overwritten, and nothing is written to temporary files.
    database.exec('PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;');
    check(database, file);
    migrate(database);
    return { database, isInPlace: watchPlace(file), opening: { state: 'opened' } };
  } catch (error) {
    if (database.isOpen) {
      database.close();
    }
    throw error;
  }
}

function inMemory(opening: Opening): OpenedDatabase {
  const database = new DatabaseSync(':memory:');
  migrate(database);
  return { database, isInPlace: () => true, opening };
}

/** Notes that what was spent up to a time is not in a database. */
export function forgetSpending(database: DatabaseSync, until: number): void {
  database.prepare('INSERT INTO spending_unknown (until) VALUES (?)').run(until);
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

class DamagedError extends Error {}

function check(database: DatabaseSync, file: string): void {
  if (statSync(file).size > checkUpToBytes) {
    return;
  }
  const verdict = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (verdict !== 'ok') {
    throw new DamagedError(String(verdict));
  }
}

/** Each step has its own transaction, so that windows starting together don't collide. */
function migrate(database: DatabaseSync): void {
  while (versionOf(database) < migrations.length) {
    database.exec('BEGIN IMMEDIATE');
    try {
      const version = versionOf(database);
      const step = migrations[version] ?? '';
      if (typeof step === 'string') {
        database.exec(step);
      } else {
        step(database);
      }
      database.exec(`PRAGMA user_version = ${String(Math.min(version + 1, migrations.length))}`);
      database.exec('COMMIT');
    } catch (error) {
      rollBack(database);
      throw error;
    }
  }
}

const sqliteCorrupt = 11;
const sqliteNotADatabase = 26;
const sqliteError = 1;

/** Damage, as opposed to a full disk, missing permission, or a busy file. */
function isDamage(error: unknown): boolean {
  if (error instanceof DamagedError) {
    return true;
  }
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) {
    return false;
  }
  // An existing table with a wrong version is damage too; SQLite reports it as a plain error.
  return [sqliteCorrupt, sqliteNotADatabase, sqliteError].includes(error.errcode & 0xff);
}

/** Moves the file and its journals away together, so that they can be examined. */
function setAside(file: string, now: number): string {
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const aside = `${file}.damaged-${stamp}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) {
      renameSync(file + suffix, aside + suffix);
    }
  }
  return aside;
}
