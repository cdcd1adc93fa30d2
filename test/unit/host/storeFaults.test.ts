import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ChatSession } from '../../../src/core/conversation/session/chatSession.ts';
import { textOf } from '../../../src/core/conversation/message.ts';
import { reportOfSaveFailure } from '../../../src/host/words/report.ts';
import { openDatabase, type OpenedDatabase } from '../../../src/host/store/database.ts';
import { openStore } from '../../../src/host/store/openStore.ts';
import { SqliteConversationStore } from '../../../src/host/store/sqliteConversationStore.ts';
import { SqliteLedger } from '../../../src/host/store/sqliteLedger.ts';
import { aQuestion, asking } from '../../support/builders.ts';
import { FakeChatModel, sessionParts } from '../../support/fakes.ts';

const long = 'word '.repeat(20_000);
const owners = { self: 'here', isAlive: () => true };

describe('a disk that fails under the chats', () => {
  let folder: string;
  let opened: OpenedDatabase;
  let store: SqliteConversationStore;
  let model: FakeChatModel;
  let told: unknown[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
    opened = openDatabase(file(), 1);
    store = new SqliteConversationStore(opened.database, owners, () => 1, opened.isInPlace);
    model = new FakeChatModel();
    told = [];
  });

  afterEach(() => {
    opened.database.close();
    rmSync(folder, { recursive: true });
  });

  const file = (): string => join(folder, 'chats.sqlite');
  const pragma = (name: string): number => {
    const row = opened.database.prepare(`PRAGMA ${name}`).get() ?? {};
    return Number(Object.values(row)[0]);
  };
  const fillDisk = (): void => {
    opened.database.exec(`PRAGMA max_page_count = ${String(pragma('page_count'))}`);
  };
  const freeDisk = (): void => {
    opened.database.exec('PRAGMA max_page_count = 1000000');
  };
  const begin = (): ChatSession => {
    const session = ChatSession.begin(sessionParts(model, store));
    session.onDidChange((change) => {
      if (change.type === 'saveFailed') {
        told.push(change.error);
      }
    });
    return session;
  };
  const ask = async (session: ChatSession, text: string, answer: string): Promise<void> => {
    model.willAnswer({ type: 'text', text: answer }, { type: 'finish', reason: 'stop' });
    await session.send(session.prepare.question(asking(text)));
  };
  const saved = (session: ChatSession): readonly string[] | undefined =>
    store.load(session.conversation.id)?.messages.map(textOf);
  const onScreen = (session: ChatSession): readonly string[] => session.conversation.messages.map(textOf);

  describe('because it is full', () => {
    it('keeps all text on the screen, reports that the disk is full, and saves everything once there is room', async () => {
      const session = begin();
      await ask(session, 'Hello', 'Hi');
      fillDisk();
      await ask(session, 'Tell me a long story', long);
      assert.deepEqual(onScreen(session), ['Hello', 'Hi', 'Tell me a long story', long]);
      const [error] = told;
      assert.match(reportOfSaveFailure(error).detail ?? '', /full/);
      freeDisk();
      await ask(session, 'And now?', 'Now');
      assert.deepEqual(saved(session), onScreen(session));
      assert.deepEqual(store.load(session.conversation.id), session.conversation);
    });

    it('leaves the store unchanged and ready for the next write', () => {
      store.create({ id: 'c', title: '', createdAt: 1, messages: [] });
      fillDisk();
      assert.throws(() => {
        store.addMessage('c', aQuestion(long));
      }, /full/);
      freeDisk();
      store.addMessage('c', aQuestion('short'));
      assert.deepEqual(store.load('c')?.messages.map(textOf), ['short']);
    });

    it('is reported for the ledger, too', () => {
      const ledger = new SqliteLedger(opened.database, owners);
      fillDisk();
      assert.throws(() => {
        for (let at = 0; at < 10_000; at += 1) {
          const reserve = { least: 0, most: 1 };
          ledger.begin({ beganAt: at, feature: 'chat', requestedModel: 'author/model', reserve }, []);
        }
      }, /full/);
    });
  });

  describe('because somebody has moved or deleted the file', () => {
    it('says so, keeps the words on the screen, and saves them when the file is back', async () => {
      const session = begin();
      await ask(session, 'Hello', 'Hi');
      renameSync(file(), `${file()}.elsewhere`);
      await ask(session, 'Still there?', 'Here');
      assert.deepEqual(onScreen(session), ['Hello', 'Hi', 'Still there?', 'Here']);
      assert.match(reportOfSaveFailure(told[0]).message, /moved or deleted/);
      assert.deepEqual(saved(session), ['Hello', 'Hi'], 'nothing goes where nobody will find it');
      renameSync(`${file()}.elsewhere`, file());
      await ask(session, 'And now?', 'Now');
      assert.deepEqual(saved(session), onScreen(session));
    });

    it('does not take another file for it', () => {
      store.create({ id: 'c', title: '', createdAt: 1, messages: [] });
      renameSync(file(), `${file()}.elsewhere`);
      openDatabase(file(), 2).database.close();
      assert.throws(() => {
        store.addMessage('c', aQuestion('Where?'));
      }, /moved or deleted/);
    });
  });

  describe('because another program holds the file', () => {
    it('says so, and waits only for a moment the next times, until it can write again', () => {
      store.create({ id: 'c', title: '', createdAt: 1, messages: [] });
      opened.database.exec('PRAGMA busy_timeout = 1');
      const other = new DatabaseSync(file());
      other.exec('BEGIN IMMEDIATE');
      assert.throws(() => {
        store.addMessage('c', aQuestion('one'));
      }, /locked/);
      assert.equal(pragma('busy_timeout'), 50);
      other.exec('ROLLBACK');
      other.close();
      store.addMessage('c', aQuestion('two'));
      assert.equal(pragma('busy_timeout'), 5_000);
    });
  });

  it("doesn't prevent chats from opening when old ones have to be purged", () => {
    opened.database.close();
    const before = openStore(folder, () => 1);
    before.store.create({ id: 'c', title: 'Gone', createdAt: 1, messages: [] });
    before.store.addMessage('c', aQuestion('Hello'));
    before.archive.remove('c');
    before.dispose();
    const broken = new DatabaseSync(file());
    broken.exec(
      "CREATE TRIGGER full BEFORE DELETE ON conversation BEGIN SELECT raise(FAIL, 'disk is full'); END",
    );
    broken.close();
    const after = openStore(folder, () => 1_000_000_000);
    assert.deepEqual(after.opening, { state: 'opened' });
    assert.deepEqual(after.archive.list(9), []);
    after.dispose();
    opened = openDatabase(file(), 1);
  });
});
