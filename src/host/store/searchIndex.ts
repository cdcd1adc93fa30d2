import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createPrivate } from './privateFiles.ts';
import { rollBack } from './statements.ts';

/** The name of a database that has no file. */
export const inMemory = ':memory:';

/** How many chats are read before other work gets its turn. */
const chatsPerTurn = 20;

/**
 * A full-text index of all messages in a separate, disposable file. Older editors' SQLite can't do this; `open` then
 * returns nothing.
 */
export class SearchIndex {
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Attaches the index to the chat database. */
  static open(database: DatabaseSync, file: string): SearchIndex | undefined {
    if (!isSupported(database)) {
      return undefined;
    }
    try {
      return SearchIndex.#attach(database, file);
    } catch {
      // Damaged or from another version: rebuild it.
      detach(database);
      for (const suffix of ['', '-wal', '-shm']) {
        rmSync(file + suffix, { force: true });
      }
    }
    try {
      return SearchIndex.#attach(database, file);
    } catch {
      // For example a read-only folder; search works without an index, slowly.
      detach(database);
      return undefined;
    }
  }

  static #attach(database: DatabaseSync, file: string): SearchIndex {
    if (file !== inMemory) {
      createPrivate(file);
    }
    database.prepare('ATTACH DATABASE ? AS search').run(file);
    database.exec(`
      PRAGMA search.journal_mode = WAL;
      PRAGMA search.secure_delete = ON;
      CREATE TABLE IF NOT EXISTS search.chat (id TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT;
      CREATE VIRTUAL TABLE IF NOT EXISTS search.message
        USING fts5(text, tokenize = 'unicode61 remove_diacritics 2');
      -- Else words of deleted texts stay in the index.
      INSERT INTO search.message (message, rank) VALUES ('secure-delete', 1);
    `);
    return new SearchIndex(database);
  }

  /** Reads chats that changed since the last time, a few at a time. */
  async update(signal: AbortSignal): Promise<void> {
    for (let first = true; ; first = false) {
      const changed = this.#database
        .prepare(
          `SELECT conversation.id, conversation.revision FROM main.conversation
           LEFT JOIN search.chat USING (id)
           WHERE chat.revision IS NOT conversation.revision LIMIT ?`,
        )
        .all(chatsPerTurn);
      if (changed.length === 0 || signal.aborted) {
        return;
      }
      if (first) {
        this.#forgetWithdrawn();
      }
      this.#read(changed.map(({ id, revision }) => ({ id: String(id), revision: Number(revision) })));
      await nextTurn();
    }
  }

  /** Removes a chat before its messages are deleted. */
  forget(conversationId: string): void {
    this.#database
      .prepare(
        `DELETE FROM search.message WHERE rowid IN
           (SELECT sequence FROM main.message WHERE conversation_id = ?)`,
      )
      .run(conversationId);
    this.#database.prepare('DELETE FROM search.chat WHERE id = ?').run(conversationId);
  }

  /** A withdrawn question belongs to no chat anymore through which it could be removed. */
  #forgetWithdrawn(): void {
    this.#database.exec(
      `DELETE FROM search.message WHERE rowid IN
         (SELECT read.id FROM search.message_docsize AS read
          LEFT JOIN main.message AS kept ON kept.sequence = read.id WHERE kept.sequence IS NULL)`,
    );
  }

  #read(chats: readonly { readonly id: string; readonly revision: number }[]): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const { id, revision } of chats) {
        this.forget(id);
        this.#database
          .prepare(
            `INSERT INTO search.message (rowid, text)
             SELECT message.sequence, group_concat(part.text, char(10)) FROM main.message
             JOIN main.part ON part.message_id = message.id AND part.type = 'text'
             WHERE message.conversation_id = ? GROUP BY message.sequence`,
          )
          .run(id);
        this.#database.prepare('INSERT INTO search.chat (id, revision) VALUES (?, ?)').run(id, revision);
      }
      this.#database.exec('COMMIT');
    } catch (error) {
      rollBack(this.#database);
      throw error;
    }
  }
}

function isSupported(database: DatabaseSync): boolean {
  const row = database.prepare("SELECT sqlite_compileoption_used('ENABLE_FTS5') AS used").get();
  return row?.['used'] === 1;
}

function detach(database: DatabaseSync): void {
  try {
    database.exec('DETACH DATABASE search');
  } catch {
    // It wasn't attached.
  }
}

/** Words in the index's syntax: each quoted, so that nothing is an operator, and each a prefix. */
export function toMatch(words: string): string {
  return wordsIn(words)
    .map((word) => `"${word}"*`)
    .join(' ');
}

/** A search's words. */
export function wordsIn(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}
