import { uptime } from 'node:os';
import { join } from 'node:path';
import type { ConversationArchive } from '../../core/conversation/persistence/conversationArchive.ts';
import type { ConversationStore } from '../../core/conversation/persistence/conversationStore.ts';
import type { Ledger } from '../../core/usage/ledger.ts';
import type { UsageRecords } from '../../core/usage/usageRecords.ts';
import { openDatabase, type Opening } from './database.ts';
import { SearchIndex } from './searchIndex.ts';
import { SqliteConversationArchive } from './sqliteConversationArchive.ts';
import { SqliteLedger } from './sqliteLedger.ts';
import { SqliteUsageRecords } from './sqliteUsageRecords.ts';
import { SqliteConversationStore, type Owners } from './sqliteConversationStore.ts';

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
  const indexFile = isKept ? join(folder, 'search.sqlite') : ':memory:';
  const openIndex = (): SearchIndex | undefined => SearchIndex.open(database, indexFile);
  const archive = new SqliteConversationArchive(database, openIndex, now);
  try {
    archive.purge(undoMs);
  } catch {
    // For example disk full: chats can still be read, and deleted ones go next time.
  }
  const owners = processOwners(now());
  return {
    archive,
    store: new SqliteConversationStore(database, owners, now, isInPlace),
    ledger: new SqliteLedger(database, owners),
    records: new SqliteUsageRecords(database),
    opening,
    dispose: () => {
      database.close();
    },
  };
}

/** Owners are processes, identified by id and start time, because ids are reused after a restart. */
function processOwners(startedAt: number): Owners {
  const bootedAt = startedAt - uptime() * 1_000;
  const self = `${String(process.pid)}@${String(startedAt)}`;
  return {
    self,
    isAlive: (owner) => {
      const [pid = NaN, start = 0] = owner.split('@').map(Number);
      // A restarted container gives programs the same ids: another owner with our id is gone.
      return pid === process.pid ? owner === self : start >= bootedAt && isRunning(pid);
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process can't be signaled, but it is running.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
