import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { AnswerWriter } from '../../../src/core/conversation/persistence/answerWriter.ts';
import type { ConversationStore } from '../../../src/core/conversation/persistence/conversationStore.ts';
import { toolResultStates, type AnswerPart } from '../../../src/core/conversation/part.ts';
import { MemoryStore } from '../../../src/core/conversation/persistence/memoryStore.ts';
import { textOf, type AssistantMessage, type Outcome } from '../../../src/core/conversation/message.ts';
import { openDatabase } from '../../../src/host/store/database.ts';
import { SqliteConversationStore } from '../../../src/host/store/sqliteConversationStore.ts';
import { aContextItem, anAnswer, answerFacts, aQuestion, clean } from '../../support/builders.ts';

const pending = answerFacts({ requestedModel: 'm', outcome: { state: 'pending' } });
const empty = { id: 'c', title: '', createdAt: 1, messages: [] };

interface OpenStore {
  readonly store: ConversationStore;
  close(): void;
}

function sqliteStore(): OpenStore {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
  const { database, opening } = openDatabase(join(folder, 'chats.sqlite'), 1);
  assert.deepEqual(opening, { state: 'opened' });
  const owners = { self: 'here', isAlive: () => true };
  const store = new SqliteConversationStore(database, owners, () => 1);
  return {
    store,
    close: () => {
      database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The store on disk and the one in memory keep to the same contract. */
const stores: readonly (readonly [string, () => OpenStore])[] = [
  ['on disk', sqliteStore],
  ['in memory', () => ({ store: new MemoryStore(), close: () => undefined })],
];

const outcomes = fc.oneof<fc.Arbitrary<Outcome>[]>(
  fc.record({ state: fc.constantFrom('pending', 'done', 'stopped', 'interrupted', 'cut') }),
  fc.record({
    state: fc.constant('failed'),
    failure: fc.record(
      {
        kind: fc.constantFrom('provider', 'network', 'rateLimit'),
        status: fc.nat(599),
        detail: fc.string({ unit: 'binary', minLength: 1 }),
        retryAfter: fc.nat(),
      },
      { requiredKeys: ['kind'] },
    ),
  }),
);

const generations = fc.record(
  {
    model: fc.string(),
    provider: fc.string(),
    generationId: fc.string(),
    usage: fc.record(
      { promptTokens: fc.nat(), completionTokens: fc.nat(), cost: fc.nat() },
      { requiredKeys: ['promptTokens', 'completionTokens'] },
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const answers = fc.record(
  {
    requestedModel: fc.string(),
    generations: fc.array(generations),
    outcome: outcomes,
    timing: fc.record({ firstTokenMs: fc.nat(), endMs: fc.nat() }, { requiredKeys: ['endMs'] }),
  },
  { requiredKeys: ['requestedModel', 'generations', 'outcome'], noNullPrototype: true },
);

const words = fc.string({ unit: 'binary' }).map((text) => clean(text));

/** Parts of every kind that an answer can have, in any order. */
const answerParts = fc.array(
  fc.oneof<fc.Arbitrary<AnswerPart>[]>(
    fc.record({ type: fc.constant('text'), text: words }),
    fc.record(
      {
        type: fc.constant('reasoning'),
        text: words,
        durationMs: fc.nat(),
        details: fc.array(fc.dictionary(fc.string(), fc.string())),
      },
      { requiredKeys: ['type', 'text'] },
    ),
    fc.record({ type: fc.constant('generatedImage'), url: words }),
    fc.record({
      type: fc.constant('parsedFiles'),
      files: fc.array(fc.record({ type: fc.constant('file'), name: words })),
    }),
    fc.record({
      type: fc.constant('sources'),
      sources: fc.array(fc.record({ url: words, title: words })),
    }),
    fc.record({ type: fc.constant('toolCall'), id: words, name: words, arguments: words }),
    fc.record({
      type: fc.constant('toolResult'),
      callId: words,
      state: fc.constantFrom(...toolResultStates),
      text: words,
    }),
  ),
);

for (const [where, open] of stores) {
  describe(`a conversation store ${where}`, () => {
    let opened: OpenStore;
    let store: ConversationStore;

    beforeEach(() => {
      opened = open();
      ({ store } = opened);
    });

    afterEach(() => {
      opened.close();
    });

    it('knows nothing that was not saved', () => {
      assert.equal(store.load('c'), undefined);
      assert.equal(store.revision('c'), 0);
    });

    it('keeps the model of a conversation, and that it has none any more', () => {
      store.create({ ...empty, model: 'author/own' });
      assert.equal(store.load('c')?.model, 'author/own');
      const before = store.revision('c');
      store.setModel('c', 'author/other');
      assert.equal(store.load('c')?.model, 'author/other');
      assert.equal(store.revision('c'), before + 1, 'and other windows notice');
      store.setModel('c', undefined);
      assert.deepEqual(store.load('c'), empty);
    });

    it('gives back pictures, documents and sounds', () => {
      const parts = [
        { type: 'image', name: 'a.png', url: 'data:image/png;base64,AA==' },
        { type: 'file', name: 'b.pdf', url: 'https://example.com/b.pdf' },
        { type: 'audio', name: 'c.wav', format: 'wav', data: 'CC==' },
        { type: 'text', text: 'What are these?' },
      ] as const;
      store.create(empty);
      store.addMessage('c', aQuestion('', { parts: clean(parts) }));
      assert.deepEqual(store.load('c')?.messages[0]?.parts, parts);
    });

    it('returns what was saved, whatever the text', () => {
      let id = 0;
      fc.assert(
        fc.property(words, answerParts, answers, fc.boolean(), (text, parts, answer, whole) => {
          id += 1;
          const { lines, ...file } = aContextItem({ text, path: text });
          const question = aQuestion('', {
            id: `q${id}`,
            parts: [
              { type: 'context', item: whole ? file : { ...file, ...(lines && { lines }) } },
              { type: 'text', text: clean(text) },
            ],
          });
          const message = anAnswer('', {
            id: `a${id}`,
            parentId: question.id,
            parts: JSON.parse(JSON.stringify(parts)) as readonly AnswerPart[],
            answer: JSON.parse(JSON.stringify(answer)) as AssistantMessage['answer'],
          });
          const conversation = { id: `c${id}`, title: text, createdAt: id, messages: [question, message] };
          store.create({ ...conversation, messages: [] });
          store.addMessage(conversation.id, question);
          store.addMessage(conversation.id, message);
          assert.deepEqual(store.load(conversation.id), conversation);
        }),
        { numRuns: 60 },
      );
    });

    it('creates a conversation without its messages, which are added one by one', () => {
      store.create({ ...empty, messages: [aQuestion('a')] });
      assert.deepEqual(store.load('c'), empty);
    });

    it('keeps a conversation from elsewhere as a whole, or nothing of it', () => {
      const messages = [aQuestion('a', { id: 'q' }), anAnswer('b', { id: 'a', parentId: 'q' })];
      store.add({ ...empty, messages });
      assert.deepEqual(store.load('c'), { ...empty, messages });
      assert.equal(store.revision('c'), 2);
      assert.throws(() => {
        store.add({ ...empty, id: 'd', messages: [aQuestion('x', { id: 'x' }), ...messages] });
      });
      assert.equal(store.load('d'), undefined);
    });

    it('takes a question away, and joins what followed it to what it followed', () => {
      store.create(empty);
      store.addMessage('c', aQuestion('a', { id: 'a' }));
      store.addMessage('c', aQuestion('b', { id: 'b', parentId: 'a' }));
      store.addMessage('c', aQuestion('d', { id: 'd', parentId: 'b' }));
      store.withdraw('c', 'b');
      assert.deepEqual(store.load('c')?.messages, [
        aQuestion('a', { id: 'a' }),
        aQuestion('d', { id: 'd', parentId: 'a' }),
      ]);
      assert.equal(store.revision('c'), 4);
      store.withdraw('c', 'unknown');
      assert.equal(store.load('c')?.messages.length, 2);
      assert.equal(store.revision('c'), 4);
    });

    it('grows a part piece by piece, to the same text however it is cut', () => {
      let id = '';
      fc.assert(
        fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (pieces) => {
          id += 'x';
          store.create({ ...empty, id });
          store.addMessage(id, anAnswer('', { id, answer: pending }));
          store.appendPart(id, 0, 'reasoning', 'hm');
          for (const piece of pieces) {
            store.appendPart(id, 1, 'text', piece);
          }
          assert.deepEqual(store.load(id)?.messages[0]?.parts, [
            { type: 'reasoning', text: 'hm' },
            { type: 'text', text: pieces.join('') },
          ]);
        }),
        { numRuns: 50 },
      );
    });

    it('replaces a part, or appends it', () => {
      store.create(empty);
      store.addMessage('c', anAnswer('', { id: 'a', answer: pending }));
      store.appendPart('a', 0, 'reasoning', 'h');
      store.putPart('a', 0, clean({ type: 'reasoning', text: 'hm', durationMs: 7 }));
      store.putPart('a', 1, clean({ type: 'toolCall', id: 'call', name: 'read', arguments: '{}' }));
      store.appendPart('a', 0, 'reasoning', '!');
      assert.deepEqual(store.load('c')?.messages[0]?.parts, [
        { type: 'reasoning', text: 'hm!', durationMs: 7 },
        { type: 'toolCall', id: 'call', name: 'read', arguments: '{}' },
      ]);
      assert.throws(() => {
        store.putPart('unknown', 0, clean({ type: 'text', text: 'x' }));
      });
    });

    it('takes from a writer what it is given', () => {
      store.create(empty);
      store.addMessage('c', anAnswer('', { id: 'a', answer: pending }));
      const writer = new AnswerWriter(store, 'a', assert.ifError);
      for (const text of ['one ', 'two ', 'x'.repeat(3_000), ' end']) {
        writer.append(0, 'text', text);
      }
      writer.flush();
      const [message] = store.load('c')?.messages ?? [];
      assert.equal(message && textOf(message), `one two ${'x'.repeat(3_000)} end`);
    });

    it('saves the rest of an answer beside its parts', () => {
      store.create(empty);
      const message = anAnswer('', { id: 'a', answer: pending });
      store.addMessage('c', message);
      store.appendPart('a', 0, 'text', 'Yes');
      const answer = answerFacts({ requestedModel: 'm', generations: [{ model: 'm2' }] });
      store.saveAnswer({ ...message, answer });
      assert.deepEqual(store.load('c')?.messages, [
        { ...message, parts: [{ type: 'text', text: 'Yes' }], answer },
      ]);
      store.saveAnswer(anAnswer('', { id: 'unknown' }));
      assert.equal(store.load('c')?.messages.length, 1);
    });

    it('increases the revision by one with every write', () => {
      store.create(empty);
      const message = anAnswer('', { id: 'a', answer: pending });
      const steps: readonly (readonly [() => void, number])[] = [
        [() => undefined, 0],
        [() => store.addMessage('c', message), 1],
        [() => store.appendPart('a', 0, 'text', 'x'), 1],
        [() => store.saveAnswer(message), 2],
        [() => store.saveAnswer(anAnswer('', { id: 'unknown' })), 2],
      ];
      for (const [write, revision] of steps) {
        write();
        assert.equal(store.revision('c'), revision);
      }
    });

    it('refuses what belongs nowhere, and a message twice, and keeps the rest', () => {
      store.create(empty);
      store.addMessage('c', aQuestion('a'));
      assert.throws(() => {
        store.addMessage('unknown', aQuestion('b'));
      });
      assert.throws(() => {
        store.addMessage('c', aQuestion('a'));
      });
      assert.throws(() => {
        store.appendPart('unknown', 0, 'text', 'x');
      });
      assert.deepEqual(store.load('c')?.messages, [aQuestion('a')]);
      assert.equal(store.revision('c'), 1);
    });
  });
}
