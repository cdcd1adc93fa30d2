import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { ConversationArchive } from '../../../src/core/conversation/persistence/conversationArchive.ts';
import type { ConversationStore } from '../../../src/core/conversation/persistence/conversationStore.ts';
import { openDatabase, type OpenedDatabase } from '../../../src/host/store/database.ts';
import { SearchIndex } from '../../../src/host/store/searchIndex.ts';
import { SqliteConversationArchive } from '../../../src/host/store/sqliteConversationArchive.ts';
import { SqliteConversationStore } from '../../../src/host/store/sqliteConversationStore.ts';
import { aContextItem, anAnswer, aQuestion, clean } from '../../support/builders.ts';

const never = new AbortController().signal;

/** With SQLite's full-text search, and as it is in an editor whose SQLite has none. */
for (const indexed of [true, false]) {
  describe(`the archive of chats, ${indexed ? 'with' : 'without'} an index`, () => {
    let folder: string;
    let opened: OpenedDatabase;
    let store: ConversationStore;
    let archive: ConversationArchive;
    let time: number;

    const indexFile = (): string => join(folder, 'search.sqlite');
    const open = (): void => {
      opened = openDatabase(join(folder, 'chats.sqlite'), time);
      const { database } = opened;
      const now = (): number => time;
      store = new SqliteConversationStore(database, { self: 'here', isAlive: () => true }, now);
      const openIndex = (): SearchIndex | undefined =>
        indexed ? SearchIndex.open(database, indexFile()) : undefined;
      archive = new SqliteConversationArchive(database, openIndex, now);
    };

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
      time = 1_000;
      open();
    });

    afterEach(() => {
      opened.database.close();
      rmSync(folder, { recursive: true });
    });

    /** Keeps a chat of one question and one answer. */
    const keep = (id: string, question: string, answer: string): void => {
      time += 10;
      store.create({ id, title: question, createdAt: time, messages: [] });
      store.addMessage(id, aQuestion(question, { id: `${id}-q` }));
      store.addMessage(id, anAnswer(answer, { id: `${id}-a` }));
    };
    const found = async (words: string): Promise<readonly string[]> => {
      await archive.prepareSearch(never);
      return archive.search(words, 50).map(({ messageId }) => messageId);
    };
    const listed = (): readonly string[] => archive.list(50).map(({ id }) => id);

    it('lists no chat that a crash cut off before its first question', () => {
      store.create({ id: 'cut', title: 'Never asked', createdAt: 1, messages: [] });
      assert.deepEqual([listed(), archive.count()], [[], 0]);
    });

    it('lists pinned chats first, then the newest', () => {
      keep('one', 'First', 'x');
      keep('two', 'Second', 'x');
      keep('three', 'Third', 'x');
      assert.deepEqual(listed(), ['three', 'two', 'one']);
      archive.setPinned('one', true);
      assert.deepEqual(listed(), ['one', 'three', 'two']);
      assert.deepEqual(archive.list(1), [{ id: 'one', title: 'First', updatedAt: 1_010, pinned: true }]);
      archive.setPinned('one', false);
      assert.deepEqual([listed(), archive.count()], [['three', 'two', 'one'], 3]);
    });

    it('finds chats by all the words of their titles, however old, and takes every sign as a sign', () => {
      keep('one', 'x', 'x');
      archive.rename('one', 'Die Größe der Äpfel: 100 %');
      for (let other = 0; other < 400; other += 1) {
        keep(`other${other}`, `Number ${other}`, 'x');
      }
      for (const words of ['größe', 'ÄPFEL größe', '100 %', 'die gr', 'GRÖSSE'.replace('SS', 'ß')]) {
        assert.deepEqual(
          archive.titled(words, 9).map(({ id }) => id),
          ['one'],
          words,
        );
      }
      assert.deepEqual(archive.titled('größe birnen', 9), []);
      assert.deepEqual(archive.titled('1_0 \\', 9), []);
      assert.equal(archive.titled('number', 9).length, 9);
    });

    it('finds questions and answers by all their words, or by how these begin, the newest first', async () => {
      keep('one', 'How do I sort an array?', 'Copy it, and order the copy.');
      keep('two', 'Sort them again, please', 'Certainly: arrays can be sorted in place.');
      assert.deepEqual(await found('sort'), ['two-a', 'two-q', 'one-q']);
      assert.deepEqual(await found('SORT arr'), ['two-a', 'one-q']);
      assert.deepEqual(await found('sort nothing'), []);
    });

    it('shows the words around what it found', async () => {
      keep('one', 'Q', `${'Before it. '.repeat(40)}Here is the\nneedle in it. ${'After it. '.repeat(40)}`);
      await archive.prepareSearch(never);
      const [hit] = archive.search('needle', 1);
      assert.match(hit?.excerpt ?? '', /^….*Here is the needle in it\..*…$/);
      assert.deepEqual([hit?.role, hit?.chat.id], ['assistant', 'one']);
    });

    it('treats every character literally, not as an operator', async () => {
      keep('one', 'What is "a AND b" (NOT c*)?', "100 % of O'Neill_s cases; naïve Größe, 東京");
      for (const words of ['"a AND b"', "O'Neill", '100 %', '(NOT', 'Größe', '東京', 'c*', 'a:b-']) {
        assert.ok((await found(words)).length > 0, words);
      }
      for (const words of ['', '  ', '*', '"', '%', '\\']) {
        assert.deepEqual(await found(words), [], JSON.stringify(words));
      }
    });

    it('sees chats that were added, renamed, or finished meanwhile', async () => {
      keep('one', 'Alpha', 'Beta');
      assert.deepEqual(await found('gamma'), []);
      const answer = anAnswer('', { id: 'late' });
      store.addMessage('one', answer);
      store.appendPart('late', 0, 'text', 'Gamma');
      store.saveAnswer(answer);
      assert.deepEqual(await found('gamma'), ['late']);
      archive.rename('one', 'Another name');
      assert.equal(archive.list(1)[0]?.title, 'Another name');
      assert.deepEqual(await found('alpha'), ['one-q']);
    });

    it('finds no question any more that was withdrawn, and keeps none of its words', async () => {
      keep('one', 'First', 'Answered');
      store.addMessage('one', aQuestion('Take back the quokka', { id: 'waits', parentId: 'one-a' }));
      assert.deepEqual(await found('quokka'), ['waits']);
      store.withdraw('one', 'waits');
      assert.deepEqual(await found('quokka'), []);
      if (indexed) {
        const kept = opened.database
          .prepare("SELECT rowid FROM search.message WHERE text MATCH 'quokka'")
          .all();
        assert.deepEqual(kept, []);
      }
    });

    it('searches messages, but not attachments or reasoning', async () => {
      keep('one', 'Alpha', 'Beta');
      const item = aContextItem({ text: 'Secret plans' });
      store.addMessage('one', { ...aQuestion('More'), parts: [{ type: 'context', item }] });
      store.addMessage('one', {
        ...anAnswer('x'),
        parts: [{ type: 'reasoning', text: clean('Secret thoughts') }],
      });
      assert.deepEqual(await found('secret'), []);
    });

    it('takes a chat away, and brings it back', async () => {
      keep('one', 'Alpha', 'Beta');
      archive.remove('one');
      assert.deepEqual([listed(), await found('alpha'), archive.count()], [[], [], 0]);
      archive.restore('one');
      assert.deepEqual([listed(), await found('alpha')], [['one'], ['one-q']]);
    });

    it('restores a deleted chat that is continued after all', () => {
      keep('one', 'Alpha', 'Beta');
      archive.remove('one');
      store.addMessage('one', aQuestion('And?'));
      assert.deepEqual(listed(), ['one']);
    });

    it('purges only chats that were deleted long ago', async () => {
      keep('one', 'Alpha', 'Beta');
      keep('two', 'Alpha', 'Beta');
      keep('three', 'Alpha', 'Beta');
      await found('alpha');
      archive.remove('one');
      time += 600;
      archive.remove('two');
      archive.purge(600);
      assert.equal(store.load('one'), undefined);
      assert.equal(store.load('two')?.messages.length, 2);
      const left = opened.database.prepare('SELECT count(*) AS count FROM part').get();
      assert.equal(left?.['count'], 4);
      if (indexed) {
        const texts = opened.database.prepare('SELECT count(*) AS count FROM search.message').get();
        assert.equal(texts?.['count'], 4, 'the index keeps no word of it');
      }
    });

    if (indexed) {
      it('makes a damaged index anew', async () => {
        keep('one', 'Alpha', 'Beta');
        await found('alpha');
        opened.database.close();
        writeFileSync(indexFile(), 'no index at all, '.repeat(1_000));
        open();
        assert.deepEqual(await found('alpha'), ['one-q']);
        assert.ok(existsSync(indexFile()));
      });
    }
  });
}
