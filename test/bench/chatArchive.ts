import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { ConversationArchive } from '../../src/core/conversation/persistence/conversationArchive.ts';
import { openDatabase } from '../../src/host/store/database.ts';
import { SearchIndex } from '../../src/host/store/searchIndex.ts';
import { SqliteConversationArchive } from '../../src/host/store/sqliteConversationArchive.ts';
import { burstText } from '../simulator/burst.ts';
import { median, progress, toFigure, type Figure } from './figure.ts';

/** So many chats, of ten messages each, are a long history. */
export const chats = 10_000;
const messagesPerChat = 10;
/** As people type: rare words, common words, beginnings, several at once. */
const searches = ['needle77', 'ne', 'the answer', 'value return', 'needle1 the'];
const shown = 100;

/** Searching 100,000 messages and listing 10,000 chats, with the index and by reading all text. */
export async function chatArchive(runs: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-bench-'));
  const { database } = openDatabase(join(folder, 'chats.sqlite'), 1);
  try {
    fill(database, chats);
    const withIndex = archiveOf(database, () => SearchIndex.open(database, join(folder, 'search.sqlite')));
    const startedAt = performance.now();
    await withIndex.prepareSearch(new AbortController().signal);
    progress(`archive: 100,000 messages indexed in ${(performance.now() - startedAt).toFixed(0)} ms`);
    return figuresOf(
      withIndex,
      archiveOf(database, () => undefined),
      runs,
    );
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function figuresOf(ours: ConversationArchive, plain: ConversationArchive, runs: number): readonly Figure[] {
  const search = (archive: ConversationArchive): number =>
    Math.max(...searches.map((words) => timeOf(() => archive.search(words, shown))));
  const times = Array.from({ length: runs }, () => ({
    ours: search(ours),
    plain: search(plain),
    list: timeOf(() => [ours.list(300), ours.count()]),
    all: timeOf(() => ours.list(chats)),
  }));
  return [
    toFigure({
      figure: 'search-100000',
      value: median(times.map((each) => each.ours)),
      unit: 'ms',
      comparison: {
        what: 'the same searches by reading all text',
        value: median(times.map((each) => each.plain)),
      },
      limit: 50,
      runs,
    }),
    toFigure({
      figure: 'list-10000-chats',
      value: median(times.map((each) => each.list)),
      unit: 'ms',
      comparison: {
        what: 'reading the summaries of all chats',
        value: median(times.map((each) => each.all)),
      },
      limit: 200,
      runs,
    }),
  ];
}

function archiveOf(database: DatabaseSync, openIndex: () => SearchIndex | undefined): ConversationArchive {
  return new SqliteConversationArchive(database, openIndex, () => 1);
}

/** Stores so many chats. */
export function fill(database: DatabaseSync, count: number): void {
  const words = burstText(400).split(/\s+/);
  const chat = database.prepare(
    'INSERT INTO conversation (id, title, created_at, updated_at, revision) VALUES (?, ?, ?, ?, 1)',
  );
  const message = database.prepare(
    "INSERT INTO message (id, conversation_id, role, created_at) VALUES (?, ?, 'user', 1)",
  );
  const part = database.prepare(
    "INSERT INTO part (message_id, position, type, text) VALUES (?, 0, 'text', ?)",
  );
  database.exec('BEGIN');
  for (let at = 0; at < count * messagesPerChat; at += 1) {
    const number = Math.floor(at / messagesPerChat);
    if (at % messagesPerChat === 0) {
      chat.run(`c${number}`, `Chat ${number}`, 1, number);
    }
    message.run(`m${at}`, `c${number}`);
    const from = (at * 7) % words.length;
    part.run(`m${at}`, `needle${at % 997} ${words.slice(from, from + 60).join(' ')} the answer`);
  }
  database.exec('COMMIT');
}

function timeOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
