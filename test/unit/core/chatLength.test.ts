import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ChatRequest } from '../../../src/core/conversation/generation/chatModel.ts';
import type { Message } from '../../../src/core/conversation/message.ts';
import { tokensOfMessages } from '../../../src/core/conversation/generation/tokenCounter.ts';
import { MemoryStore } from '../../../src/core/conversation/persistence/memoryStore.ts';
import { lengthProblemOf, oldestToLeaveOut } from '../../../src/core/conversation/session/chatLength.ts';
import { ChatSession } from '../../../src/core/conversation/session/chatSession.ts';
import { fitTo } from '../../../src/core/model/requestSettings.ts';
import { aModel, anAnswer, aQuestion, asking, clean } from '../../support/builders.ts';
import { FakeChatModel, sessionParts } from '../../support/fakes.ts';

const long = 'word '.repeat(2_000);
const chat: readonly Message[] = [
  ...[1, 2, 3].flatMap((at) => [aQuestion(`${long}${at}`), anAnswer(`${long}${at}`)]),
  aQuestion('And now?'),
];
const turn = tokensOfMessages(chat.slice(0, 2));
const find = (contextLength: number) => () => aModel({ contextLength });

function request(facts: Partial<ChatRequest> = {}): ChatRequest {
  return { model: 'a/b', maxTokens: 8_192, system: clean(''), messages: chat, ...facts };
}

describe('a chat that is too long for its model', () => {
  it('is known before it is sent, with how much has to go', () => {
    const whole = tokensOfMessages(chat);
    assert.equal(lengthProblemOf(request(), find(whole + 1_024)), undefined);
    for (const [room, oldest] of [
      [whole + 1_023, 2],
      [whole - turn + 1_024, 2],
      [whole - turn + 1_023, 4],
      [1_200, 6],
      [1_000, 0],
    ] as const) {
      assert.deepEqual(lengthProblemOf(request(), find(room)), {
        tokens: whole,
        contextLength: room,
        oldest,
      });
    }
  });

  it("is none where that isn't known, where a fallback reads it, or where the service shortens it", () => {
    const small = find(1_200)();
    assert.equal(
      lengthProblemOf(request(), () => undefined),
      undefined,
    );
    assert.equal(
      lengthProblemOf(request({ fallbackModels: ['large'] }), (id) =>
        id === 'large' ? aModel({ contextLength: 1e6 }) : small,
      ),
      undefined,
    );
    assert.equal(
      lengthProblemOf(request({ contextCompression: true }), () => small),
      undefined,
    );
  });

  it('keeps what begins with a question and ends with the last one', () => {
    for (let room = 0; room < 12_000; room += 100) {
      const kept = chat.slice(oldestToLeaveOut(chat, room));
      assert.equal(kept[0]?.role, 'user');
      assert.equal(kept.at(-1), chat.at(-1));
      assert.ok(kept.length === chat.length || tokensOfMessages(kept) + 1_024 <= room);
    }
  });
});

describe('what stands alone', () => {
  it('is fitted to what is sent, not to the chat before it', async () => {
    const model = new FakeChatModel();
    const session = ChatSession.begin({
      ...sessionParts(model, new MemoryStore()),
      request: (tokens, changes) => ({
        system: clean(''),
        ...fitTo({ model: 'a/b', maxTokens: 8_192, ...changes }, aModel({ contextLength: 10_000 }), tokens),
      }),
    });
    model.willAnswer({ type: 'text', text: long }, { type: 'finish', reason: 'stop' });
    await session.send(session.prepare.question(asking(`${long}${long}`)));
    const alone = (each: ChatRequest): ChatRequest => ({ ...each, messages: each.messages.slice(-1) });
    const { request: sent } = session.prepare.question(asking('Explain this code.'), {}, alone);
    assert.ok(!(sent instanceof Error) && sent.maxTokens === 8_192);
    const { request: plain } = session.prepare.question(asking('And now?'));
    assert.ok(!(plain instanceof Error) && plain.maxTokens < 8_192);
  });
});
