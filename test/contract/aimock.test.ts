import assert from 'node:assert/strict';
import { LLMock } from '@copilotkit/aimock';
import { after, before, describe, it } from 'mocha';
import type { ResponseEvent } from '../../src/core/conversation/chatModel.ts';
import { RequestError } from '../../src/core/model/requestError.ts';
import { OpenRouterAccount } from '../../src/core/openrouter/account.ts';
import { OpenRouterClient } from '../../src/core/openrouter/client.ts';
import { generateSnippet } from '../../src/core/prompts/generateSnippet.ts';
import { runStructuredPrompt } from '../../src/core/prompts/structuredPrompt.ts';
import { aQuestion } from '../support/builders.ts';

/** A server that nobody here wrote: what works with it does not only work with our own idea of the service. */
describe('the client against aimock', () => {
  const mock = new LLMock({ port: 0 });
  const server = { baseUrl: () => `${mock.url}/api/v1`, apiKey: () => Promise.resolve('sk-or-v1-test-test') };
  const client = new OpenRouterClient(server);
  const account = new OpenRouterAccount(server);
  const { signal } = new AbortController();
  const snippet = {
    name: 'Guard',
    prefix: 'guard',
    language: 'typescript',
    description: 'Guards.',
    body: 'if ({{x}}) {}',
    placeholders: [{ name: 'x', default: 'true' }],
  };

  before(async () => {
    mock.onMessage('hello', { content: 'Hi there, 世界!' });
    mock.onMessage('fail', {
      error: { message: 'Insufficient credits', type: 'payment_required' },
      status: 402,
    });
    mock.onMessage(/Snippet:/, { content: JSON.stringify(snippet) });
    await mock.start();
  });
  after(() => mock.stop());

  const ask = async (text: string): Promise<ResponseEvent[]> => {
    const events: ResponseEvent[] = [];
    const request = { model: 'openai/gpt-4o', system: 's', messages: [aQuestion(text)], maxTokens: 100 };
    for await (const event of client.stream(request, signal)) {
      events.push(event);
    }
    return events;
  };

  it('streams an answer to its end', async () => {
    const events = await ask('hello');
    assert.equal(
      events.map((event) => (event.type === 'text' ? event.text : '')).join(''),
      'Hi there, 世界!',
    );
    assert.equal(events.find((event) => event.type === 'finish')?.reason, 'stop');
  });

  it('tells what it was refused for', async () => {
    await assert.rejects(
      ask('fail'),
      (error) =>
        error instanceof RequestError && error.kind === 'credit' && error.detail === 'Insufficient credits',
    );
  });

  it('gets a structured answer', async () => {
    const answer = await runStructuredPrompt(
      generateSnippet,
      { description: 'a guard', languageId: 'typescript' },
      { chat: client, model: 'openai/gpt-4o', maxTokens: 100, signal },
    );
    assert.deepEqual(answer?.value, snippet);
  });

  it('reads the key and the models', async () => {
    assert.ok(await account.keyInfo(signal));
    assert.ok((await account.listModels(signal)).length > 0);
  });
});
