import assert from 'node:assert/strict';
import type { LedgerEntry } from '../../src/core/usage/ledger.ts';
import { openDatabase } from '../../src/host/store/database.ts';
import { SqliteLedger } from '../../src/host/store/sqliteLedger.ts';
import { SqliteUsageRecords } from '../../src/host/store/sqliteUsageRecords.ts';

/** A request in the ledger, with whatever matters to the test. */
export function anEntry(facts: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    id: 1,
    beganAt: 0,
    feature: 'chat',
    requestedModel: 'author/model',
    status: 'done',
    reserved: 0,
    ...facts,
  };
}

/** A ledger that has these requests, in their order; their ids are given by it. */
export function recordsOf(entries: readonly LedgerEntry[]): SqliteUsageRecords {
  // In memory: no folder can be made of this.
  const { database } = openDatabase('/dev/null/chats.sqlite', 1);
  const ledger = new SqliteLedger(database, { self: 'here', isAlive: () => true });
  for (const entry of entries) {
    const { status, reserved, estimate, promptTokens, completionTokens, ownKey, ...facts } = entry;
    const admission = ledger.begin(
      { ...facts, ...(estimate && { estimate }), reserve: { least: 0, most: reserved } },
      [],
    );
    assert.ok('id' in admission);
    ledger.note(admission.id, facts);
    if (status !== 'running' && status !== 'interrupted') {
      const usage =
        promptTokens === undefined
          ? undefined
          : {
              ...facts,
              promptTokens,
              completionTokens: completionTokens ?? 0,
              ...(ownKey && { ownKeyCost: entry.cost ?? 0 }),
            };
      ledger.end(admission.id, {
        status,
        assumedCost: reserved,
        durationMs: entry.durationMs ?? 0,
        ...(usage && { usage }),
        ...(entry.failure !== undefined && { failure: entry.failure }),
        ...(entry.firstTokenMs !== undefined && { firstTokenMs: entry.firstTokenMs }),
      });
    }
  }
  return new SqliteUsageRecords(database);
}
