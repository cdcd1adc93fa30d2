import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  type Dirent,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ConversationPersistence } from '../../../src/core/conversation/persistence/conversationPersistence.ts';
import { textOf, type Message } from '../../../src/core/conversation/message.ts';
import { openDatabase } from '../../../src/host/store/database.ts';
import { openStore, type OpenedStore } from '../../../src/host/store/openStore.ts';
import { SqliteConversationStore } from '../../../src/host/store/sqliteConversationStore.ts';
import { anAnswer, answerFacts, aQuestion } from '../../support/builders.ts';

const pending = answerFacts({ outcome: { state: 'pending' } });
const writer = fileURLToPath(new URL('../../support/storeWriter.ts', import.meta.url));
/** Other processes take their time to begin on a busy machine. */
const processTimeoutMs = 20_000;
const race = new URL('../../support/storeRace.ts', import.meta.url);

describe('the store', () => {
  let folder: string;
  let opened: OpenedStore[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
    opened = [];
  });

  afterEach(() => {
    for (const each of opened) {
      each.dispose();
    }
    rmSync(folder, { recursive: true });
  });

  const file = (): string => join(folder, 'chats.sqlite');
  const open = (now = 1_000): OpenedStore => {
    const store = openStore(folder, () => now);
    opened.push(store);
    return store;
  };
  const fill = (): void => {
    const first = openStore(folder, () => 1_000);
    first.store.create({ id: 'c', title: 'Title', createdAt: 1, messages: [] });
    for (let index = 0; index < 40; index++) {
      first.store.addMessage('c', aQuestion(`question ${index} ${'x'.repeat(500)}`));
    }
    first.dispose();
  };
  const start = (name: string, answers = 50): ChildProcess =>
    spawn(process.execPath, [writer, folder, name, String(answers)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const isUsable = ({ store }: OpenedStore): void => {
    store.create({ id: 'new', title: 'works', createdAt: 1, messages: [] });
    assert.equal(store.load('new')?.title, 'works');
  };

  describe('on the disk', () => {
    const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    const entries = (): readonly Dirent[] => readdirSync(folder, { recursive: true, withFileTypes: true });
    const files = (): readonly string[] =>
      entries().flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : []));
    const modes = (): readonly string[] => [...new Set(files().map(modeOf))];
    /** All bytes of all files, as the disk has them while the store is open. */
    const onDisk = (): string =>
      files()
        .map((path) => readFileSync(path, 'latin1'))
        .join('\n');
    const ask = (store: OpenedStore, id: string, words: string): void => {
      store.store.add({
        id,
        title: words,
        createdAt: 1,
        messages: [aQuestion(words, { id: `q-${id}` })],
      });
    };

    it('is readable by its owner only, with all its journals and the search index', async () => {
      folder = join(folder, 'storage');
      const store = open();
      ask(store, 'a', 'Hello.');
      await store.archive.prepareSearch(new AbortController().signal);
      assert.equal(modeOf(folder), '700');
      assert.ok(readdirSync(folder).some((name) => name.endsWith('-wal')));
      assert.deepEqual(modes(), ['600']);
    });

    it('becomes so where an earlier version has left it open', () => {
      chmodSync(folder, 0o755);
      for (const name of ['chats.sqlite.damaged-1', 'catalogue.json', 'search.sqlite-wal']) {
        writeFileSync(join(folder, name), '', { mode: 0o644 });
      }
      writeFileSync(file(), '', { mode: 0o644 });
      open();
      assert.equal(modeOf(folder), '700');
      assert.deepEqual(modes(), ['600']);
    });

    it('gives no rights that were taken away', () => {
      writeFileSync(join(folder, 'note'), '', { mode: 0o400 });
      open();
      assert.equal(modeOf(join(folder, 'note')), '400');
    });

    it('has nothing left of a deleted chat, neither in the chats nor in the index', async () => {
      const store = open();
      const words = Array.from({ length: 400 }, (_, index) => `zebra${index}confidential`).join(' ');
      ask(store, 'kept', 'Something else.');
      ask(store, 'gone', words);
      store.store.setTitle('gone', 'walrusconfidential');
      await store.archive.prepareSearch(new AbortController().signal);
      assert.equal(store.archive.search('zebra7confidential', 5).length, 1);
      assert.match(onDisk(), /zebra7confidential/);
      store.archive.remove('gone');
      store.archive.erase('gone');
      assert.doesNotMatch(onDisk(), /confidential|zebra|walrus/);
      assert.equal(store.archive.list(5).length, 1);
      assert.equal(store.archive.search('something', 5).length, 1);
    });
  });

  it('starts with an empty file and reopens it', () => {
    const first = open();
    assert.deepEqual(first.opening, { state: 'opened' });
    isUsable(first);
    const second = open();
    assert.deepEqual(second.opening, { state: 'opened' });
    assert.equal(second.store.load('new')?.title, 'works');
    const database = new DatabaseSync(file());
    assert.deepEqual(
      [database.prepare('PRAGMA user_version').get(), database.prepare('PRAGMA journal_mode').get()],
      [
        { __proto__: null, user_version: 7 },
        { __proto__: null, journal_mode: 'wal' },
      ],
    );
    database.close();
  });

  it('opens a file of the first version', () => {
    const old = new DatabaseSync(file());
    old.exec(`
      CREATE TABLE conversation (id TEXT PRIMARY KEY, title TEXT NOT NULL, created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL, revision INTEGER NOT NULL DEFAULT 0) STRICT;
      CREATE TABLE message (sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
        conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE, parent_id TEXT,
        role TEXT NOT NULL, created_at INTEGER NOT NULL, owner TEXT, answer TEXT) STRICT;
      CREATE TABLE part (message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
        position INTEGER NOT NULL, type TEXT NOT NULL, text TEXT NOT NULL, data TEXT,
        PRIMARY KEY (message_id, position)) STRICT;
      INSERT INTO conversation VALUES ('old', 'From before', 1, 2, 1);
      INSERT INTO message VALUES (1, 'q', 'old', NULL, 'user', 1, NULL, NULL);
      INSERT INTO part VALUES ('q', 0, 'text', 'Still there?', NULL);
      PRAGMA user_version = 1;
    `);
    old.close();
    const { store, archive, opening } = open();
    assert.deepEqual(opening, { state: 'opened' });
    assert.deepEqual(store.load('old')?.messages.map(textOf), ['Still there?']);
    assert.deepEqual(archive.list(9), [{ id: 'old', title: 'From before', updatedAt: 2, pinned: false }]);
  });

  it('opens a file of the version before the ledger', () => {
    const { store } = open();
    store.create({ id: 'old', title: 'From before', createdAt: 1, messages: [] });
    opened.pop()?.dispose();
    const old = new DatabaseSync(file());
    old.exec('DROP TABLE request; ALTER TABLE conversation DROP COLUMN model; PRAGMA user_version = 2;');
    old.close();
    const { store: migrated, ledger, records, opening } = open();
    assert.deepEqual(opening, { state: 'opened' });
    assert.equal(migrated.load('old')?.title, 'From before');
    const reserve = { least: 1, most: 1 };
    ledger.begin({ beganAt: 1, feature: 'chat', requestedModel: 'author/model', reserve }, []);
    assert.equal(records.count({ since: 0 }), 1);
  });

  it('opens a file whose costs are in micro-dollars', () => {
    open();
    opened.pop()?.dispose();
    const old = new DatabaseSync(file());
    const usage = { promptTokens: 1, completionTokens: 2, cost: 1_234 };
    const known = { requestedModel: 'm', outcome: { state: 'done' }, generationId: 'gen-2', usage };
    const earlier = [{ generationId: 'gen-0' }, { generationId: 'gen-1', usage: { ...usage, cost: 7 } }];
    const unknown = { requestedModel: 'm', outcome: { state: 'stopped' } };
    old.exec(`
      ALTER TABLE conversation DROP COLUMN model;
      DROP TABLE request;
      CREATE TABLE request (
        id INTEGER PRIMARY KEY AUTOINCREMENT, began_at INTEGER NOT NULL, workspace TEXT, feature TEXT NOT NULL,
        requested_model TEXT NOT NULL, model TEXT, provider TEXT, generation_id TEXT, prompt_tokens INTEGER,
        completion_tokens INTEGER, cost INTEGER, estimate INTEGER, reserved INTEGER NOT NULL, duration_ms INTEGER,
        first_token_ms INTEGER, status TEXT NOT NULL, failure TEXT, owner TEXT
      ) STRICT;
      CREATE INDEX request_by_time ON request (began_at);
      CREATE INDEX request_of_generation ON request (generation_id) WHERE generation_id IS NOT NULL;
      CREATE INDEX request_running ON request (owner) WHERE status = 'running';
      INSERT INTO request (began_at, feature, requested_model, cost, estimate, reserved, status)
        VALUES (1, 'chat', 'm', 1234, 5000, 3, 'done'), (2, 'chat', 'm', NULL, NULL, 9, 'stopped');
      INSERT INTO conversation (id, title, created_at, updated_at) VALUES ('c', 'Old', 1, 1);
      INSERT INTO message (id, conversation_id, role, created_at, answer) VALUES
        ('a', 'c', 'assistant', 1, '${JSON.stringify({ ...known, earlier })}'),
        ('b', 'c', 'assistant', 2, '${JSON.stringify(unknown)}');
      PRAGMA user_version = 3;
    `);
    // Rows that nothing can be made of, of every kind: none of them decides for the others.
    const deep = '['.repeat(5_000) + ']'.repeat(5_000);
    const bad = [
      ...['{', 'null', '[]', '"x"', '7', '', deep, '{"usage":7}', '{"earlier":7}', '{"earlier":["x"]}'],
      ...[
        '{"earlier":[null,7,{}]}',
        '{"usage":{"cost":"many"}}',
        '{"usage":{"cost":1e300}}',
        '{"usage":{"cost":{}}}',
      ],
      ...[
        `{"usage":{"cost":1},"reasoningDetails":${deep}}`,
        '{"earlier":{"usage":{"cost":1}}}',
        '{"a":1e999}',
      ],
    ];
    const insert = old.prepare(
      "INSERT INTO message (id, conversation_id, role, created_at, answer) VALUES (?, 'bad', 'assistant', 3, ?)",
    );
    old.exec("INSERT INTO conversation (id, title, created_at, updated_at) VALUES ('bad', 'Bad', 1, 1)");
    bad.forEach((answer, at) => insert.run(`bad${at}`, answer));
    old.exec(`INSERT INTO request (began_at, feature, requested_model, cost, estimate, reserved, status)
      VALUES (-1, 'chat', 'm', 9223372036854775807, -9223372036854775807, 9223372036854775807, 'done'),
             (0, 'chat', 'm', 0, 0, 0, 'no status at all')`);
    old.close();
    const { store, ledger, records, opening, archive } = open();
    assert.deepEqual(opening, { state: 'opened' });
    assert.equal(archive.list(9).length, 0, 'none of these chats has a first question');
    assert.equal(store.load('bad')?.unreadable, bad.length);
    assert.equal([...records.each({ since: -9 })].length, 3);
    assert.equal(records.page({ since: -9 }, { order: 'newest', offset: 0, limit: 9 }).length, 3);
    assert.deepEqual(
      [...records.each({ since: 0 })].map(({ cost, reserved, estimate }) => [cost, reserved, estimate]),
      [
        [undefined, 9_000_000, undefined],
        [1_234_000_000, 3_000_000, { least: 0, most: 5_000_000_000 }],
      ],
    );
    assert.equal(ledger.spentSince(0), 1_243_000_000);
    const exact = (cost: number) => ({ ...usage, cost });
    assert.deepEqual(
      store.load('c')?.messages.map((message) => message.role === 'assistant' && message.answer),
      [
        {
          requestedModel: 'm',
          generations: [
            { generationId: 'gen-0' },
            { generationId: 'gen-1', usage: exact(7_000_000) },
            { generationId: 'gen-2', usage: exact(1_234_000_000) },
          ],
          outcome: { state: 'done' },
        },
        { ...unknown, generations: [] },
      ],
    );
  });

  it('makes the folder that it is to lie in', () => {
    folder = join(folder, 'not', 'yet');
    assert.deepEqual(open().opening, { state: 'opened' });
    opened.pop()?.dispose();
    folder = join(folder, '..', '..');
  });

  describe('shared by several windows', () => {
    it('shows each at once what the other has written', () => {
      const [here, there] = [open(), open(2_000)];
      here.store.create({ id: 'c', title: '', createdAt: 1, messages: [] });
      there.store.addMessage('c', aQuestion('a'));
      assert.deepEqual(here.store.load('c')?.messages.map(textOf), ['a']);
      assert.equal(here.store.revision('c'), 1);
    });

    it('keeps a chat that one window purged while the other continued it', () => {
      const [here, there] = [open(), open(2_000)];
      const [question, answer, next] = [aQuestion('a'), anAnswer('b'), aQuestion('c')];
      let conversation = { id: 'c', title: 'a', createdAt: 1, messages: [question] as readonly Message[] };
      const failures: unknown[] = [];
      const kept = new ConversationPersistence(here.store, 'c', false, (error) => failures.push(error));
      kept.add(conversation, question.id);
      conversation = { ...conversation, messages: [question, answer] };
      kept.add(conversation, answer.id);
      there.archive.remove('c');
      there.archive.erase('c');
      assert.equal(kept.newer(conversation), undefined, 'what is on the screen stays there');
      conversation = { ...conversation, messages: [question, answer, next] };
      kept.add(conversation, next.id);
      assert.deepEqual(there.store.load('c')?.messages.map(textOf), ['a', 'b', 'c']);
      assert.deepEqual(failures, []);
    });

    it('loses and interleaves nothing when two processes write at once', async () => {
      open().store.create({ id: 'c', title: '', createdAt: 1, messages: [] });
      const codes = await Promise.all(['left', 'right'].map((name) => once(start(name), 'exit')));
      assert.deepEqual(codes.flat(), [0, null, 0, null]);
      const messages = open().store.load('c')?.messages ?? [];
      assert.equal(messages.length, 100);
      for (const name of ['left', 'right']) {
        assert.deepEqual(
          messages.map(textOf).filter((text) => text.startsWith(name)),
          Array.from({ length: 50 }, (_, index) => `${name} ${index} and more`),
        );
      }
    }).timeout(processTimeoutMs);

    it('is begun once, and set aside once, when they start together', async () => {
      const files = Array.from({ length: 8 }, (_, index) => join(folder, String(index), 'chats.sqlite'));
      for (const each of files.slice(2)) {
        mkdirSync(dirname(each));
        writeFileSync(each, 'garbage '.repeat(1_000));
      }
      const windows = 2;
      const workerData = { files, gates: new Int32Array(new SharedArrayBuffer(4 * files.length)), windows };
      const found: unknown[] = [];
      const together = Array.from({ length: windows }, async () => {
        const worker = new Worker(race, { workerData });
        worker.on('message', (state) => found.push(state));
        await once(worker, 'exit');
      });
      await Promise.all(together);
      const count = (state: string): number => found.filter((each) => each === state).length;
      assert.deepEqual([count('opened'), count('damaged')], [10, 6]);
    }).timeout(processTimeoutMs);
  });

  describe('after a window has died', () => {
    it('has every word that was written, and shows its answers as interrupted', async () => {
      open().store.create({ id: 'c', title: '', createdAt: 1, messages: [] });
      const child = start('gone', 1_000_000);
      const gone = once(child, 'exit');
      let written = 0;
      assert.ok(child.stdout);
      for await (const line of createInterface({ input: child.stdout })) {
        written = Number(line);
        if (written === 20) {
          child.kill('SIGKILL');
        }
      }
      await gone;
      const { opening, store } = open(Date.now());
      assert.deepEqual(opening, { state: 'opened' });
      const messages = store.load('c')?.messages ?? [];
      assert.ok(messages.length > written);
      assert.deepEqual(
        messages.slice(0, written + 1).map(textOf),
        Array.from({ length: written + 1 }, (_, index) => `gone ${index} and more`),
      );
      for (const message of messages) {
        assert.ok(message.role === 'assistant' && message.answer.outcome.state === 'interrupted');
      }
    }).timeout(processTimeoutMs);

    it('knows its own answers from those of a window that is gone, whatever the clock says', () => {
      const [earlier, now] = [open(Date.now() + 86_400_000), open(Date.now() - 86_400_000)];
      now.store.create({ id: 'c', title: '', createdAt: 1, messages: [] });
      earlier.store.addMessage('c', anAnswer('', { id: 'theirs', answer: pending }));
      now.store.addMessage('c', anAnswer('', { id: 'ours', answer: pending }));
      const states = (): unknown =>
        now.store.load('c')?.messages.map((each) => each.role === 'assistant' && each.answer.outcome.state);
      assert.deepEqual(states(), ['pending', 'pending']);
      opened.shift()?.dispose();
      assert.deepEqual(states(), ['interrupted', 'pending']);
    });

    it('marks only unfinished answers, and only after their writer is gone', () => {
      const { database } = openDatabase(file(), 1);
      const alive = new Set(['here', 'there']);
      const storeOf = (self: string) =>
        new SqliteConversationStore(database, { self, isAlive: (owner) => alive.has(owner) }, () => 1);
      const there = storeOf('there');
      there.create({ id: 'c', title: '', createdAt: 1, messages: [] });
      there.addMessage('c', anAnswer('half', { answer: pending }));
      there.addMessage('c', anAnswer('whole', { answer: pending }));
      there.saveAnswer(anAnswer('whole'));
      // What is known of an answer early is saved while it grows; it has its writer still.
      there.saveAnswer(
        anAnswer('half', { answer: { ...pending, generations: [{ generationId: 'gen-1' }] } }),
      );
      const states = (): readonly unknown[] =>
        storeOf('here')
          .load('c')
          ?.messages.map((each) => each.role === 'assistant' && each.answer.outcome.state) ?? [];
      assert.deepEqual(states(), ['pending', 'done']);
      alive.delete('there');
      assert.deepEqual(states(), ['interrupted', 'done']);
      database.close();
    });
  });

  describe('that is damaged', () => {
    const damages: readonly (readonly [string, (bytes: Buffer) => Buffer | string])[] = [
      ['garbage', () => 'this is no database, '.repeat(500)],
      ['a few bytes', () => 'oops'],
      ['a file that was cut in half', (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2) - 100)],
      ['a file that was cut at a page', (bytes) => bytes.subarray(0, 8_192)],
      ['flipped bytes in its middle', (bytes) => bytes.fill(0xa5, 20_000, 60_000)],
      ['a flipped header', (bytes) => bytes.fill(0, 0, 100)],
      ['a page of zeros', (bytes) => bytes.fill(0, 4_096, 8_192)],
    ];
    for (const [what, damage] of damages) {
      it(`sets ${what} aside byte for byte, and begins anew`, () => {
        fill();
        const damaged = Buffer.from(damage(readFileSync(file())));
        writeFileSync(file(), damaged);
        const store = open();
        assert.equal(store.opening.state, 'damaged');
        assert.deepEqual(readFileSync(store.opening.aside), damaged);
        assert.equal(store.store.load('c'), undefined);
        isUsable(store);
        assert.deepEqual(open().opening, { state: 'opened' }, 'the next window finds it sound');
      });
    }

    it('is distinguished from a file made by another program', () => {
      const foreign = new DatabaseSync(file());
      foreign.exec('CREATE TABLE conversation (something TEXT)');
      foreign.close();
      const store = open();
      assert.equal(store.opening.state, 'damaged');
      isUsable(store);
    });

    it('reads on where only the journal is garbage', () => {
      fill();
      writeFileSync(`${file()}-wal`, 'garbage '.repeat(1_000));
      const { opening, store } = open();
      assert.deepEqual(opening, { state: 'opened' });
      assert.equal(store.load('c')?.messages.length, 40);
    });

    it('never keeps a window from working, wherever the damage is', () => {
      fill();
      const sound = readFileSync(file());
      const place = fc.tuple(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 5_000 }), fc.nat(255));
      fc.assert(
        fc.property(place, fc.boolean(), ([at, length, byte], cut) => {
          rmSync(folder, { recursive: true });
          mkdirSync(folder);
          writeFileSync(file(), Buffer.from(sound).fill(byte, at, Math.min(at + length, sound.length)));
          if (cut) {
            truncateSync(file(), at);
          }
          const store = openStore(folder, () => 1_000);
          isUsable(store);
          store.dispose();
        }),
        { numRuns: 25 },
      );
    });
  });

  describe('of a newer version', () => {
    for (const mode of ['DELETE', 'WAL']) {
      it(`is left alone byte for byte, in journal mode ${mode}, and works in memory`, () => {
        fill();
        const newer = new DatabaseSync(file());
        newer.exec(`PRAGMA user_version = 99; PRAGMA journal_mode = ${mode};`);
        newer.close();
        const before = readFileSync(file());
        const store = open();
        assert.deepEqual(store.opening, { state: 'newer' });
        isUsable(store);
        assert.deepEqual(readFileSync(file()), before);
        assert.deepEqual(
          readdirSync(folder)
            .filter((name) => !name.startsWith('windows'))
            .sort(),
          ['chats.sqlite', 'chats.sqlite.lock'],
        );
        assert.equal(open().store.load('new'), undefined);
      });
    }
  });

  describe('where no file can be made', () => {
    it('works in memory, and says why', () => {
      writeFileSync(join(folder, 'a file'), '');
      const store = openStore(join(folder, 'a file', 'below'), () => 1);
      opened.push(store);
      assert.ok(store.opening.state === 'unavailable' && store.opening.reason.length > 0);
      isUsable(store);
    });

    it('leaves the file in its place untouched', () => {
      mkdirSync(file());
      const store = open();
      assert.equal(store.opening.state, 'unavailable');
      isUsable(store);
      assert.ok(existsSync(file()));
    });
  });
});
