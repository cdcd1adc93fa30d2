import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ResponseEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import type { AssistantMessage, Message } from '../../../src/core/conversation/message.ts';
import { AnswerRun } from '../../../src/core/conversation/session/answerRun.ts';
import type { ServerKind } from '../../../src/core/model/server.ts';
import { toChatBody } from '../../../src/core/openrouter/chat/request.ts';
import { ChunkReader } from '../../../src/core/openrouter/chat/response.ts';
import { toPartViews } from '../../../src/host/answers/partView.ts';
import { chatFromJson, chatToJson } from '../../../src/host/store/chatFile.ts';
import { fromAnswerRow, toPartColumns } from '../../../src/host/store/storedPart.ts';
import { anAnswer, answerFacts, aQuestion, aRequest, clean } from '../../support/builders.ts';

/** What the service read in a document, as it says it. */
const parsed = (name: string) => ({
  type: 'file',
  file: {
    hash: `hash of ${name}`,
    name,
    content: [
      { type: 'text', text: `<file name="${name}">` },
      { type: 'text', text: 'Über — 世界' },
    ],
  },
});
const citation = { type: 'url_citation', url_citation: { url: 'https://example.com', title: 'Example' } };
const pdf = clean({ type: 'file', name: 'a.pdf', url: 'data:application/pdf;base64,AA==' });

const unexpected = (): never => assert.fail();

/** The answer to chunks like these, as it is kept. */
function answered(...deltas: readonly object[]): AssistantMessage {
  const empty = anAnswer('', { id: 'a', answer: answerFacts({ outcome: { state: 'pending' } }) });
  const run = new AnswerRun(
    empty,
    { appendPart: () => undefined, putPart: () => undefined },
    () => 0,
    unexpected,
  );
  const reader = new ChunkReader();
  const take = (event: ResponseEvent): void => {
    run.take(event);
  };
  for (const delta of deltas) {
    reader.read({ choices: [{ delta }] }, take);
  }
  [...reader.end()].forEach(take);
  run.end({ state: 'done' }, unexpected);
  return run.message;
}

function sentAfter(answer: Message, kind?: ServerKind): readonly object[] {
  const messages = [aQuestion('', { parts: [pdf] }), answer, aQuestion('And?')];
  return toChatBody(aRequest({ messages }), kind).messages.filter(({ role }) => role === 'assistant');
}

describe('what the service read in a document', () => {
  const one = answered(
    { content: 'It ' },
    { annotations: [parsed('a.pdf'), citation] },
    { content: 'says.' },
    { annotations: [parsed('a.pdf'), parsed('b.pdf'), { type: 'other' }, 5] },
  );
  const files = [parsed('a.pdf'), parsed('b.pdf')];

  it('goes back with its answer, once, and byte for byte', () => {
    assert.deepEqual(sentAfter(one), [{ role: 'assistant', content: 'It says.', annotations: files }]);
    assert.deepEqual(sentAfter(one, 'other'), [{ role: 'assistant', content: 'It says.' }]);
    assert.ok(!('annotations' in (sentAfter(answered({ content: 'x', annotations: [citation] }))[0] ?? {})));
  });

  it('is read also from an answer in one piece', () => {
    const whole = answered({ content: 'It says.', annotations: files });
    assert.deepEqual(sentAfter(whole), sentAfter(one));
  });

  it("isn't shown, and doesn't shift what is", () => {
    assert.deepEqual(
      toPartViews(one).map(({ type }) => type),
      ['text', 'sources'],
    );
  });

  it('survives a restart', () => {
    const part = one.parts.find(({ type }) => type === 'parsedFiles');
    assert.ok(part);
    const row = { message_id: 'a', type: part.type, ...toPartColumns(part) };
    assert.deepEqual(fromAnswerRow(row), part);
    assert.equal(fromAnswerRow({ ...row, data: '{"files":[5]}' }), undefined);
  });

  it("doesn't go into a chat's file, from which it could be anything", async () => {
    const guard = { cleanText: (text: string) => Promise.resolve(clean(text)), cleanItem: unexpected };
    const chat = {
      id: 'c',
      title: 't',
      createdAt: 1,
      messages: [aQuestion('Hi', { id: 'q' }), { ...one, parentId: 'q' }],
    };
    const back = await chatFromJson(chatToJson(chat), () => crypto.randomUUID(), guard);
    assert.equal(back?.unreadable, undefined);
    assert.deepEqual(
      back?.messages[1]?.parts.map(({ type }) => type),
      ['text', 'sources'],
    );
  });
});
