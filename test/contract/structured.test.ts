import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { OpenRouterClient } from '../../src/core/openrouter/client.ts';
import { generateSnippet, type SnippetInput } from '../../src/core/prompts/generateSnippet.ts';
import { toSnippetText } from '../../src/core/prompts/snippetText.ts';
import { toStrictSchema } from '../../src/core/prompts/strictSchema.ts';
import { runStructuredPrompt } from '../../src/core/prompts/structuredPrompt.ts';
import type { Scenario } from '../simulator/scenario.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { aContextItem } from '../support/builders.ts';
import { failureOf } from './hearing.ts';

const snippet = {
  name: 'Guard',
  prefix: 'guard',
  language: 'typescript',
  description: 'Guards.',
  body: 'if (!{{condition}}) {\n\treturn `${value}`;\n}',
  placeholders: [{ name: 'condition', default: 'ready' }],
};
const text = JSON.stringify(snippet);

describe('a structured prompt against the simulator', () => {
  let simulator: Simulator;
  let chat: OpenRouterClient;

  before(async () => {
    simulator = await startSimulator();
    chat = new OpenRouterClient({
      baseUrl: () => simulator.baseUrl,
      apiKey: () => Promise.resolve(simulatorKey),
    });
  });

  after(() => simulator.close());
  afterEach(() => {
    simulator.reset();
  });

  const run = (input: Partial<SnippetInput> = {}, signal = new AbortController().signal) =>
    runStructuredPrompt(
      generateSnippet,
      { description: 'a guard against negative amounts', languageId: 'typescript', ...input },
      { chat, settings: { model: 'anthropic/claude-sonnet-4.6', maxTokens: 2_000 }, signal },
    );
  /** The model answers so, as if it knew nothing of schemas. */
  const willAnswer = (content: string, changes: Scenario['answer'] = {}): void => {
    simulator.use({ name: 'answers so', about: '', answer: { content, ...changes } });
  };

  it('sends a schema that strict mode accepts, and gets an answer that fits it', async () => {
    const answer = await run({ selection: aContextItem() });
    assert.ok(answer && (answer.usage?.cost ?? 0) > 0);
    assert.deepEqual(Object.keys(answer.value), Object.keys(snippet));
    assert.match(toSnippetText(answer.value), /\$0$/);
    assert.partialDeepStrictEqual(simulator.journal.last('/chat/completions')?.body, {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'snippet', strict: true, schema: toStrictSchema(generateSnippet.schema) },
      },
      provider: { require_parameters: true },
      max_tokens: 2_000,
    });
  });

  const read: readonly (readonly [string, string])[] = [
    ['bare', text],
    ['in a fence', `\`\`\`json\n${text}\n\`\`\``],
    ['among sentences', `Sure! Here is {{your}} snippet:\n\n\`\`\`json\n${text}\n\`\`\`\n\nHave fun.`],
  ];
  for (const [how, content] of read) {
    it(`reads an answer that comes ${how}`, async () => {
      willAnswer(content);
      assert.deepEqual((await run())?.value, snippet);
    });
  }

  it('refuses prose, and keeps it', async () => {
    willAnswer('I cannot write snippets today.');
    const error = await failureOf(run());
    assert.equal(error?.kind, 'invalidAnswer');
    assert.match(error.facts.detail ?? '', /I cannot write snippets today\./);
  });

  it('refuses JSON that was cut at the length limit, says so, and keeps it', async () => {
    willAnswer(text, { finishReason: 'length', cutAfter: 6 });
    const error = await failureOf(run());
    assert.equal(error?.kind, 'invalidAnswer');
    assert.match(error.facts.detail ?? '', /^The answer was cut off at the length limit\.\n\n\{"name/);
  });

  it('fails as the request fails', async () => {
    simulator.use('midstream-error');
    assert.equal((await failureOf(run()))?.kind, 'provider');
    simulator.use('error-402');
    assert.equal((await failureOf(run()))?.kind, 'credit');
  });

  it('gives nothing when it is cancelled', async () => {
    simulator.use('silent');
    const stop = new AbortController();
    const running = run({}, stop.signal);
    await simulator.journal.waitFor(({ path }) => path.endsWith('/chat/completions'));
    stop.abort();
    assert.equal(await running, undefined);
  });
});
