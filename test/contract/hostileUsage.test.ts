import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { RetryingModel } from '../../src/core/conversation/generation/retryingModel.ts';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import { costOf } from '../../src/core/usage/ledger.ts';
import { MeteredModel } from '../../src/core/usage/meteredModel.ts';
import { openStore, type OpenedStore } from '../../src/host/store/openStore.ts';
import { toUsageView } from '../../src/host/usage/usageView.ts';
import { aRequest, collect, type CollectedResponse } from './hearing.ts';
import { chunkEvent, eventStream, json, startPlainServer, type PlainServer } from './plainServer.ts';

/** What becomes of a usage: its cost in pico-dollars, its tokens, whether its true cost is asked for, and the log. */
interface Read {
  readonly cost?: number;
  readonly tokens?: readonly [prompt: number, completion: number];
  readonly lookedUp?: true;
  readonly told?: true;
}

const tokens = { prompt_tokens: 10, completion_tokens: 20 };
const dollar = 1_000_000_000_000;
const upstream = (cost: unknown): object => ({ cost_details: { upstream_inference_cost: cost } });
const unknown = { lookedUp: true, told: true } as const;

const usages: readonly (readonly [about: string, usage: object, read: Read])[] = [
  ['a usage as it should be', { ...tokens, cost: 0.5 }, { cost: dollar / 2 }],
  ['a cost as text', { ...tokens, cost: '0.5' }, { cost: dollar / 2 }],
  ['a cost of nothing', { ...tokens, cost: 0 }, { cost: 0 }],
  [
    'parts of tokens',
    { ...tokens, prompt_tokens: 10.5, cost: 1 },
    { cost: dollar, tokens: [11, 20], told: true },
  ],
  [
    'fewer tokens than none',
    { ...tokens, prompt_tokens: -1, cost: 1 },
    { cost: dollar, tokens: [0, 20], told: true },
  ],
  [
    'too many tokens',
    { ...tokens, completion_tokens: 1e300, cost: 1 },
    { cost: dollar, tokens: [10, 0], told: true },
  ],
  [
    'tokens that are no numbers',
    { prompt_tokens: 'many', completion_tokens: {}, cost: 1 },
    { cost: dollar, tokens: [0, 0], told: true },
  ],
  ['tokens as text', { prompt_tokens: '10', completion_tokens: '20', cost: 1 }, { cost: dollar }],
  [
    'cached tokens that are negative',
    { ...tokens, prompt_tokens_details: { cached_tokens: -4 }, cost: 1 },
    { cost: dollar, told: true },
  ],
  ['a negative cost', { ...tokens, cost: -0.5 }, unknown],
  ['a cost that no whole number holds', { ...tokens, cost: 9_008 }, unknown],
  ['a cost beyond all numbers', { ...tokens, cost: 1e308 }, unknown],
  ['a cost that is no number', { ...tokens, cost: 'free' }, unknown],
  ['a cost that is an object', { ...tokens, cost: { usd: 1 } }, unknown],
  ['a cost that is not known yet', { ...tokens, cost: null }, { lookedUp: true }],
  [
    'an own key without a fee',
    { ...tokens, cost: null, is_byok: true, ...upstream(0.25) },
    { cost: dollar / 4 },
  ],
  [
    'an own key with a fee',
    { ...tokens, cost: 0.5, is_byok: true, ...upstream(0.25) },
    { cost: (3 * dollar) / 4 },
  ],
  ['an own key with a negative cost', { ...tokens, cost: 0.5, is_byok: true, ...upstream(-1) }, unknown],
  [
    'an own key with costs too large together',
    { ...tokens, cost: 9_000, is_byok: true, ...upstream(9_000) },
    unknown,
  ],
  ['an own key that says nothing', { ...tokens, cost: null, is_byok: true }, { lookedUp: true }],
];

const names = { modelName: String, featureName: String } as const;
const finish = chunkEvent({}, 'stop');
const done = 'data: [DONE]\n\n';
const event = (chunk: object): string => `data: ${JSON.stringify({ id: 'gen-1', ...chunk })}\n\n`;
const words = event({ choices: [{ index: 0, delta: { content: 'Yes.' } }] });

describe('usages as servers send them', () => {
  let server: PlainServer;
  let folder: string;
  let store: OpenedStore;
  let lookedUp: string[];
  let told: unknown[];

  before(async () => {
    server = await startPlainServer();
  });
  after(() => server.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
    store = openStore(folder, Date.now);
    [lookedUp, told] = [[], []];
  });
  afterEach(() => {
    store.dispose();
    rmSync(folder, { recursive: true });
  });

  const ask = (dayLimit?: number): Promise<CollectedResponse> => {
    const asked = server.bodies.length;
    const client = new OpenRouterClient({
      baseUrl: () => server.baseUrl,
      apiKey: () => Promise.resolve('k'),
    });
    const metered = new MeteredModel(client, {
      ledger: store.ledger,
      estimate: () => ({ tokens: 1, cost: { least: 1, uncached: 1, most: dollar }, uncounted: [] }),
      maxCost: () => undefined,
      dayLimit: () => dayLimit,
      ended: () => undefined,
      lookUp: (id) => lookedUp.push(id),
      workspace: () => undefined,
      now: Date.now,
      failed: (error) => told.push(error),
    });
    const retrying = new RetryingModel(metered, { sleep: () => Promise.resolve(), random: () => 0 });
    return collect(retrying.stream(aRequest(), new AbortController().signal)).then((heard) => {
      assert.ok(server.bodies.length > asked);
      return heard;
    });
  };
  const entries = () => [...store.records.each({ since: 0 })];
  const assertRead = ({
    cost,
    tokens: counted = [10, 20],
    lookedUp: isLookedUp,
    told: isTold,
  }: Read): void => {
    const [entry, ...others] = entries();
    assert.deepEqual(others, [], 'one request');
    assert.notEqual(entry?.status, 'running');
    assert.deepEqual([entry?.promptTokens, entry?.completionTokens, entry?.cost], [...counted, cost]);
    assert.ok(entry && costOf(entry) >= 0);
    assert.deepEqual(lookedUp, isLookedUp ? ['gen-1'] : []);
    assert.equal(told.length, isTold ? 1 : 0);
    assert.ok(toUsageView(store.records, 'all', { now: Date.now(), names }));
  };

  for (const [about, usage, read] of usages) {
    it(`takes ${about}`, async () => {
      server.willAnswer(eventStream(words, finish, event({ choices: [], usage }), done));
      const { error, text } = await ask();
      assert.deepEqual([error, text], [undefined, 'Yes.']);
      assertRead(read);
    });

    it(`takes ${about} in the event of a failure, and does not pay twice`, async () => {
      const error = { code: 502, message: 'Provider disconnected' };
      server.willAnswer(eventStream(event({ choices: [], usage, error })));
      assert.equal((await ask()).error?.kind, 'provider');
      const retried = entries().length > 1;
      assert.equal(retried, read.cost === 0);
      if (!retried) {
        assertRead(read);
      }
    });
  }

  it('keeps the cost that a later usage leaves out, and takes the larger of two', async () => {
    const said = (usage: object): string => event({ choices: [], usage });
    server.willAnswer(
      eventStream(
        words,
        finish,
        said({ ...tokens, cost: 0.5 }),
        said({ ...tokens, completion_tokens: 30 }),
        done,
      ),
    );
    await ask();
    assertRead({ cost: dollar / 2, tokens: [10, 30] });
  });

  it('asks for the cost if one of two can not be right', async () => {
    const said = (cost: number): string => event({ choices: [], usage: { ...tokens, cost } });
    server.willAnswer(eventStream(words, finish, said(0.5), said(-9), done));
    await ask();
    assertRead({ cost: dollar / 2, ...unknown });
  });

  it('takes the usage of a refusal in one piece', async () => {
    for (const status of [200, 502]) {
      server.willAnswer(
        json({ error: { code: 502, message: 'No' }, usage: { ...tokens, cost: 0.5 } }, status),
      );
      assert.equal((await ask()).error?.kind, 'provider');
    }
    assert.deepEqual(
      entries().map(({ status, cost }) => [status, cost]),
      [
        ['failed', dollar / 2],
        ['failed', dollar / 2],
      ],
    );
  });

  const shapes: readonly unknown[] = [
    null,
    7,
    'text',
    [],
    {},
    { delta: null },
    { delta: 'text' },
    { delta: { content: 7 } },
  ];
  for (const shape of shapes) {
    it(`sends once what is answered with ${JSON.stringify(shape)} for a choice, and then breaks off`, async () => {
      server.willAnswer((response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.write(event({ choices: [shape] }), () => setImmediate(() => response.destroy()));
      });
      const { error } = await ask();
      assert.ok(error);
      assert.equal(entries().length, 1);
    });
  }

  it('never fills the day with requests that seem to run', async () => {
    for (const [, usage] of usages) {
      server.willAnswer(eventStream(words, finish, event({ choices: [], usage }), done));
      await ask();
    }
    assert.deepEqual(
      entries().filter(({ status }) => status === 'running'),
      [],
    );
  });
});
