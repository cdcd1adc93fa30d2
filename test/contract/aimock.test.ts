import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { ChatRequest } from '../../src/core/conversation/generation/chatModel.ts';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import { generateSnippet } from '../../src/core/prompts/generateSnippet.ts';
import { runStructuredPrompt } from '../../src/core/prompts/structured/structuredPrompt.ts';
import { accountOf, type Account } from '../support/account.ts';
import { aimockModels, aimockTopics, startAimock, type Aimock } from '../support/aimock.ts';
import { aRequest, failureOf, collect, type CollectedResponse } from './hearing.ts';
import { clean } from '../support/builders.ts';

/** A server that nobody here wrote: what works with it does not only work with our own idea of the service. */
describe('against aimock', () => {
  let aimock: Aimock;
  let client: OpenRouterClient;
  let account: Account;
  const { signal } = new AbortController();

  before(async () => {
    aimock = await startAimock();
    const server = { baseUrl: () => aimock.baseUrl, apiKey: () => Promise.resolve(aimock.apiKey) };
    client = new OpenRouterClient(server);
    account = accountOf(server);
  });
  after(() => aimock.close());

  const ask = (text: string, facts: Partial<ChatRequest> = {}): Promise<CollectedResponse> =>
    collect(client.stream(aRequest(text, facts), signal));

  describe('the client', () => {
    it('receives a complete answer with its model and cost', async () => {
      const { text, error, events } = await ask(aimockTopics.answer);
      assert.deepEqual([text, error], ['Hello, 世界! This is an answer of aimock.', undefined]);
      const origin = events.find((event) => event.type === 'origin');
      assert.deepEqual([origin?.provider, origin?.model], ['Anthropic', aimockModels[0]]);
      const usage = events.find((event) => event.type === 'usage')?.usage;
      assert.deepEqual(usage, { promptTokens: 12, completionTokens: 8, cost: 156_000_000 });
      assert.deepEqual(events.find((event) => event.type === 'finish')?.reason, 'stop');
    });

    it('hears the thought before the answer, once', async () => {
      const { text, reasoning } = await ask(aimockTopics.reasoning);
      assert.deepEqual([reasoning, text], ['First this, then that.', 'Done.']);
    });

    const refusals: readonly (readonly [string, string, RegExp])[] = [
      [aimockTopics.credit, 'credit', /^Insufficient credits$/],
      [aimockTopics.rateLimit, 'upstreamLimit', /^OpenAI: Slow down$/],
      [aimockTopics.moderation, 'moderation', /^Flagged$/],
      [aimockTopics.overloaded, 'provider', /^Provider overloaded$/],
    ];
    for (const [topic, kind, words] of refusals) {
      it(`tells "${topic}" as ${kind}`, async () => {
        const { error } = await ask(topic);
        assert.equal(error?.kind, kind);
        assert.match(error.facts.detail ?? '', words);
      });
    }

    it('says when to try again', async () => {
      assert.equal((await ask(aimockTopics.rateLimit)).error?.facts.retryAfter, 2);
    });

    it('tells a connection that breaks as of the network', async () => {
      assert.equal((await ask(aimockTopics.cutOff)).error?.kind, 'network');
    });

    it('reports a rejected key', async () => {
      const stranger = new OpenRouterClient({
        baseUrl: () => aimock.baseUrl,
        apiKey: () => Promise.resolve('sk-or-v1-of-somebody-else'),
      });
      assert.equal((await collect(stranger.stream(aRequest(), signal))).error?.kind, 'key');
    });

    it('gets a snippet that fits its schema', async () => {
      const answer = await runStructuredPrompt(
        generateSnippet,
        { description: clean(`a guard, ${aimockTopics.structured}`), languageId: clean('typescript') },
        { chat: client, settings: { model: aimockModels[0], maxTokens: 100 }, signal },
      );
      assert.deepEqual([answer?.value.name, answer?.value.prefix], ['Guard', 'guard']);
    });
  });

  describe('the account', () => {
    it('reads the record of the key', async () => {
      const info = await account.keys.keyInfo(signal);
      assert.ok(info.label !== '' && !info.management);
      assert.equal((await failureOf(account.keys.keyInfo(signal, 'sk-or-v1-of-somebody-else')))?.kind, 'key');
    });

    it('lists the models', async () => {
      const ids = (await account.models.listModels(signal)).map(({ id }) => id);
      assert.ok(
        aimockModels.every((id) => ids.includes(id)),
        ids.join(),
      );
    });
  });
});
