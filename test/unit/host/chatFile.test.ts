import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { chatToMarkdown } from '../../../src/core/conversation/chatMarkdown.ts';
import type { Conversation } from '../../../src/core/conversation/conversation.ts';
import { totalUsage } from '../../../src/core/conversation/generations.ts';
import { chatFromJson, chatToJson, type ImportGuard } from '../../../src/host/store/chatFile.ts';
import { aContextItem, anAnswer, answerFacts, aQuestion, clean } from '../../support/builders.ts';

/** A file as the version before wrote it. */
const fixture = new URL('../../fixtures/chatOfVersion2.json', import.meta.url);

const chat: Conversation = {
  id: 'c',
  title: 'Why?',
  createdAt: Date.UTC(2026, 0, 2),
  messages: [
    {
      ...aQuestion('Why?', { id: 'q' }),
      parts: [
        { type: 'context', item: aContextItem({ label: 'cart.ts:3-4', text: 'a\n```\nb' }) },
        { type: 'text', text: clean('Why?') },
      ],
    },
    anAnswer('Because.', {
      id: 'a',
      parentId: 'q',
      parts: [
        {
          type: 'reasoning',
          text: clean('Well,\nlet me see'),
          durationMs: 900,
          details: [{ type: 'reasoning.text', text: 'Well' }],
        },
        { type: 'text', text: clean('Because.') },
      ],
      answer: {
        requestedModel: 'openrouter/auto',
        generations: [
          {
            model: 'author/model',
            provider: 'Host',
            usage: { promptTokens: 12, completionTokens: 3, cost: 1_234_000_000 },
          },
        ],
        outcome: { state: 'cut' },
      },
    }),
  ],
};

const guard: ImportGuard = {
  cleanText: (text) => Promise.resolve(clean(text)),
  cleanItem: (item) => Promise.resolve(aContextItem(item)),
};

function ids(): () => string {
  let next = 0;
  return () => `new${(next += 1)}`;
}

describe('a chat as a file', () => {
  it('round-trips through JSON under new ids', async () => {
    const back = await chatFromJson(chatToJson(chat), ids(), guard);
    const [question, answer] = back?.messages ?? [];
    assert.deepEqual(
      [question?.id, answer?.parentId, answer?.id, back?.id],
      ['new1', 'new1', 'new2', 'new3'],
    );
    const [asked, answered] = chat.messages;
    assert.deepEqual(question, { ...asked, id: 'new1' });
    assert.deepEqual(answer, { ...answered, id: 'new2', parentId: 'new1' });
    assert.deepEqual([back?.title, back?.createdAt], [chat.title, chat.createdAt]);
  });

  it("keeps the chat's own model if it is a valid id", async () => {
    const back = async (model: string): Promise<string | undefined> =>
      (await chatFromJson(chatToJson({ ...chat, model }), ids(), guard))?.model;
    assert.equal(await back('author/model:nitro'), 'author/model:nitro');
    assert.equal(await back('no model at all'), undefined);
    assert.equal(await back(`author/${'long'.repeat(1_000)}`), undefined);
    assert.ok(!('model' in ((await chatFromJson(chatToJson(chat), ids(), guard)) ?? {})));
  });

  it('marks an answer that was still streaming as interrupted', async () => {
    const answer = anAnswer('Half', { answer: answerFacts({ outcome: { state: 'pending' } }) });
    const back = await chatFromJson(chatToJson({ ...chat, messages: [answer] }), ids(), guard);
    const [message] = back?.messages ?? [];
    assert.deepEqual(message?.role === 'assistant' && message.answer.outcome, { state: 'interrupted' });
  });

  it('is read in its first version too, in which costs were in micro-dollars', async () => {
    const second = readFileSync(fixture, 'utf8');
    const first = second
      .replace('"version": 2', '"version": 1')
      .replace('"cost": 2000000000', '"cost": 2000');
    assert.notEqual(first, second);
    assert.deepEqual(await chatFromJson(first, ids(), guard), await chatFromJson(second, ids(), guard));
  });

  it('is read in its second version too, in which answers were not in parts', async () => {
    const back = await chatFromJson(readFileSync(fixture, 'utf8'), ids(), guard);
    const [question, answer] = back?.messages ?? [];
    assert.deepEqual(
      question?.parts.map(({ type }) => type),
      ['context', 'context', 'image', 'file', 'audio', 'text'],
    );
    assert.deepEqual(
      answer?.parts.map(({ type }) => type),
      ['reasoning', 'text', 'generatedImage', 'sources'],
    );
    assert.deepEqual(answer.role === 'assistant' && totalUsage(answer.answer)?.cost, 2_000_000_000);
  });

  it('is nothing where a file holds something else', async () => {
    const texts = [
      '',
      '{',
      '[]',
      '{"format":"switchboard.chat"}',
      chatToJson(chat).replace('"version": 3', '"version": 9'),
    ];
    for (const text of texts) {
      assert.equal(await chatFromJson(text, ids(), guard), undefined, text.slice(0, 40));
    }
  });

  it('is nothing where its messages are no tree, or its times no dates', async () => {
    const [question, answer] = [
      aQuestion('Why?', { id: 'q' }),
      anAnswer('Because.', { id: 'a', parentId: 'q' }),
    ];
    const bad: readonly Conversation[] = [
      { ...chat, messages: [{ ...question, parentId: 'a' }, answer] },
      { ...chat, messages: [{ ...question, parentId: 'q' }] },
      { ...chat, messages: [answer, question] },
      { ...chat, messages: [question, question] },
      { ...chat, messages: [{ ...question, createdAt: 1.5 }] },
      { ...chat, createdAt: -1 },
      { ...chat, createdAt: 1e300 },
    ];
    for (const each of bad) {
      assert.equal(await chatFromJson(chatToJson(each), ids(), guard), undefined, JSON.stringify(each));
    }
  });

  describe('with parts that cannot be read', () => {
    const deep = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)) as unknown;
    const answer = { requestedModel: 'a/b', generations: [], outcome: { state: 'done' } };
    /** What is read of these messages. */
    const readOf = (messages: readonly unknown[]): Promise<Conversation | undefined> => {
      // Deep values cannot be written by `JSON.stringify`.
      const text = JSON.stringify(
        { format: 'switchboard.chat', version: 3, title: 't', createdAt: 1, messages },
        (_, value: unknown) => (value === deep ? 'DEEP' : value),
      ).replaceAll('"DEEP"', '['.repeat(5_000) + ']'.repeat(5_000));
      return chatFromJson(text, ids(), guard);
    };
    const first = { id: 'q', createdAt: 1, role: 'user', parts: [{ type: 'text', text: 'Why?' }] };
    const last = {
      id: 'l',
      createdAt: 3,
      role: 'user',
      parentId: 'x',
      parts: [{ type: 'text', text: 'Next?' }],
    };

    const bad: readonly (readonly [what: string, message: unknown])[] = [
      ['no object', 7],
      ['no role', { id: 'x', createdAt: 2, parentId: 'q', parts: [] }],
      ['another role', { id: 'x', createdAt: 2, parentId: 'q', role: 'system', parts: [] }],
      ['an answer without its facts', { id: 'x', createdAt: 2, parentId: 'q', role: 'assistant', parts: [] }],
      ['a time that is none', { id: 'x', createdAt: 'now', parentId: 'q', role: 'user', parts: [] }],
      [
        'deeply nested facts',
        { id: 'x', createdAt: 2, parentId: 'q', role: 'assistant', parts: [deep], answer },
      ],
      ['itself deeply nested', deep],
    ];
    for (const [what, message] of bad) {
      it(`keeps the rest, and counts a message with ${what}`, async () => {
        const back = await readOf([first, message, last]);
        assert.equal(back?.unreadable, 1);
        assert.deepEqual(
          back.messages.map((each) => each.parts.length),
          [1, 1],
        );
        const isNamed = typeof message === 'object' && message !== deep;
        assert.equal(back.messages[1]?.parentId, isNamed ? back.messages[0]?.id : undefined);
        assert.ok(JSON.stringify(back).length > 0);
      });
    }

    it('drops pictures and files that are not in it, and whatever part it does not know', async () => {
      const parts = [
        { type: 'image', name: 'a.png', url: 'https://example.org/a.png' },
        { type: 'image', name: 'b.png', url: 'data:image/png;base64,AA==' },
        { type: 'file', name: 'c.pdf', url: 'file:///etc/passwd' },
        { type: 'hologram' },
        { type: 'text', text: 7 },
      ];
      const images = [
        'http://example.org/x',
        '//example.org/x',
        'javascript:0',
        '',
        'DATA:image/png;base64,AA==',
      ];
      const drawn = {
        ...{ id: 'a', createdAt: 2, parentId: 'q', role: 'assistant', answer },
        parts: images.map((url) => ({ type: 'generatedImage', url })),
      };
      const back = await readOf([{ ...first, parts }, drawn]);
      assert.equal(back?.unreadable, 8);
      assert.deepEqual(back.messages[0]?.parts, [parts[1]]);
      assert.deepEqual(back.messages[1]?.parts, [{ type: 'generatedImage', url: images[4] }]);
    });

    it('drops them in files of the second version, too', async () => {
      const old = readFileSync(fixture, 'utf8').replace(
        /"images": \[\s*"data:[^"]*"/,
        '"images": ["https://example.org/x"',
      );
      assert.match(old, /example\.org/);
      const back = await chatFromJson(old, ids(), guard);
      assert.equal(back?.unreadable, 1);
      assert.doesNotMatch(JSON.stringify(back), /example\.org/);
    });

    it('is nothing where no message can be read, however deep the file is', async () => {
      for (const depth of [100, 10_000, 100_000]) {
        const text = '['.repeat(depth) + ']'.repeat(depth);
        assert.equal(await chatFromJson(text, ids(), guard), undefined);
      }
      assert.equal(await readOf([deep, 7]), undefined);
    });
  });

  it('reads well as Markdown', () => {
    const text = chatToMarkdown(chat);
    assert.match(text, /^# Why\?\n\n\*2026-01-02T00:00:00\.000Z\*\n\n## You\n\n/);
    assert.match(text, /\n````\w*\na\n```\nb\n````\n/, 'code that holds a fence is fenced with more ticks');
    assert.ok(
      text.endsWith(
        '## Assistant\n\n> Well,\n> let me see\n\nBecause.\n\n' +
          '*author/model · Host · 12 tokens in, 3 out · $0.001234 · cut*\n',
      ),
      text,
    );
  });
});
