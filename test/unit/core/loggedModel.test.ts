import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ChatRequest, ResponseEvent } from '../../../src/core/conversation/generation/chatModel.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { loggedModel } from '../../../src/core/usage/loggedModel.ts';
import { aQuestion, clean } from '../../support/builders.ts';
import { FakeChatModel } from '../../support/fakes.ts';

const request: ChatRequest = {
  ...{ model: 'author/asked', maxTokens: 9, feature: 'chat' },
  system: clean('A secret of the system.'),
  messages: [aQuestion('A secret of the user.')],
};

async function logOf(events: readonly (ResponseEvent | Error)[], abort = false): Promise<readonly string[]> {
  const lines: string[] = [];
  const chat = new FakeChatModel();
  chat.willAnswer(...events);
  let time = 0;
  const stop = new AbortController();
  const model = loggedModel(
    chat,
    (line) => lines.push(line),
    () => (time += 10),
  );
  const passed: ResponseEvent[] = [];
  try {
    for await (const event of model.stream(request, stop.signal)) {
      passed.push(event);
      if (abort) {
        stop.abort();
      }
    }
  } catch (error) {
    assert.equal(error, events.at(-1));
  }
  assert.deepEqual(
    passed,
    events.filter((event) => !(event instanceof Error)),
  );
  return lines;
}

describe('the log of requests', () => {
  const origin = {
    type: 'origin',
    generationId: 'gen-1',
    model: 'author/other-1',
    provider: 'Google AI Studio',
  } as const;
  const text = { type: 'text', text: 'A secret of the model.' } as const;

  it('has one line for each: ids, models, times, sizes, and no text', async () => {
    const usage = { promptTokens: 12, completionTokens: 3 };
    assert.deepEqual(await logOf([origin, text, { type: 'usage', usage }]), [
      'chat: done; model author/asked; answered by author/other-1; provider Google AI Studio; id gen-1; ' +
        'first token 20 ms; total 40 ms; tokens 12 in, 3 out',
    ]);
  });

  it('says how it failed or was stopped', async () => {
    const error = new RequestError('overloaded' as 'provider', {
      status: 503,
      detail: 'A secret of the server.',
    });
    assert.match(
      (await logOf([error]))[0] ?? '',
      /^chat: overloaded, status 503; model author\/asked; total/,
    );
    assert.match((await logOf([new Error('A secret.')]))[0] ?? '', /^chat: failed; /);
    assert.match((await logOf([text], true))[0] ?? '', /^chat: stopped; /);
  });

  it('repeats nothing that a server writes in place of a name', async () => {
    for (const odd of ['Buy now: https://evil.example/ at once today!', 'a\nb', 'x'.repeat(101), '<b>']) {
      const [line = ''] = await logOf([{ type: 'origin', generationId: odd, model: odd, provider: odd }]);
      assert.ok(!line.includes(odd) && line.includes('id (unusual name)'), line);
    }
  });
});
