import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { ChatRequest } from '../../src/core/conversation/generation/chatModel.ts';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import type { Server } from '../../src/core/openrouter/transport/server.ts';
import { ServerIdentity } from '../../src/core/openrouter/transport/serverIdentity.ts';
import { serverKind } from '../../src/core/openrouter/transport/serverProbe.ts';
import { unsupportedSettingsNow } from '../../src/host/words/unsupportedSettings.ts';
import { accountOf } from '../support/account.ts';
import { scenarioOf, type ScenarioName } from '../simulator/scenarios.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { gatewayHeaders, startGateway, type Gateway } from '../support/gateway.ts';
import { aRequest, failureOf, collect, type CollectedResponse } from './hearing.ts';
import { eventStream, startPlainServer, type PlainServer } from './plainServer.ts';

const keyOptions = {
  fallbackModels: ['openai/gpt-5.6'],
  routing: { data_collection: 'deny' },
  sessionId: 'a chat',
  temperature: 0.5,
} as const satisfies Partial<ChatRequest>;

describe('through a third-party gateway', () => {
  const signal = new AbortController().signal;
  let gateway: Gateway;

  before(async () => {
    gateway = await startGateway();
  });

  after(() => gateway.close());

  const serverBehind = (provider: 'openrouter' | 'openai', behind: string): Server => ({
    baseUrl: () => gateway.baseUrl,
    apiKey: () => Promise.resolve(simulatorKey),
    identity: new ServerIdentity(),
    extraHeaders: () => gatewayHeaders(provider, behind),
  });
  const askOf = (server: Server, facts: Partial<ChatRequest>): Promise<CollectedResponse> =>
    collect(new OpenRouterClient(server).stream(aRequest('Hello', facts), signal));

  describe('OpenRouter', () => {
    let simulator: Simulator;
    let server: Server;

    before(async () => {
      simulator = await startSimulator();
      server = serverBehind('openai', simulator.baseUrl);
    });

    after(() => simulator.close());
    afterEach(() => {
      simulator.reset();
    });

    it('is known by its record of the key, and has its models', async () => {
      const account = accountOf(server);
      assert.ok((await account.keys.keyInfo(signal)).remaining);
      assert.equal(await serverKind(server, signal), 'openrouter');
      assert.ok((await account.models.listModels(signal)).length > 3);
    });

    it('answers and reports the cost', async () => {
      const { error, text, events } = await askOf(server, keyOptions);
      assert.equal(error, undefined);
      assert.ok(text.length > 20);
      assert.ok((events.find((event) => event.type === 'usage')?.usage.cost ?? 0) > 0);
      assert.partialDeepStrictEqual(simulator.journal.last()?.body, { temperature: 0.5, max_tokens: 500 });
    });

    it('answers, too, where the gateway hides that it is OpenRouter', async () => {
      const hidden = serverBehind('openrouter', simulator.baseUrl.replace(/\/v1$/, ''));
      assert.equal(await serverKind(hidden, signal), 'other');
      const { error, text } = await askOf(hidden, keyOptions);
      assert.deepEqual([error, text.length > 20], [undefined, true]);
    });

    const breaking: readonly (readonly [ScenarioName, string])[] = [
      ['midstream-error', 'provider'],
      ['truncated', 'truncated'],
    ];
    for (const [name, kind] of breaking) {
      it(`breaks off as "${name}", with its words so far`, async () => {
        simulator.use(scenarioOf(name));
        const { error, text } = await askOf(server, {});
        assert.equal(error?.kind, kind);
        assert.ok(text.length > 0);
      });
    }
  });

  describe("another server of OpenAI's protocol", () => {
    let plain: PlainServer;
    let server: Server;

    before(async () => {
      plain = await startPlainServer();
      plain.willAnswer((response, request) => {
        if (request.url?.endsWith('/chat/completions') === true) {
          eventStream(
            'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n',
            'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
          )(response, request);
        } else {
          response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"error":{"message":"?"}}');
        }
      });
      server = serverBehind('openai', plain.baseUrl);
    });

    after(() => plain.close());

    it('is known by having no record of the key', async () => {
      const account = accountOf(server);
      assert.equal((await failureOf(account.keys.keyInfo(signal)))?.kind, 'noKeyRecord');
      assert.equal(await serverKind(server, signal), 'other');
    });

    it("gets only OpenAI's fields, and the user sees what is left out", async () => {
      const { error, text } = await askOf(server, keyOptions);
      assert.deepEqual([error, text], [undefined, 'Hi']);
      const body: unknown = JSON.parse(plain.bodies.at(-1) ?? '');
      assert.ok(typeof body === 'object' && body !== null);
      assert.deepEqual(Object.keys(body).sort(), [
        ...['max_tokens', 'messages', 'model', 'stream', 'stream_options', 'temperature'],
      ]);
      const kind = () => server.identity?.kindOf(server.baseUrl()) ?? 'openrouter';
      assert.deepEqual(
        unsupportedSettingsNow(() => aRequest('Hello', keyOptions), kind, { find: () => undefined }),
        [
          "Fallback models aren't sent: this server isn't OpenRouter.",
          "Routing isn't sent: this server isn't OpenRouter.",
        ],
      );
    });
  });
});
