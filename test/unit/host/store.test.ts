import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { textOf, type AssistantMessage } from '../../../src/core/conversation/message.ts';
import { openDatabase } from '../../../src/host/store/database.ts';
import { openStore, type OpenedStore } from '../../../src/host/store/openStore.ts';
import { SqliteConversationStore } from '../../../src/host/store/sqliteConversationStore.ts';
import { aContextItem, anAnswer, aQuestion } from '../../support/builders.ts';

const pending: AssistantMessage['answer'] = { requestedModel: 'm', outcome: { state: 'pending' } };

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
  const open = (): OpenedStore => {
    const store = openStore(folder, () => 1_000);
    opened.push(store);
    return store;
  };
  const fill = (): void => {
    const first = openStore(folder, () => 1_000);
    first.store.create({ id: 'c', title: 'Title', createdAt: 1, messages: [] });
    for (let index = 0; index < 200; index++) {
      first.store.addMessage('c', aQuestion(`question ${index} ${'x'.repeat(500)}`));
    }
    first.dispose();
  };

  it('gives back what was saved, whatever the words', () => {
    const { store } = open();
    let id = 0;
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, reasoning) => {
        id += 1;
        const words = text.toWellFormed();
        const question = aQuestion(words, {
          id: `q${id}`,
          parts: [
            { type: 'context', item: aContextItem({ text: words }) },
            { type: 'text', text: words },
          ],
        });
        const answer = anAnswer('', {
          id: `a${id}`,
          parentId: question.id,
          parts: [
            { type: 'reasoning', text: reasoning },
            { type: 'text', text: words },
          ],
          answer: {
            requestedModel: 'm',
            outcome: { state: 'failed', failure: { kind: 'provider', status: 502, detail: reasoning } },
            usage: { promptTokens: 1, completionTokens: 2, cost: 3 },
            timing: { firstTokenMs: 5, endMs: 9 },
            reasoningDetails: [{ type: 'reasoning.text', text: reasoning }],
          },
        });
        store.create({ id: `c${id}`, title: words, createdAt: id, messages: [] });
        store.addMessage(`c${id}`, question);
        store.addMessage(`c${id}`, answer);
        assert.deepEqual(store.load(`c${id}`), {
          id: `c${id}`,
          title: words,
          createdAt: id,
          messages: [question, answer],
        });
      }),
      { numRuns: 50 },
    );
  });

  it('grows a part piece by piece', () => {
    const { store } = open();
    store.create({ id: 'c', title: '', createdAt: 1, messages: [] });
    store.addMessage('c', anAnswer('', { id: 'a', answer: pending }));
    store.appendPart('a', 0, 'reasoning', 'hm');
    store.appendPart('a', 1, 'text', 'one ');
    store.appendPart('a', 1, 'text', 'two');
    assert.deepEqual(store.load('c')?.messages[0]?.parts, [
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'one two' },
    ]);
  });

  it('shows an answer as interrupted once its writer is gone, and not before', () => {
    const { database } = openDatabase(file(), 1);
    const alive = new Set(['here', 'there']);
    const storeOf = (self: string) =>
      new SqliteConversationStore(database, { self, isAlive: (owner) => alive.has(owner) }, () => 1);
    storeOf('there').create({ id: 'c', title: '', createdAt: 1, messages: [] });
    storeOf('there').addMessage('c', anAnswer('half', { answer: pending }));
    const state = (): string => {
      const message = storeOf('here').load('c')?.messages[0];
      return message?.role === 'assistant' ? message.answer.outcome.state : '';
    };
    assert.equal(state(), 'pending');
    alive.delete('there');
    assert.equal(state(), 'interrupted');
    database.close();
  });

  it('loses and interleaves nothing when two processes write at once', async () => {
    const { store } = open();
    store.create({ id: 'c', title: '', createdAt: 1, messages: [] });
    const writer = join(import.meta.dirname, '..', '..', 'support', 'storeWriter.ts');
    const children = ['left', 'right'].map((name) =>
      spawn(process.execPath, [writer, folder, name], { stdio: 'inherit' }),
    );
    const codes = await Promise.all(children.map((child) => once(child, 'exit')));
    assert.deepEqual(codes.flat(), [0, null, 0, null]);
    const texts = store.load('c')?.messages.map(textOf) ?? [];
    for (const name of ['left', 'right']) {
      const own = texts.filter((text) => text.startsWith(name));
      assert.deepEqual(
        own,
        Array.from({ length: 50 }, (_, index) => `${name} ${index} and more`),
      );
    }
  });

  const damages: readonly (readonly [string, (bytes: Buffer) => Buffer | string])[] = [
    ['garbage', () => 'this is no database, '.repeat(500)],
    ['a file that was cut', (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2) - 100)],
    ['flipped bytes in its middle', (bytes) => bytes.fill(0xa5, 20_000, 60_000)],
    ['a flipped header', (bytes) => bytes.fill(0, 0, 100)],
  ];
  for (const [what, damage] of damages) {
    it(`sets ${what} aside byte for byte, and begins anew`, () => {
      fill();
      const damaged = Buffer.from(damage(readFileSync(file())));
      writeFileSync(file(), damaged);
      const { opening, store } = open();
      assert.equal(opening.state, 'damaged');
      assert.deepEqual(readFileSync(opening.aside), damaged);
      assert.equal(store.load('c'), undefined);
      store.create({ id: 'new', title: 'works', createdAt: 1, messages: [] });
      assert.equal(store.load('new')?.title, 'works');
    });
  }

  it('leaves the file of a newer version alone, and works in memory', () => {
    fill();
    const newer = new DatabaseSync(file());
    newer.exec('PRAGMA user_version = 99; PRAGMA journal_mode = DELETE;');
    newer.close();
    const before = readFileSync(file());
    const { opening, store } = open();
    assert.deepEqual(opening, { state: 'newer' });
    store.create({ id: 'n', title: 'not kept', createdAt: 1, messages: [] });
    assert.equal(store.load('n')?.title, 'not kept');
    assert.deepEqual(readFileSync(file()), before);
    assert.deepEqual(readdirSync(folder), ['chats.sqlite']);
  });

  it('works in memory, and says why, where no file can be made', () => {
    writeFileSync(join(folder, 'a file'), '');
    const { opening, store, dispose } = openStore(join(folder, 'a file', 'below'), () => 1);
    assert.equal(opening.state, 'unavailable');
    store.create({ id: 'n', title: 't', createdAt: 1, messages: [] });
    dispose();
  });
});
