import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ResponseEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import { RetryingModel } from '../../../src/core/conversation/generation/retryingModel.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { aQuestion, clean } from '../../support/builders.ts';
import { FakeChatModel } from '../../support/fakes.ts';

const request = { model: 'a/b', system: clean(''), messages: [aQuestion('Hello')], maxTokens: 100 };

async function listen(model: FakeChatModel, random = 0): Promise<readonly ResponseEvent[]> {
  const events: ResponseEvent[] = [];
  const retrying = new RetryingModel(model, { sleep: () => Promise.resolve(), random: () => random });
  for await (const event of retrying.stream(request, new AbortController().signal)) {
    events.push(event);
  }
  return events;
}

describe('a model that is asked again', () => {
  it('gets two more chances when the connection breaks', async () => {
    const model = new FakeChatModel();
    model.willAnswer(new RequestError('network'));
    model.willAnswer(new RequestError('network'));
    model.willAnswer({ type: 'text', text: 'Hi' });
    const events = await listen(model);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['waiting', 'waiting', 'text'],
    );
  });

  const tokens = { promptTokens: 10, completionTokens: 0 };
  const origin: ResponseEvent = { type: 'origin', generationId: 'g' };
  const busy = new RequestError('provider', { status: 503 });
  const cases: readonly (readonly [string, readonly ResponseEvent[], RequestError, tries: number])[] = [
    ['somebody began to answer and the service says that it failed', [origin], busy, 3],
    ['somebody began to answer and the connection broke', [origin], new RequestError('network'), 1],
    ['a usage that charges nothing', [origin, { type: 'usage', usage: { ...tokens, cost: 0 } }], busy, 3],
    ['a usage without anything', [{ type: 'usage', usage: { ...tokens, promptTokens: 0 } }], busy, 3],
    ['a usage with a cost', [{ type: 'usage', usage: { ...tokens, cost: 1 } }], busy, 1],
    ['a usage with tokens of unknown cost', [{ type: 'usage', usage: tokens }], busy, 1],
    [
      'a usage whose cost is not known yet',
      [{ type: 'usage', usage: { promptTokens: 0, completionTokens: 0, estimated: true } }],
      busy,
      1,
    ],
    ['the reason for which it ended', [{ type: 'finish', reason: 'stop' }], busy, 1],
    ['a call of a tool', [{ type: 'toolCalls', calls: [] }], busy, 1],
    ['a list of failed attempts', [{ type: 'attempts', attempts: [] }], busy, 3],
  ];
  for (const [about, events, error, tries] of cases) {
    it(`is sent ${String(tries)} time(s) after ${about}`, async () => {
      const model = new FakeChatModel();
      for (let at = 0; at < tries; at += 1) {
        model.willAnswer(...events, error);
      }
      await assert.rejects(listen(model), error);
      assert.equal(model.requests.length, tries);
    });
  }

  it('gets no more than these', async () => {
    const model = new FakeChatModel();
    for (let tries = 0; tries < 4; tries += 1) {
      model.willAnswer(new RequestError('provider', { status: 503 }));
    }
    await assert.rejects(listen(model), { kind: 'provider' });
    assert.equal(model.requests.length, 3);
  });

  const final: readonly RequestError[] = [
    new RequestError('timeout'),
    new RequestError('truncated'),
    new RequestError('protocol'),
    new RequestError('noKey'),
    new RequestError('key', { status: 401 }),
    new RequestError('credit', { status: 402, retryAfter: 1 }),
    new RequestError('model', { status: 404 }),
    new RequestError('rateLimit', { status: 429, retryAfter: 31 }),
    new RequestError('freeDaily', { status: 429 }),
  ];
  for (const error of final) {
    it(`gets none after a failure of kind ${error.kind}, status ${String(error.facts.status)}`, async () => {
      const model = new FakeChatModel();
      model.willAnswer(error);
      await assert.rejects(listen(model), error);
    });
  }

  for (const content of [
    { type: 'text', text: 'H' },
    { type: 'reasoning', text: 'H' },
    { type: 'reasoningDetails', details: [{}] },
  ] as const) {
    it(`gets none once it has sent ${content.type}`, async () => {
      const model = new FakeChatModel();
      model.willAnswer(content, new RequestError('network'));
      await assert.rejects(listen(model), { kind: 'network' });
    });
  }

  it('is given time, and not by all at the same moment', async () => {
    const waits = async (random: number): Promise<readonly number[]> => {
      const model = new FakeChatModel();
      model.willAnswer(new RequestError('network'));
      model.willAnswer(new RequestError('network'));
      model.willAnswer({ type: 'text', text: 'Hi' });
      const events = await listen(model, random);
      return events.flatMap((event) => (event.type === 'waiting' ? [event.milliseconds] : []));
    };
    assert.deepEqual(
      [await waits(0), await waits(1)],
      [
        [750, 2_250],
        [1_250, 3_750],
      ],
    );
  });
});
