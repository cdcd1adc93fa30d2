import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as z from 'zod/mini';
import type {
  ChatHit,
  ChatSummary,
  ConversationArchive,
} from '../../core/conversation/persistence/conversationArchive.ts';
import { toMatch, wordsIn, type SearchIndex } from './searchIndex.ts';

const summaryRow = z.object({
  id: z.string(),
  title: z.string(),
  updated_at: z.number(),
  pinned: z.number(),
});

const hitRow = z.extend(summaryRow, {
  message_id: z.string(),
  role: z.enum(['user', 'assistant']),
  excerpt: z.string(),
});

/** Not deleted, and not left over from a crash before its first question. */
const isListed = 'removed_at IS NULL AND revision > 0';

const summaryColumns = `conversation.id, conversation.title, conversation.pinned <> 0 AS pinned,
  min(max(conversation.updated_at, 0), 8640000000000000) AS updated_at`;

/** How much text is shown around a match, in characters. */
const excerptLength = 120;

/** Finds and manages the chats in the shared file. */
export class SqliteConversationArchive implements ConversationArchive {
  readonly #database: DatabaseSync;
  readonly #makeIndex: () => SearchIndex | undefined;
  #index: { readonly opened: SearchIndex | undefined } | undefined;
  readonly #now: () => number;

  /** The index opens on the first search or deletion. */
  constructor(database: DatabaseSync, makeIndex: () => SearchIndex | undefined, now: () => number) {
    this.#database = database;
    this.#makeIndex = makeIndex;
    this.#now = now;
  }

  list(limit: number): readonly ChatSummary[] {
    return this.#prepare(
      `SELECT ${summaryColumns} FROM conversation WHERE ${isListed}
       ORDER BY conversation.pinned DESC, conversation.updated_at DESC LIMIT ?`,
    )
      .all(limit)
      .map((row) => toSummary(summaryRow.parse(row)));
  }

  titled(words: string, limit: number): readonly ChatSummary[] {
    const all = words.split(/\s+/).filter((word) => word !== '');
    // SQLite ignores case only in ASCII.
    const forms = all.map((word) => [word, word.toLowerCase(), word.toUpperCase(), capitalised(word)]);
    const conditions = forms.map((each) => `(${each.map(() => "title LIKE ? ESCAPE '\\'").join(' OR ')})`);
    return this.#prepare(
      `SELECT ${summaryColumns} FROM conversation WHERE ${[isListed, ...conditions].join(' AND ')}
       ORDER BY conversation.pinned DESC, conversation.updated_at DESC LIMIT ?`,
    )
      .all(...forms.flat().map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`), limit)
      .map((row) => toSummary(summaryRow.parse(row)));
  }

  count(): number {
    const row = this.#prepare(`SELECT count(*) AS count FROM conversation WHERE ${isListed}`).get();
    return Number(row?.['count']);
  }

  async prepareSearch(signal: AbortSignal): Promise<void> {
    await this.#openIndex()?.update(signal);
  }

  search(words: string, limit: number): readonly ChatHit[] {
    if (wordsIn(words).length === 0) {
      return [];
    }
    const rows = this.#openIndex() ? this.#searchIndex(words, limit) : this.#searchText(words, limit);
    return rows.map((row) => {
      const hit = hitRow.parse(row);
      const excerpt = excerptOf(hit.excerpt, words);
      return { chat: toSummary(hit), messageId: hit.message_id, role: hit.role, excerpt };
    });
  }

  rename(conversationId: string, title: string): void {
    this.#prepare('UPDATE conversation SET title = ?, revision = revision + 1 WHERE id = ?').run(
      title,
      conversationId,
    );
  }

  setPinned(conversationId: string, pinned: boolean): void {
    this.#prepare('UPDATE conversation SET pinned = ? WHERE id = ?').run(pinned ? 1 : 0, conversationId);
  }

  remove(conversationId: string): void {
    this.#prepare('UPDATE conversation SET removed_at = ? WHERE id = ?').run(this.#now(), conversationId);
  }

  restore(conversationId: string): void {
    this.#prepare('UPDATE conversation SET removed_at = NULL WHERE id = ?').run(conversationId);
  }

  purge(olderThanMs: number): void {
    const removed = this.#prepare('SELECT id FROM conversation WHERE removed_at <= ?').all(
      this.#now() - olderThanMs,
    );
    this.#erase(removed.map(({ id }) => String(id)));
  }

  erase(conversationId: string): void {
    this.#erase([conversationId]);
  }

  #erase(conversationIds: readonly string[]): void {
    for (const id of conversationIds) {
      this.#openIndex()?.forget(id);
      this.#prepare('DELETE FROM conversation WHERE id = ? AND removed_at IS NOT NULL').run(id);
    }
    if (conversationIds.length > 0) {
      // The journals still have the texts.
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    }
  }

  #openIndex(): SearchIndex | undefined {
    this.#index ??= { opened: this.#makeIndex() };
    return this.#index.opened;
  }

  #searchIndex(words: string, limit: number): readonly unknown[] {
    return this.#prepare(
      `SELECT ${summaryColumns}, found.id AS message_id, found.role, hit.text AS excerpt
       FROM search.message AS hit
       JOIN main.message AS found ON found.sequence = hit.rowid
       JOIN conversation ON conversation.id = found.conversation_id AND conversation.removed_at IS NULL
       WHERE hit.text MATCH ? ORDER BY hit.rowid DESC LIMIT ?`,
    ).all(toMatch(words), limit);
  }

  /** Without full-text search in SQLite: a scan of all text. */
  #searchText(words: string, limit: number): readonly unknown[] {
    const all = wordsIn(words);
    const conditions = all.map(() => "excerpt LIKE ? ESCAPE '\\'").join(' AND ');
    return this.#prepare(
      `SELECT ${summaryColumns}, message.id AS message_id, message.role,
         group_concat(part.text, char(10)) AS excerpt
       FROM part JOIN message ON message.id = part.message_id
       JOIN conversation ON conversation.id = message.conversation_id AND conversation.removed_at IS NULL
       WHERE part.type = 'text' GROUP BY message.sequence HAVING ${conditions}
       ORDER BY message.sequence DESC LIMIT ?`,
    ).all(...all.map((word) => `%${word}%`), limit);
  }

  #prepare(sql: string): StatementSync {
    return this.#database.prepare(sql);
  }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

function toSummary(row: z.infer<typeof summaryRow>): ChatSummary {
  return { id: row.id, title: row.title, updatedAt: row.updated_at, pinned: row.pinned !== 0 };
}

/** The words around the first match, on one line. */
function excerptOf(text: string, words: string): string {
  const places = wordsIn(words).map((word) => text.toLowerCase().indexOf(word.toLowerCase()));
  const at = Math.min(...places.filter((place) => place >= 0), text.length);
  const before = at === text.length ? 0 : Math.max(0, at - excerptLength / 4);
  // Not in the middle of a word.
  const from = before === 0 ? 0 : before + Math.max(0, text.slice(before, at).search(/\s/));
  const part = text
    .slice(from, from + excerptLength)
    .replace(/\s+/g, ' ')
    .trim();
  return `${from > 0 ? '…' : ''}${part}${from + excerptLength < text.length ? '…' : ''}`;
}
