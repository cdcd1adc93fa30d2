import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { ResponseEvent } from '../../src/core/conversation/generation/chatModel.ts';
import { RetryingModel } from '../../src/core/conversation/generation/retryingModel.ts';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import { errorCases } from '../simulator/errorCases.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { aRequest, collect, type CollectedResponse } from './hearing.ts';

/** What is tried again though its status alone would not say so, and what is not though it would. */
const exceptions = new Map<string, number>([
  ['error-in-flight', 3],
  ['error-free-daily', 1],
  ['error-free-daily-high-balance', 1],
  ['error-retry-after-long', 1],
]);

describe('trying again', () => {
  let simulator: Simulator;
  let waits: number[];

  before(async () => {
    simulator = await startSimulator();
  });

  after(() => simulator.close());
  afterEach(() => {
    simulator.reset();
  });

  const client = (): OpenRouterClient =>
    new OpenRouterClient({ baseUrl: () => simulator.baseUrl, apiKey: () => Promise.resolve(simulatorKey) });
  /** Asks, and lets every wait pass at once. */
  const ask = (): Promise<CollectedResponse> => {
    waits = [];
    const sleep = (milliseconds: number): Promise<void> => {
      waits.push(milliseconds);
      return Promise.resolve();
    };
    const model = new RetryingModel(client(), { sleep, random: () => 0.5 });
    return collect(model.stream(aRequest(), new AbortController().signal));
  };

  for (const [name, refusal] of errorCases) {
    const status = refusal(Date.now()).status;
    const passes = status === 408 || status === 429 || status >= 500;
    const requests = exceptions.get(name) ?? (passes ? 3 : 1);
    it(`"${name}" makes ${requests} request(s) in all`, async () => {
      simulator.use({ name, about: '', refusal: { kind: 'reply', reply: refusal } });
      const { error, text } = await ask();
      assert.ok(error);
      assert.deepEqual([simulator.journal.requests.length, text], [requests, '']);
    });
  }

  it('waits as long as the service asks, and else a little longer each time', async () => {
    const waitsFor = async (name: string): Promise<readonly number[]> => {
      const refusal = errorCases.get(name);
      assert.ok(refusal);
      simulator.use({ name, about: '', refusal: { kind: 'reply', reply: refusal } });
      await ask();
      return waits;
    };
    assert.deepEqual(await waitsFor('error-retry-after'), [2_000, 2_000]);
    assert.deepEqual(await waitsFor('error-in-flight'), [120_000, 120_000]);
    assert.deepEqual(await waitsFor('error-500'), [1_000, 3_000]);
  });

  it('gets the answer once the failure has passed', async () => {
    simulator.use('in-flight-once');
    const { error, text, events } = await ask();
    assert.equal(error, undefined);
    assert.ok(text.length > 0);
    assert.equal(simulator.journal.requests.length, 2);
    assert.deepEqual(
      events.filter(({ type }) => type === 'waiting'),
      [{ type: 'waiting', milliseconds: 1_000 }],
    );
  });

  it('ends once something has been said, because that is paid for', async () => {
    simulator.use({
      name: 'breaks off',
      about: '',
      answer: { content: 'one two three four five six' },
      ending: { kind: 'truncate', after: 3 },
    });
    const { error, text } = await ask();
    assert.ok(error);
    assert.notEqual(text, '');
    assert.equal(simulator.journal.requests.length, 1);
  });

  it('is called off at once, and the failure stays', async () => {
    simulator.use('error-in-flight');
    const stop = new AbortController();
    const events: ResponseEvent[] = [];
    const listen = async (): Promise<void> => {
      for await (const event of new RetryingModel(client()).stream(aRequest(), stop.signal)) {
        events.push(event);
        stop.abort();
      }
    };
    await assert.rejects(listen(), { kind: 'inFlight' });
    assert.deepEqual([events.length, simulator.journal.requests.length], [1, 1]);
  });
});
