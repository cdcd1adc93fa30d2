import { join } from 'node:path';
import type { ConversationArchive } from '../../core/conversation/persistence/conversationArchive.ts';
import type { ConversationStore } from '../../core/conversation/persistence/conversationStore.ts';
import type { Ledger } from '../../core/usage/ledger.ts';
import type { UsageRecords } from '../../core/usage/usageRecords.ts';
import { forgetSpending, openDatabase, type Opening } from './database.ts';
import { inMemory, SearchIndex } from './searchIndex.ts';
import { SqliteConversationArchive } from './sqliteConversationArchive.ts';
import { SqliteLedger } from './sqliteLedger.ts';
import { SqliteUsageRecords } from './sqliteUsageRecords.ts';
import { SqliteConversationStore } from './sqliteConversationStore.ts';
import { onlyThisWindow, WindowOwners } from './windowOwners.ts';

/** The open store, shared by all windows. */
export interface OpenedStore {
  readonly store: ConversationStore;
  readonly archive: ConversationArchive;
  readonly ledger: Ledger;
  readonly records: UsageRecords;
  readonly opening: Opening;
  dispose(): void;
}

/** How long a deleted chat can be restored, in milliseconds. */
const undoMs = 10 * 60_000;

/** Opens the store in the extension's folder. */
export function openStore(folder: string, now: () => number): OpenedStore {
  const { database, isInPlace, opening } = openDatabase(join(folder, 'chats.sqlite'), now());
  const isKept = opening.state === 'opened' || opening.state === 'damaged';
  const indexFile = isKept ? join(folder, 'search.sqlite') : inMemory;
  const openIndex = (): SearchIndex | undefined => SearchIndex.open(database, indexFile);
  const archive = new SqliteConversationArchive(database, openIndex, now);
  try {
    archive.purge(undoMs);
  } catch {
    // For example disk full: chats can still be read, and deleted ones go next time.
  }
  if (!isKept) {
    // What was spent before, and in other windows, is not known at any time.
    forgetSpending(database, Number.MAX_SAFE_INTEGER);
  }
  const owners = isKept ? new WindowOwners(folder) : undefined;
  const known = owners ?? onlyThisWindow();
  return {
    archive,
    store: new SqliteConversationStore(database, known, now, isInPlace),
    ledger: new SqliteLedger(database, known, isInPlace),
    records: new SqliteUsageRecords(database),
    opening,
    dispose: () => {
      database.close();
      owners?.dispose();
    },
  };
}
