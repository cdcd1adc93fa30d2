import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'mocha';
import { creditText } from '../../src/host/account/creditText.ts';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import { parseBaseUrl } from '../../src/core/model/server.ts';
import { accountOf, type Account } from '../support/account.ts';
import type { Scenario } from '../simulator/scenario.ts';
import { keys, simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { aRequest, failureOf } from './hearing.ts';
import { json, startPlainServer } from './plainServer.ts';

const { signal } = new AbortController();

describe('the account against the simulator', () => {
  let simulator: Simulator;
  let key: string | undefined;
  let account: Account;

  before(async () => {
    simulator = await startSimulator();
    account = accountOf({
      baseUrl: () => simulator.baseUrl,
      apiKey: () => Promise.resolve(key),
    });
  });
  after(() => simulator.close());
  beforeEach(() => {
    simulator.reset();
    key = keys.standard;
  });

  const paths = (): readonly string[] =>
    simulator.journal.requests.map(({ method, path }) => `${method} ${path.replace('/api/v1', '')}`);

  describe("reads a model's endpoints", () => {
    it('with prices, speed, retention and policies', async () => {
      const { endpoints, zeroRetention, providers } = await account.endpoints.endpointsOf(
        'anthropic/claude-sonnet-4.6',
        signal,
      );
      assert.ok(endpoints.length > 1);
      for (const { pricing, latencyMs = 0, throughput = 0, tag } of endpoints) {
        assert.ok(pricing?.kind === 'fixed' && latencyMs > 100 && throughput > 10 && tag !== '');
      }
      assert.ok(zeroRetention && zeroRetention.size > 0 && zeroRetention.size < endpoints.length);
      assert.ok(providers.some(({ privacyPolicyUrl }) => privacyPolicyUrl?.startsWith('https://')));
    });

    it('of a variant, by the model that it is made from', async () => {
      const made = await account.endpoints.endpointsOf('anthropic/claude-sonnet-4.6:nitro', signal);
      const plain = await account.endpoints.endpointsOf('anthropic/claude-sonnet-4.6', signal);
      assert.deepEqual(made.endpoints, plain.endpoints);
    });

    it('and fails for one that is not there', async () => {
      assert.equal((await failureOf(account.endpoints.endpointsOf('nobody/nothing', signal)))?.kind, 'model');
    });

    it('also where the rest cannot be read', async () => {
      const plain = await startPlainServer();
      plain.willAnswer((response, request) => {
        const known = request.url?.endsWith('/endpoints') === true;
        json(known ? { data: { endpoints: [{ provider_name: 'X' }] } } : {}, known ? 200 : 500)(
          response,
          request,
        );
      });
      const alone = accountOf({
        baseUrl: () => plain.baseUrl,
        apiKey: () => Promise.resolve('k'),
      });
      assert.deepEqual(await alone.endpoints.endpointsOf('a/b', signal), {
        endpoints: [{ providerName: 'X', tag: 'X', degraded: false }],
        providers: [],
      });
      await plain.close();
    });
  });

  describe('reads the record', () => {
    const rows = [
      ['standard', '$7.48 left'],
      ['noLimit', '$0.31 today (UTC)'],
      ['freeTier', '48 free left'],
      ['exhausted', '$0.00 left'],
    ] as const;
    for (const [sort, text] of rows) {
      it(`of a key that is ${sort}: "${text}"`, async () => {
        key = keys[sort];
        const info = await account.keys.keyInfo(signal);
        assert.equal(creditText({ state: 'known', key: info, readAt: 0 }), text);
        assert.equal(info.management, false);
        assert.ok(!JSON.stringify(info).includes(keys[sort]));
      });
    }

    it('of a management key, and knows it for one', async () => {
      assert.equal((await account.keys.keyInfo(signal, keys.management)).management, true);
    });

    it('whole, of a key that is about to be stored in place of the one in use', async () => {
      assert.deepEqual(await account.keys.keyInfo(signal, keys.standard), {
        label: 'sk-or-v1-' + keys.standard.slice(9, 12) + '...' + keys.standard.slice(-4),
        limit: 10_000_000,
        remaining: 7_480_000,
        reset: 'monthly',
        freeRequests: { limit: 1_000, remaining: 988 },
        spentToday: 310_000,
        spentThisWeek: 1_020_000,
        spentThisMonth: 2_520_000,
        spent: 12_500_000,
        ownKeys: { today: 0, week: 0, month: 0, all: 0, counted: false },
        freeTier: false,
        management: false,
      });
      assert.deepEqual(paths(), ['GET /key']);
      assert.equal(simulator.journal.last()?.headers['authorization'], `Bearer ${keys.standard}`);
    });

    it('of no key that the service does not know', async () => {
      key = keys.rejected;
      const error = await failureOf(account.keys.keyInfo(signal));
      assert.deepEqual(
        [error?.kind, error?.facts.status, error?.facts.detail],
        ['key', 401, 'User not found.'],
      );
    });
  });

  it('identifies the app', async () => {
    await account.keys.keyInfo(signal);
    const headers = simulator.journal.last()?.headers ?? {};
    assert.equal(headers['x-openrouter-title'], 'Switchboard for OpenRouter');
    assert.equal(headers['x-openrouter-categories'], 'ide-extension');
    assert.ok(headers['http-referer']?.startsWith('https://'));
  });

  describe('sends nothing', () => {
    it('for the record of a key without one', async () => {
      key = undefined;
      assert.equal((await failureOf(account.keys.keyInfo(signal)))?.kind, 'noKey');
      assert.deepEqual(paths(), []);
    });

    it('to a server that may not have the key', async () => {
      const insecure = accountOf({
        baseUrl: () => parseBaseUrl('http://gateway.example.com/v1'),
        apiKey: () => Promise.resolve(key),
      });
      assert.equal((await failureOf(insecure.keys.keyInfo(signal)))?.kind, 'baseUrl');
      assert.equal((await failureOf(insecure.models.listModels(signal)))?.kind, 'baseUrl');
    });

    it('once it is called off', async () => {
      assert.ok(await failureOf(account.keys.keyInfo(AbortSignal.abort())));
      assert.ok(await failureOf(account.models.listModels(AbortSignal.abort())));
      assert.deepEqual(paths(), []);
    });
  });

  describe('looks up what an answer cost', () => {
    it('that was stopped, once the books know it', async () => {
      simulator.use({
        name: 'long',
        about: '',
        answer: { content: 'word '.repeat(500) },
        pace: { tokensPerSecond: 200 },
      });
      const stop = new AbortController();
      const server = { baseUrl: () => simulator.baseUrl, apiKey: () => Promise.resolve(simulatorKey) };
      let id: string | undefined;
      for await (const event of new OpenRouterClient(server).stream(aRequest(), stop.signal)) {
        id = event.type === 'origin' ? event.generationId : id;
        if (event.type === 'text') {
          stop.abort();
        }
      }
      assert.ok(id);
      const books = accountOf(server);
      let usage = await books.generations.usageOf(id, signal);
      for (let tries = 0; usage === undefined && tries < 50; tries += 1) {
        usage = await books.generations.usageOf(id, signal);
      }
      assert.ok(usage?.cost !== undefined && usage.cost > 0 && usage.completionTokens > 0);
      assert.equal(usage.estimated, undefined);
    });

    it('of an unknown model', async () => {
      const server = { baseUrl: () => simulator.baseUrl, apiKey: () => Promise.resolve(simulatorKey) };
      assert.equal(await accountOf(server).generations.usageOf('gen-unknown', signal), undefined);
    });
  });

  describe('lists the models', () => {
    it('of the account', async () => {
      const models = await account.models.listModels(signal);
      assert.ok(models.length >= 300);
      assert.ok(models.every(({ id }) => !id.endsWith(':batch')));
      const excluded = models.filter((model) => model.excluded === true);
      assert.ok(excluded.length > 0, 'and says which of all models are not for it');
      assert.ok(models.every(({ id, excluded: is }) => id.startsWith('thedrummer/') === (is === true)));
      assert.deepEqual(paths(), ['GET /models/user', 'GET /models']);
    });

    const noUserList: Scenario = {
      name: 'no user list',
      about: 'Another kind of server',
      reach: ['/models/user'],
      refusal: { kind: 'reply', reply: { status: 404, body: { error: { message: 'Not Found' } } } },
    };

    it('all of them where there is no such list, or what is there is none', async () => {
      simulator.use(noUserList);
      assert.ok((await account.models.listModels(signal)).length >= 300);
      assert.deepEqual(paths(), ['GET /models/user', 'GET /models']);
      simulator.use({
        ...noUserList,
        refusal: { kind: 'reply', reply: { status: 200, body: '<html></html>' } },
      });
      assert.ok((await account.models.listModels(signal)).length >= 300);
    });

    it('that retain nothing, and by their speed, when asked for that', async () => {
      const models = await account.models.listModels(signal);
      const silent = await account.endpoints.zeroRetentionModels(signal);
      assert.ok(models.some(({ id }) => silent.has(id)) && models.some(({ id }) => !silent.has(id)));
      const fastest = await account.endpoints.fastestModels(signal);
      const listed = models.map(({ id }) => id).filter((id) => fastest.includes(id));
      assert.ok(listed.length >= 300);
      assert.notDeepEqual(
        fastest.filter((id) => listed.includes(id)),
        listed,
      );
    });

    it('presets of the account, where there is one', async () => {
      assert.deepEqual(await account.endpoints.presets(signal), [
        { slug: 'careful-review', name: 'Careful Review', description: 'Reviews with high effort' },
      ]);
      assert.deepEqual(paths(), ['GET /presets']);
      key = undefined;
      assert.deepEqual(await account.endpoints.presets(signal), []);
      assert.deepEqual(paths(), ['GET /presets']);
    });

    it('all of them while there is no key, without one', async () => {
      key = undefined;
      assert.ok((await account.models.listModels(signal)).length >= 300);
      assert.deepEqual(paths(), ['GET /models']);
      assert.equal(simulator.journal.last()?.headers['authorization'], undefined);
    });
  });

  for (const [scenario, kind, words] of [
    ['html', 'page', /web page/],
    ['html-502', 'page', /web page/],
    ['offline', 'network', /ECONNRESET|other side closed/],
    ['redirect', 'protocol', /redirect/],
  ] as const) {
    it(`tells "${scenario}" as ${kind}, and goes nowhere else`, async () => {
      simulator.use(scenario);
      for (const work of [account.keys.keyInfo(signal), account.models.listModels(signal)]) {
        const error = await failureOf(work);
        assert.equal(error?.kind, kind);
        assert.match(error.facts.detail ?? '', words);
      }
      assert.deepEqual(simulator.elsewhere.journal.requests, []);
    });
  }
});

describe('the account against a server of another kind', () => {
  it('explains the failure without repeating the key', async () => {
    const server = await startPlainServer();
    const apiKey = 'a-key-of-a-gateway';
    const account = accountOf({
      baseUrl: () => server.baseUrl,
      apiKey: () => Promise.resolve(apiKey),
    });
    const rows = [
      [json({ data: {} }), 'protocol'],
      [json([]), 'protocol'],
      [json({ error: { code: 401, message: `No ${apiKey}` } }), 'key'],
      [json({ error: { message: `No ${apiKey}` } }, 429), 'rateLimit'],
    ] as const;
    for (const [answer, kind] of rows) {
      server.willAnswer(answer);
      for (const work of [account.keys.keyInfo(signal), account.models.listModels(signal)]) {
        const error = await failureOf(work);
        assert.equal(error?.kind, kind);
        assert.ok(!JSON.stringify(error).includes(apiKey));
      }
    }
    await server.close();
  });
});
