import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { after, afterEach, before, describe, it } from 'mocha';
import type { ChatRequest, ResponseEvent } from '../../src/core/conversation/generation/chatModel.ts';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import type { Scenario } from '../simulator/scenario.ts';
import { scenarioOf, type ScenarioName } from '../simulator/scenarios.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { aContextItem, anAnswer, aQuestion, clean } from '../support/builders.ts';
import { aRequest, collect, type CollectedResponse } from './hearing.ts';
import { parseBaseUrl } from '../../src/core/model/server.ts';

/** What every request over HTTP carries, whoever sends it. */
const transportHeaders = [
  'accept-encoding',
  'accept-language',
  'connection',
  'content-length',
  'host',
  'sec-fetch-mode',
  'user-agent',
];

describe('the client against the simulator', () => {
  let simulator: Simulator;
  let client: OpenRouterClient;

  before(async () => {
    simulator = await startSimulator();
    client = new OpenRouterClient({
      baseUrl: () => simulator.baseUrl,
      apiKey: () => Promise.resolve(simulatorKey),
    });
  });

  after(() => simulator.close());
  afterEach(() => {
    simulator.reset();
    mock.restoreAll();
  });

  const ask = (
    changes: Partial<ChatRequest> = {},
    signal = new AbortController().signal,
  ): Promise<CollectedResponse> => collect(client.stream(aRequest('Hello', changes), signal));
  const use = (name: ScenarioName, changes: Partial<Scenario> = {}): void => {
    simulator.use({ ...scenarioOf(name), ...changes });
  };

  describe('sends', () => {
    it('only its own headers, whatever environment variables are set for other services', async () => {
      const foreign = {
        OPENAI_ORG_ID: 'org-foreign',
        OPENAI_PROJECT_ID: 'project-foreign',
        OPENAI_API_KEY: 'sk-foreign',
        OPENAI_ADMIN_KEY: 'sk-admin-foreign',
        OPENAI_WEBHOOK_SECRET: 'whsec-foreign',
        OPENAI_BASE_URL: 'http://127.0.0.1:9/foreign',
        OPENAI_CUSTOM_HEADERS: 'X-Foreign: yes\nAuthorization: Bearer sk-foreign\nAccept: text/foreign',
        OPENAI_LOG: 'debug',
      };
      const spoken = (['debug', 'log', 'info', 'warn', 'error'] as const).map(
        (level) => mock.method(console, level, () => undefined).mock,
      );
      Object.assign(process.env, foreign);
      try {
        assert.equal((await ask()).error, undefined);
      } finally {
        for (const name of Object.keys(foreign)) {
          Reflect.deleteProperty(process.env, name);
        }
      }
      const headers = { ...simulator.journal.last('/chat/completions')?.headers };
      for (const name of transportHeaders) {
        Reflect.deleteProperty(headers, name);
      }
      assert.deepEqual(headers, {
        accept: headers['accept'],
        authorization: `Bearer ${simulatorKey}`,
        'content-type': 'application/json',
        'http-referer': 'https://marketplace.visualstudio.com/items?itemName=switchboard-ai.switchboard',
        'x-openrouter-title': 'Switchboard for OpenRouter',
        'x-openrouter-categories': 'ide-extension',
        'x-openrouter-metadata': 'enabled',
      });
      assert.deepEqual(
        spoken.map((each) => each.callCount()),
        [0, 0, 0, 0, 0],
        'and writes nothing anywhere',
      );
    });

    it('only the conversation', async () => {
      const question = aQuestion('Why?', {
        parts: [
          { type: 'context', item: aContextItem() },
          { type: 'text', text: clean('Why «this» 世界?') },
        ],
      });
      await ask({ messages: [aQuestion('Hello'), anAnswer('Hi'), question], sessionId: 'chat-1' });
      assert.deepEqual(simulator.journal.last()?.body, {
        model: 'anthropic/claude-sonnet-4.6',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hello' },
          { role: 'assistant', content: 'Hi' },
          {
            role: 'user',
            content:
              'src/cart.ts, lines 1-2 (typescript):\n```typescript\nconst a = 1;\nconst b = 2;\n```\n\n' +
              'Why «this» 世界?',
          },
        ],
        stream: true,
        stream_options: { include_usage: true },
        max_tokens: 500,
        session_id: 'chat-1',
      });
      assert.equal(simulator.journal.last()?.path, '/api/v1/chat/completions');
      assert.equal(simulator.journal.requests.length, 1);
    });

    it('nothing without a key', async () => {
      const keyless = new OpenRouterClient({
        baseUrl: () => simulator.baseUrl,
        apiKey: () => Promise.resolve(undefined),
      });
      const { error } = await collect(keyless.stream(aRequest(), new AbortController().signal));
      assert.equal(error?.kind, 'noKey');
      assert.deepEqual(simulator.journal.requests, []);
    });

    it('nothing to a server that may not have it', async () => {
      for (const setting of ['http://gateway.example.com/v1', 'not a URL', 'file:///etc/passwd']) {
        const insecure = new OpenRouterClient({
          baseUrl: () => parseBaseUrl(setting),
          apiKey: () => Promise.resolve(simulatorKey),
        });
        const { error } = await collect(insecure.stream(aRequest(), new AbortController().signal));
        assert.equal(error?.kind, 'baseUrl', setting);
      }
      assert.deepEqual(simulator.journal.requests, []);
    });

    it('nothing to the place that a redirect leads to', async () => {
      use('redirect');
      assert.equal((await ask()).error?.kind, 'protocol');
      assert.equal(simulator.journal.requests.length, 1);
      assert.deepEqual(simulator.elsewhere.journal.requests, []);
    });
  });

  describe('hears', () => {
    it('an answer with its origin, its end and what it cost', async () => {
      const { events, text, error } = await ask();
      assert.equal(error, undefined);
      assert.ok(text.length > 20);
      const [generation] = simulator.generations;
      const [early, origin] = events;
      // The id is known by the headers, before the first word; the rest comes with that.
      assert.deepEqual(early, { type: 'origin', generationId: generation?.id });
      assert.ok(origin?.type === 'origin' && origin.provider);
      assert.equal(origin.generationId, generation?.id);
      const usage = events.find((event) => event.type === 'usage')?.usage;
      assert.ok((usage?.cost ?? 0) > 0 && (usage?.completionTokens ?? 0) > 0);
      assert.deepEqual(
        events.filter(({ type }) => type === 'finish'),
        [{ type: 'finish', reason: 'stop' }],
      );
    });

    const content = 'Grüße, naïve Fußgänger! 日本語 — «кириллица» 👩‍💻 und 🎉.\n\n```ts\nconst a = "}";\n```\n';
    for (const name of [
      'default',
      'keepalive-comments',
      'split-multibyte',
      'usage-empty-choices',
      'usage-with-choice',
      'annotations',
    ] as const) {
      it(`the same to the last sign through "${name}"`, async () => {
        use(name, { answer: { ...scenarioOf(name).answer, content } });
        const { text, events, error } = await ask();
        assert.equal(error, undefined);
        assert.equal(text, content);
        for (const type of ['finish', 'usage'] as const) {
          assert.equal(events.filter((event) => event.type === type).length, 1, type);
        }
      });
    }

    it('five thousand tokens as fast as they come, complete', async () => {
      use('burst');
      const { text, error, events } = await ask({ maxTokens: 8_000 });
      assert.equal(error, undefined);
      const usage = events.find((event) => event.type === 'usage')?.usage;
      assert.ok((usage?.completionTokens ?? 0) >= 5_000 && text.length > 10_000, String(text.length));
    });

    it('a thought once as text, and whole as details for the next turn', async () => {
      use('duplicated-reasoning');
      const { events, reasoning } = await ask();
      const thought = scenarioOf('duplicated-reasoning').answer?.reasoning;
      assert.equal(reasoning, thought);
      const details = events.find((event) => event.type === 'reasoningDetails')?.details ?? [];
      assert.equal(details.length, 1);
      assert.partialDeepStrictEqual(details, [{ type: 'reasoning.text', text: thought, index: 0 }]);
      assert.match(JSON.stringify(details), /"signature":"[^"]{8,}"/);
    });

    it('the summary of a thought that stays hidden, and keeps the hidden one unread', async () => {
      use('encrypted-reasoning');
      const { events, reasoning, text } = await ask();
      assert.equal(reasoning, scenarioOf('encrypted-reasoning').answer?.reasoning);
      const details = events.find((event) => event.type === 'reasoningDetails')?.details;
      const data = /"data":"([^"]+)"/.exec(JSON.stringify(details))?.[1] ?? '';
      assert.ok(data.length > 8 && !reasoning.includes(data) && !text.includes(data));
    });

    for (const [name, reason] of [
      ['length-cut', 'length'],
      ['content-filter', 'content_filter'],
      ['empty-answer', 'stop'],
    ] as const) {
      it(`the end of "${name}" as ${reason}, which is no failure`, async () => {
        use(name);
        const { events, error } = await ask();
        assert.equal(error, undefined);
        assert.deepEqual(events.find((event) => event.type === 'finish')?.reason, reason);
      });
    }

    it('what an own provider key is billed as part of the cost', async () => {
      use('own-provider-key');
      const { events } = await ask();
      assert.ok((events.find((event) => event.type === 'usage')?.usage.cost ?? 0) > 0);
    });
  });

  describe('when it is stopped', () => {
    const steady: Scenario = { name: 'steady', about: 'A steady pace', pace: { tokensPerSecond: 50 } };

    it('ends without an error, and closes the socket at once', async () => {
      simulator.use(steady);
      const stop = new AbortController();
      let stoppedAt = 0;
      const { text, error } = await collect(
        (async function* (): AsyncGenerator<ResponseEvent> {
          for await (const event of client.stream(aRequest(), stop.signal)) {
            yield event;
            if (event.type === 'text' && !stop.signal.aborted) {
              stoppedAt = performance.now();
              stop.abort();
            }
          }
        })(),
      );
      assert.equal(error, undefined);
      assert.ok(text.length > 0);
      const { closedAt = Infinity } = await simulator.journal.waitFor(({ aborted }) => aborted);
      // Measured: 1 ms, and 10 ms at most on a busy machine.
      assert.ok(closedAt - stoppedAt < 1_000, `${closedAt - stoppedAt} ms`);
    });

    it('ends without an error also while nothing has been answered yet', async () => {
      use('silent');
      const stop = new AbortController();
      const heard = collect(client.stream(aRequest(), stop.signal));
      await simulator.journal.waitFor(({ path }) => path.endsWith('/chat/completions'));
      stop.abort();
      assert.deepEqual(await heard, { events: [], text: '', reasoning: '' });
      await simulator.journal.waitFor(({ aborted }) => aborted);
    });

    it('sends nothing when that was before it began', async () => {
      assert.deepEqual(await ask({}, AbortSignal.abort()), { events: [], text: '', reasoning: '' });
      assert.deepEqual(simulator.journal.requests, []);
    });

    it('closes the socket even without a listener', async () => {
      simulator.use(steady);
      for await (const event of client.stream(aRequest(), new AbortController().signal)) {
        if (event.type === 'text') {
          break;
        }
      }
      await simulator.journal.waitFor(({ aborted }) => aborted);
    });
  });

  describe('tells', () => {
    it('of an answer that comes from the response cache, and of no other', async () => {
      const isCached = async (changes: Partial<ChatRequest>): Promise<boolean> =>
        (await ask(changes)).events.some((event) => event.type === 'origin' && event.cached === true);
      assert.equal(await isCached({ responseCache: true }), false);
      assert.equal(await isCached({ responseCache: true }), true);
      assert.equal(await isCached({}), false);
      assert.equal(await isCached({ responseCache: true, fresh: true }), false);
    });

    it('what was sent to the provider, where that is asked for', async () => {
      const echoes = async (changes: Partial<ChatRequest>): Promise<number> =>
        (await ask(changes)).events.filter(({ type }) => type === 'echo').length;
      assert.equal(await echoes({ echoUpstream: true }), 1);
      assert.partialDeepStrictEqual(simulator.journal.last('/chat/completions')?.body, {
        stream: true,
        debug: { echo_upstream_body: true },
      });
      assert.equal(await echoes({}), 0);
    });
  });
});
