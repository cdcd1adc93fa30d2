import assert from 'node:assert/strict';
import { listOf, numberOf, objectOf, textOf } from '../../simulator/json.ts';
import type { JsonObject } from '../../simulator/json.ts';
import { simulatorKey } from '../../simulator/simulator.ts';
import type { Client } from './client.ts';
import { choiceOf, dataOf, deltaOf, errorOf, eventsOf, joined, messageOf, startClient } from './client.ts';

describe('simulated chat completions', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  beforeEach(() => {
    client.simulator.reset();
  });
  after(() => client.simulator.close());

  const user = (content: unknown): JsonObject => ({ messages: [{ role: 'user', content }] });

  it('answers in the recorded form, with the dated model and the provider', async () => {
    const { json, headers } = await client.ask();
    assert.match(String(json.id), /^gen-\d+-/);
    assert.equal(json.object, 'chat.completion');
    assert.match(String(json.model), /^anthropic\/claude-sonnet-4\.6-\d{8}$/);
    assert.equal(json.provider, 'Anthropic');
    assert.equal(choiceOf(json).finish_reason, 'stop');
    assert.equal(choiceOf(json).native_finish_reason, 'end_turn');
    assert.equal(messageOf(json).role, 'assistant');
    assert.equal(messageOf(json).refusal, null);
    assert.equal(headers.get('Content-Type'), 'application/json');
    const usage = objectOf(json.usage);
    assert.equal(usage.total_tokens, Number(usage.prompt_tokens) + Number(usage.completion_tokens));
    const price = Number(usage.prompt_tokens) * 0.000003 + Number(usage.completion_tokens) * 0.000015;
    assert.ok(Math.abs(Number(usage.cost) - price) < 1e-9);
  });

  it('streams the same text in pieces, a comment first and [DONE] last', async () => {
    const whole = textOf(messageOf((await client.ask()).json).content);
    const { text, headers } = await client.stream();
    assert.equal(headers.get('Content-Type'), 'text/event-stream');
    assert.match(headers.get('X-Generation-Id') ?? '', /^gen-/);
    assert.ok(text.startsWith(': OPENROUTER PROCESSING\n\ndata: {'));
    assert.ok(text.endsWith('\n\ndata: [DONE]\n\n'));
    const events = eventsOf(text);
    assert.equal(joined(events, 'content'), whole);
    assert.ok(events.length > 50);
    assert.ok(
      events.every((event) => event.object === 'chat.completion.chunk' && event.provider === 'Anthropic'),
    );
    assert.ok(
      events.every((event) => deltaOf(event).role === 'assistant'),
      'the role repeats on every chunk',
    );
  });

  it('sends usage once, last, in the recorded or in the documented form', async () => {
    for (const [scenario, choices] of [
      ['usage-with-choice', 1],
      ['usage-empty-choices', 0],
    ] as const) {
      client.simulator.use(scenario);
      const events = eventsOf((await client.stream()).text);
      assert.equal(events.filter((event) => event.usage !== undefined).length, 1);
      const last = events.at(-1);
      assert.ok(last?.usage);
      assert.equal(listOf(last.choices).length, choices);
      assert.equal(choiceOf(last).finish_reason, choices === 1 ? 'stop' : undefined);
      assert.equal(choiceOf(events.at(-2) ?? {}).finish_reason, 'stop');
    }
  });

  it('counts as completion tokens what it streams', async () => {
    const events = eventsOf((await client.stream()).text);
    const pieces = events.filter((event) => deltaOf(event).content !== '').length;
    assert.equal(objectOf(events.at(-1)?.usage).completion_tokens, pieces);
  });

  it('ends at max_tokens and at a stop sequence', async () => {
    const short = (await client.ask({ max_tokens: 20 })).json;
    assert.equal(choiceOf(short).finish_reason, 'length');
    assert.equal(choiceOf(short).native_finish_reason, 'max_tokens');
    assert.equal(objectOf(short.usage).completion_tokens, 20);
    const stopped = (await client.ask({ stop: ['selection'] })).json;
    assert.equal(choiceOf(stopped).finish_reason, 'stop');
    assert.ok(!String(messageOf(stopped).content).includes('selection'));
  });

  it('speaks about the code that was sent', async () => {
    const content =
      'Question: why is it slow?\n\n`src/cart.py` lines 40-43:\n\n```python\ndef total(items):\n    for item in items:\n        pass\n```';
    const answer = String(messageOf((await client.ask(user(content))).json).content);
    for (const part of [
      'src/cart.py',
      '`total`',
      'python',
      'lines 40–42',
      'why is it slow?',
      '```python',
      'simulated',
    ]) {
      assert.ok(answer.includes(part), part);
    }
  });

  it('rejects malformed requests with 400', async () => {
    const bodies: readonly JsonObject[] = [
      { messages: [] },
      { messages: [{ role: 'robot', content: 'x' }] },
      { messages: [{ role: 'user' }] },
      { messages: [{ role: 'user', content: [{ type: 'picture' }] }] },
      { temperature: 3 },
      { max_tokens: 0 },
      { model: 'no/such-model' },
      { model: 'anthropic/claude-sonnet-4.6:batch' },
      { tools: [{ type: 'function', function: { name: 'two words' } }] },
      { response_format: { type: 'xml' } },
      { response_format: { type: 'json_schema', json_schema: { name: 'a b', schema: {} } } },
      { reasoning: { effort: 'enormous' } },
      { reasoning: { effort: 'low', max_tokens: 2000 } },
      { metadata: { key: 1 } },
      { stop: ['a', 'b', 'c', 'd', 'e'] },
      { messages: [{ role: 'tool', tool_call_id: 'x', content: '1' }], tools: [] },
      {
        messages: [
          { role: 'user', content: 'x' },
          { role: 'assistant', content: null, tool_calls: [{ id: 'c1' }] },
        ],
      },
    ];
    for (const body of bodies) {
      const reply = await client.ask(body);
      assert.equal(reply.status, 400, JSON.stringify(body));
      assert.equal(typeof errorOf(reply).message, 'string');
    }
    const response = await fetch(`${client.simulator.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${simulatorKey}` },
      body: '{"model":',
    });
    assert.equal(response.status, 400);
  });

  it('takes the next of models when one is unknown or fails', async () => {
    const chain = { model: 'no/such-model', models: ['openai/gpt-5.6', 'openai/gpt-4o'] };
    assert.match(String((await client.ask(chain)).json.model), /^openai\/gpt-5\.6-/);
    client.simulator.use('fallback');
    const reply = await client.ask(
      { model: 'openai/gpt-5.6', models: ['qwen/qwen3-coder'] },
      { 'X-OpenRouter-Metadata': 'enabled' },
    );
    assert.match(String(reply.json.model), /^qwen\/qwen3-coder-/);
    const metadata = objectOf(reply.json.openrouter_metadata);
    assert.equal(metadata.strategy, 'fallback');
    assert.equal(metadata.attempt, 2);
    assert.equal((await client.ask({ model: 'openai/gpt-5.6' })).status, 503);
  });

  it('resolves routers, aliases and suffixes', async () => {
    for (const [id, answered] of [
      ['openrouter/auto', /^anthropic\/claude-sonnet-4\.8-/],
      ['~openai/gpt-latest', /^openai\/gpt-5\.6-/],
      ['openai/gpt-4o:floor', /^openai\/gpt-4o-\d/],
      [undefined, /^anthropic\//],
    ] as const) {
      assert.match(String((await client.ask({ model: id })).json.model), answered);
    }
  });

  it('answers with a permitted provider or tells which constraint left none', async () => {
    const model = 'deepseek/deepseek-v4-pro';
    const providerOf = async (provider: JsonObject): Promise<unknown> =>
      (await client.ask({ model, provider })).json.provider;
    assert.equal(await providerOf({ only: ['novita'] }), 'Novita');
    assert.equal(await providerOf({ ignore: ['deepseek', 'deepinfra'] }), 'Alibaba');
    assert.equal(await providerOf({ order: ['fireworks', 'novita'] }), 'Fireworks');
    assert.equal(await providerOf({ zdr: true }), 'DeepInfra');
    assert.equal(await providerOf({ data_collection: 'deny' }), 'DeepInfra');
    const none = await client.ask({ model, provider: { only: ['groq'] } });
    assert.equal(none.status, 404);
    assert.match(
      String(errorOf(none).message),
      /^No allowed providers are available for the selected model\./,
    );
    const availability = objectOf(errorOf(none).availability);
    assert.equal(availability.code, 'constraint_filtered');
    assert.deepEqual(availability.excluded_by, ['allowed_providers']);
    const dear = await client.ask({ model, provider: { max_price: { prompt: '0.01' } } });
    assert.deepEqual(objectOf(errorOf(dear).availability).excluded_by, ['max_price']);
    const demanding = { model: 'mancer/weaver', provider: { require_parameters: true }, top_k: 1 };
    assert.equal((await client.ask(demanding)).status, 404);
  });

  it('refuses a prompt that is longer than the context, and tools and images where they are unknown', async () => {
    const long = await client.ask({ model: 'gryphe/mythomax-l2-13b', ...user('x'.repeat(20_000)) });
    assert.equal(long.status, 400);
    assert.match(String(errorOf(long).message), /^This endpoint's maximum context length is 4096 tokens\./);
    const tools = [{ type: 'function', function: { name: 'read_file', parameters: { type: 'object' } } }];
    const toolless = await client.ask({ model: 'gryphe/mythomax-l2-13b', tools, max_tokens: 100 });
    assert.match(String(errorOf(toolless).message), /^No endpoints found that support tool use\./);
    const image = user([{ type: 'image_url', image_url: { url: 'data:image/png;base64,' } }]);
    assert.equal(
      (await client.ask({ model: 'gryphe/mythomax-l2-13b', max_tokens: 100, ...image })).status,
      404,
    );
    assert.equal((await client.ask(image)).status, 200);
  });

  it('thinks when asked to, and shows the thought unless it is excluded', async () => {
    const thinking = (await client.ask({ reasoning: { effort: 'low' } })).json;
    assert.ok(String(messageOf(thinking).reasoning).length > 20);
    assert.ok(Number(objectOf(objectOf(thinking.usage).completion_tokens_details).reasoning_tokens) > 0);
    const hidden = (await client.ask({ reasoning: { effort: 'low', exclude: true } })).json;
    assert.equal(messageOf(hidden).reasoning, null);
    assert.ok(Number(objectOf(objectOf(hidden.usage).completion_tokens_details).reasoning_tokens) > 0);
    assert.equal(messageOf((await client.ask()).json).reasoning, null);
    assert.equal((await client.ask({ model: 'openai/o3', reasoning: { effort: 'none' } })).status, 400);
    const effort = { model: 'openai/gpt-oss-120b', reasoning: { effort: 'xhigh' } };
    assert.equal((await client.ask(effort)).status, 400);
  });

  it('calls the tool it is forced to, with arguments that fit its schema, and then answers in text', async () => {
    const parameters = {
      type: 'object',
      properties: { path: { type: 'string' }, line: { type: 'integer', minimum: 5 } },
      required: ['path', 'line'],
      additionalProperties: false,
    };
    const tools = [{ type: 'function', function: { name: 'read_file', parameters } }];
    const choice = { type: 'function', function: { name: 'read_file' } };
    const { json } = await client.ask({ tools, tool_choice: choice });
    assert.equal(choiceOf(json).finish_reason, 'tool_calls');
    assert.equal(messageOf(json).content, null);
    const call = objectOf(listOf(messageOf(json).tool_calls)[0]);
    const sent = objectOf(JSON.parse(String(objectOf(call.function).arguments)));
    assert.equal(typeof sent.path, 'string');
    assert.ok((numberOf(sent.line) ?? 0) >= 5);
    const messages = [
      { role: 'user', content: 'Read it' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: call.id, content: 'the file' },
    ];
    const answer = (await client.ask({ tools, tool_choice: choice, messages })).json;
    assert.equal(choiceOf(answer).finish_reason, 'stop');
    assert.equal((await client.ask({ messages })).status, 400, 'tools are required with results');
    const marked = await client.ask({ tools, ...user('Please [[call:read_file]]') });
    assert.equal(choiceOf(marked.json).finish_reason, 'tool_calls');
  });

  it('keeps answers for the cache: the second costs nothing and names the first', async () => {
    const cache = { 'X-OpenRouter-Cache': 'true' };
    const first = await client.ask({}, cache);
    assert.equal(first.headers.get('X-OpenRouter-Cache-Status'), 'MISS');
    const second = await client.ask({}, cache);
    assert.equal(second.headers.get('X-OpenRouter-Cache-Status'), 'HIT');
    assert.equal(second.headers.get('X-OpenRouter-Cache-Source-Id'), first.json.id);
    assert.equal(objectOf(second.json.usage).cost, 0);
    assert.notEqual(second.json.id, first.json.id);
    const cleared = await client.ask({}, { ...cache, 'X-OpenRouter-Cache-Clear': 'true' });
    assert.equal(cleared.headers.get('X-OpenRouter-Cache-Status'), 'MISS');
    assert.equal((await client.ask()).headers.get('X-OpenRouter-Cache-Status'), null);
  });

  it('echoes the body that it would send upstream when debugging', async () => {
    const events = eventsOf((await client.stream({ debug: { echo_upstream_body: true } })).text);
    assert.deepEqual(events[0]?.choices, []);
    assert.equal(objectOf(objectOf(events[0].debug).echo_upstream_body).stream, true);
    assert.ok(dataOf((await client.stream()).text).length > 3);
  });
});
