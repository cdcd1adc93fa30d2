import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { chosenOrNewest, visiblePath } from '../../../src/core/conversation/branches.ts';
import type { Conversation } from '../../../src/core/conversation/conversation.ts';
import { conversationUsage, totalUsage } from '../../../src/core/conversation/generations.ts';
import { textOf, type AssistantMessage } from '../../../src/core/conversation/message.ts';
import { openStore, type OpenedStore } from '../../../src/host/store/openStore.ts';
import { aContextItem } from '../../support/builders.ts';

/** Written by the version before answers were lists of parts: chats of every kind, and two requests in the ledger. */
const fixture = fileURLToPath(new URL('../../fixtures/chatsOfSchema5.sqlite', import.meta.url));

const picture = 'data:image/png;base64,iVBORw0KGgo=';

describe('chats of the version before', () => {
  let folder: string;
  let opened: OpenedStore | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
    copyFileSync(fixture, join(folder, 'chats.sqlite'));
  });

  afterEach(() => {
    opened?.dispose();
    opened = undefined;
    rmSync(folder, { recursive: true });
  });

  const open = (): OpenedStore => {
    opened = openStore(folder, () => 1_790_000_100_000);
    assert.deepEqual(opened.opening, { state: 'opened' });
    return opened;
  };
  const load = (id: string): Conversation => {
    const chat = (opened ?? open()).store.load(id);
    assert.ok(chat, id);
    return chat;
  };
  const answerIn = (id: string, at = -1): AssistantMessage => {
    const answer = load(id)
      .messages.filter((message) => message.role === 'assistant')
      .at(at);
    assert.ok(answer);
    return answer;
  };
  /** Spoils the file as a disk does, before it is opened. */
  const spoil = (sql: string): void => {
    const database = new DatabaseSync(join(folder, 'chats.sqlite'));
    database.exec(sql);
    database.close();
  };

  it('are all there, with their titles, models and pins', () => {
    const { archive } = open();
    const chats = archive.list(99);
    assert.deepEqual(
      chats.map(({ title }) => title).toSorted(),
      [
        'Draw',
        'Everything at once',
        'Fail first',
        'Go on and on',
        'Lose me',
        'Stop me',
        'Which way?',
      ].toSorted(),
    );
    assert.equal(chats[0]?.title, 'Everything at once', 'it is pinned');
    assert.equal(load('rich-1').model, 'author/own');
  });

  it('keep what went with a question', () => {
    const { lines: _lines, ...whole } = aContextItem({
      id: 'item-2',
      label: 'all.ts',
      path: 'src/all.ts',
      text: 'let all = 1;\n',
    });
    assert.deepEqual(load('rich-1').messages[0]?.parts, [
      { type: 'context', item: aContextItem({ id: 'item-1' }) },
      { type: 'context', item: whole },
      { type: 'image', name: 'shot.png', url: picture },
      { type: 'file', name: 'paper.pdf', url: 'data:application/pdf;base64,JVBERg==' },
      { type: 'audio', name: 'note.mp3', format: 'mp3', data: 'SUQz' },
      { type: 'text', text: 'What is a cart?' },
    ]);
  });

  it('split an answer into parts: reasoning, text, images, sources, and usage', () => {
    const { parts, answer } = answerIn('rich-1');
    const [reasoning, ...others] = parts;
    assert.ok(reasoning?.type === 'reasoning');
    const { durationMs, ...thought } = reasoning;
    assert.ok(durationMs !== undefined && durationMs > 0);
    assert.deepEqual(thought, {
      type: 'reasoning',
      text: 'Let me see.',
      details: [{ type: 'reasoning.text', text: 'Let me see.', signature: 'signed', index: 0 }],
    });
    assert.deepEqual(others, [
      { type: 'text', text: 'A cart holds *things*.' },
      { type: 'generatedImage', url: picture },
      {
        type: 'sources',
        sources: [
          { url: 'https://example.com/a', title: 'Page A' },
          { url: 'https://example.com/b', title: 'Page B' },
        ],
      },
    ]);
    const { timing, ...facts } = answer;
    assert.deepEqual(Object.keys(timing ?? {}).toSorted(), ['endMs', 'firstTokenMs']);
    assert.deepEqual(facts, {
      requestedModel: 'author/model',
      generations: [
        {
          generationId: 'gen-rich',
          model: 'author/model-2026',
          provider: 'Someone',
          attempts: [{ model: 'author/other', provider: 'Nobody', status: 503 }],
          usage: {
            promptTokens: 10,
            completionTokens: 5,
            cachedTokens: 3,
            reasoningTokens: 2,
            cost: 2_000_000_000,
            ownKeyCost: 500_000_000,
          },
        },
      ],
      outcome: { state: 'done' },
    });
  });

  it('keep all versions of questions and answers, and what each cost', () => {
    const { messages } = load('versions-1');
    const shown = (chosen: ReadonlyMap<string, string> = new Map()): readonly string[] =>
      visiblePath(messages, chosenOrNewest(chosen)).map(({ message }) => textOf(message));
    assert.deepEqual(shown(), ['Which other way?', 'The other way.']);
    assert.deepEqual(shown(new Map([['', 'versions-2']])), [
      'Which way?',
      'The second answer.',
      'And then?',
      'Onwards.',
    ]);
    assert.equal(conversationUsage(messages)?.cost, 4 * 1_234_000_000);
  });

  it('keep how an answer ended that did not end well', () => {
    const outcomes = load('ends-1').messages.flatMap((message) =>
      message.role === 'assistant' ? [message.answer.outcome] : [],
    );
    assert.deepEqual(outcomes, [
      { state: 'failed', failure: { kind: 'rateLimit', status: 429, detail: 'Slow down', retryAfter: 7 } },
      { state: 'failed', failure: { kind: 'truncated' } },
      { state: 'failed', failure: { kind: 'contentFilter' } },
    ]);
    assert.deepEqual(answerIn('ends-1', 0).parts, []);
    const stopped = answerIn('stopped-1');
    assert.deepEqual([textOf(stopped), stopped.answer.outcome], ['Stopped here', { state: 'stopped' }]);
    assert.equal(totalUsage(stopped.answer)?.estimated, true);
    const lost = answerIn('lost-1');
    assert.deepEqual(
      [textOf(lost), lost.answer.outcome],
      ['These words had arrived', { state: 'interrupted' }],
    );
  });

  it('read an answer that went on as the one text that it was, with all its generations', () => {
    const { parts, answer } = answerIn('continued-1');
    assert.deepEqual(
      parts.map(({ type }) => type),
      ['reasoning', 'text'],
    );
    assert.deepEqual(parts[1], { type: 'text', text: '```ts\nconst halfDone = 1;\n```\nAndso on.' });
    assert.equal(parts[0]?.type === 'reasoning' && parts[0].text, 'One thought. Another.');
    assert.deepEqual(
      answer.generations.map(({ generationId, usage }) => [generationId, usage?.cost]),
      [
        ['gen-c1', 1_000_000_000],
        ['gen-c2', 2_000_000_000],
        ['gen-c3', 3_000_000_000],
      ],
    );
  });

  it('keep answers without words', () => {
    assert.deepEqual(
      answerIn('wordless-1', 0).parts,
      [picture, picture].map((url) => ({ type: 'generatedImage', url })),
    );
    const [thought] = answerIn('wordless-1', 1).parts;
    assert.equal(thought?.type === 'reasoning' && thought.text, 'Nothing to say');
  });

  it('are found by their words', async () => {
    const { archive } = open();
    await archive.prepareSearch(new AbortController().signal);
    assert.deepEqual(
      archive.search('holds things', 9).map(({ messageId }) => messageId),
      ['rich-3'],
    );
    assert.equal(archive.search('halfDone', 9).length, 1);
  });

  it('keep the ledger', () => {
    const { ledger, records } = open();
    assert.equal(ledger.spentSince(0), 2_007_000_000);
    assert.deepEqual(
      [...records.each({ since: 0 })].map(({ status, feature, cost }) => [feature, status, cost]),
      [
        ['switchboard.explainSelection', 'failed', undefined],
        ['chat', 'done', 2_000_000_000],
      ],
    );
  });

  it('are migrated to parts once: opened again, they are unchanged', () => {
    const ids = ['rich-1', 'versions-1', 'ends-1', 'stopped-1', 'continued-1', 'wordless-1', 'lost-1'];
    const first = ids.map(load);
    opened?.dispose();
    open();
    assert.deepEqual(ids.map(load), first);
  });

  describe('with rows that cannot be read', () => {
    it('are read without them, and say how much is missing', () => {
      spoil(`
        UPDATE message SET answer = '{"requestedModel":' WHERE id = 'rich-3';
        UPDATE message SET answer = '{"requestedModel":7}' WHERE id = 'versions-6';
        UPDATE part SET data = 'x' WHERE message_id = 'rich-2' AND type = 'image';
        UPDATE part SET type = 'hologram' WHERE message_id = 'ends-2';
      `);
      open();
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.includes('damaged')),
        [],
      );
      assert.deepEqual([load('rich-1').unreadable, load('rich-1').messages.length], [2, 1]);
      assert.equal(load('rich-1').messages[0]?.parts.length, 5);
      assert.equal(load('versions-1').unreadable, 1);
      assert.equal(load('ends-1').unreadable, 1);
      assert.equal(textOf(answerIn('ends-1')), 'Hm');
      assert.equal(load('stopped-1').unreadable, undefined);
    });

    it('are read where a number is one that nothing can hold', () => {
      spoil(`
        UPDATE message SET created_at = 9223372036854775807 WHERE id = 'rich-2';
        UPDATE conversation SET created_at = -9223372036854775807, updated_at = 9223372036854775807
          WHERE id = 'rich-1';
        UPDATE conversation SET pinned = 9223372036854775807 WHERE id = 'ends-1';
      `);
      const { archive } = open();
      assert.equal(archive.list(99).length, 7);
      assert.equal(load('rich-1').messages.length, 2);
      assert.equal(load('rich-1').unreadable, undefined);
      assert.equal(archive.titled('Everything', 9).length, 1);
    });

    it('show a message that follows itself, or what came later, and say so', () => {
      const { length } = load('versions-1').messages;
      opened?.dispose();
      opened = undefined;
      spoil(`
        UPDATE message SET parent_id = id WHERE id = 'versions-1';
        UPDATE message SET parent_id = 'versions-6' WHERE id = 'versions-2';
      `);
      const { messages, unreadable } = load('versions-1');
      assert.equal(messages.length, length);
      assert.ok((unreadable ?? 0) > 0);
      assert.ok(visiblePath(messages, chosenOrNewest(new Map())).length > 0);
      const places = new Map(messages.map(({ id }, at) => [id, at]));
      messages.forEach(({ parentId }, at) => {
        assert.ok(parentId === undefined || (places.get(parentId) ?? at) < at);
      });
    });

    it('join what followed a lost answer to its question', () => {
      spoil("UPDATE message SET answer = 'null' WHERE id = 'versions-4'");
      const { messages } = load('versions-1');
      assert.equal(messages.find(({ id }) => id === 'versions-5')?.parentId, 'versions-2');
      const chosen = new Map([['', 'versions-2']]);
      assert.deepEqual(
        visiblePath(messages, chosenOrNewest(chosen)).map(({ message }) => textOf(message)),
        ['Which way?', 'The first answer.', 'And then?', 'Onwards.'],
      );
    });
  });
});
