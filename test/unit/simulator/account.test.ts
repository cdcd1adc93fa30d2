import assert from 'node:assert/strict';
import { listOf, numberOf, objectOf } from '../../simulator/json.ts';
import { keyFrom } from '../../simulator/keys.ts';
import { keys, simulatorKey } from '../../simulator/simulator.ts';
import type { Client } from './client.ts';
import { chatBody, errorOf, startClient } from './client.ts';

describe('simulated account', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  beforeEach(() => {
    client.simulator.reset();
  });
  after(() => client.simulator.close());

  it('has a well-formed key of every sort', () => {
    for (const key of Object.values(keys)) assert.match(key, /^sk-or-v1-[0-9a-f]{64}$/);
  });

  it('tells what a key is, wrapped in data, also at the old address', async () => {
    const reply = await client.get('/key');
    assert.equal(reply.status, 200);
    const data = objectOf(reply.json.data);
    assert.equal(data.limit, 10);
    assert.equal(data.limit_remaining, 7.48);
    assert.equal(data.is_management_key, false);
    assert.deepEqual(objectOf(data.free_model_daily_requests), { limit: 1000, remaining: 988, used: 12 });
    assert.ok(!('account_balance' in data), 'no inference key can read the balance');
    assert.deepEqual((await client.get('/auth/key')).json, reply.json);
  });

  it('answers 401 in its two forms to no key and to an unknown one', async () => {
    const missing = await client.get('/key', null);
    assert.equal(missing.status, 401);
    assert.deepEqual(errorOf(missing), { code: 401, message: 'Missing Authentication header' });
    const unknown = await client.get('/key', keys.rejected);
    assert.equal(unknown.status, 401);
    assert.equal(errorOf(unknown).message, 'User not found.');
  });

  it('shows the credits to management keys only, and lets these do nothing else', async () => {
    const refused = await client.get('/credits');
    assert.equal(refused.status, 403);
    assert.equal(errorOf(refused).message, 'Only management keys can perform this operation');
    const shown = await client.get('/credits', keys.management);
    assert.deepEqual(objectOf(shown.json.data), { total_credits: 87.25, total_usage: 12.5 });
    const inference = await client.post('/chat/completions', chatBody(), keys.management);
    assert.equal(inference.status, 403);
    assert.equal(objectOf((await client.get('/key', keys.management)).json.data).is_management_key, true);
  });

  it('moves the counters of the key by exactly the cost of the usage', async () => {
    const { json } = await client.ask();
    const cost = numberOf(objectOf(json.usage).cost) ?? 0;
    assert.ok(cost > 0);
    const data = objectOf((await client.get('/key')).json.data);
    assert.ok(Math.abs((numberOf(data.usage_daily) ?? 0) - 0.31 - cost) < 1e-9);
    assert.ok(Math.abs((numberOf(data.limit_remaining) ?? 0) - 7.48 + cost) < 1e-9);
  });

  it('refuses with the recorded message when the limit of the key is used up', async () => {
    const reply = await client.post('/chat/completions', chatBody({ max_tokens: 500 }), keys.exhausted);
    assert.equal(reply.status, 402);
    const error = errorOf(reply);
    assert.match(
      String(error.message),
      /^This request requires more credits, or fewer max_tokens\. You requested up to 500 tokens, but can only afford 0\./,
    );
    assert.equal(objectOf(error.metadata).limit_source, 'openrouter_credits');
  });

  it('reserves the price of the longest answer, so a small balance needs a small max_tokens', async () => {
    client.simulator.setKey(simulatorKey, { limit: 0.01 });
    assert.equal((await client.ask({ max_tokens: 64_000 })).status, 402);
    assert.equal(
      (await client.ask({ max_tokens: undefined })).status,
      402,
      'the longest answer of the model',
    );
    assert.equal((await client.ask({ max_tokens: 500 })).status, 200);
  });

  it('counts free requests and refuses when the day is used up', async () => {
    const free = { model: 'meta-llama/llama-3.3-70b-instruct:free' };
    const ask = () => client.post('/chat/completions', chatBody(free), keys.freeTier);
    client.simulator.setKey(keys.freeTier, {
      free_model_daily_requests: { limit: 50, remaining: 2, used: 48 },
    });
    assert.equal((await ask()).status, 200);
    assert.equal((await ask()).status, 200);
    const refused = await ask();
    assert.equal(refused.status, 429);
    assert.match(String(errorOf(refused).message), /free-models-per-day/);
    assert.equal(objectOf(errorOf(refused).metadata).limit_source, 'openrouter_free_tier_daily');
    assert.ok(Number(refused.headers.get('X-RateLimit-Reset')) > Date.now());
    const paid = await client.post('/chat/completions', chatBody(), keys.freeTier);
    assert.equal(paid.status, 402);
  });

  it('takes new keys, changes and revocations from a test', async () => {
    const key = keyFrom('new');
    assert.equal((await client.get('/key', key)).status, 401);
    client.simulator.setKey(key, { label: 'Laptop', limit: 3 });
    const data = objectOf((await client.get('/key', key)).json.data);
    assert.equal(data.label, 'Laptop');
    assert.equal(data.limit_remaining, 3);
    client.simulator.setKey(key, { revoked: true });
    assert.equal((await client.get('/key', key)).status, 401);
  });

  it('knows a generation only after a while, and then its true cost', async () => {
    client.simulator.use('late-generation');
    const asked = await client.ask();
    const id = asked.headers.get('X-Generation-Id') ?? '';
    assert.equal(asked.json.id, id);
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await client.get(`/generation?id=${id}`)).status);
    assert.deepEqual(statuses, [404, 404, 404, 200]);
    const data = objectOf((await client.get(`/generation?id=${id}`)).json.data);
    assert.equal(data.total_cost, objectOf(asked.json.usage).cost);
    assert.equal(data.streamed, false);
    assert.equal((await client.get(`/generation?id=${id}`, keys.noLimit)).status, 404, 'of another account');
    assert.equal((await client.get(`/generation/${id}`)).status, 404, 'not a path parameter');
  });

  it('lets an own provider key pay: no cost for the account, the upstream cost beside it', async () => {
    client.simulator.use('own-provider-key');
    const usage = objectOf((await client.ask()).json.usage);
    assert.equal(usage.cost, 0);
    assert.equal(usage.is_byok, true);
    assert.ok((numberOf(objectOf(usage.cost_details).upstream_inference_cost) ?? 0) > 0);
    const data = objectOf((await client.get('/key')).json.data);
    assert.equal(data.usage, 12.5);
    assert.ok((numberOf(data.byok_usage) ?? 0) > 0);
  });

  it('answers unknown addresses with 404 and wrong methods with 405', async () => {
    assert.equal((await client.get('/nothing')).status, 404);
    assert.equal((await client.get('/chat/completions')).status, 405);
    assert.equal((await client.get('/auth/keys')).status, 405);
  });

  it('lists its providers', async () => {
    const { json } = await client.get('/providers', null);
    const slugs = listOf(json.data).map((provider) => objectOf(provider).slug);
    assert.ok(slugs.includes('anthropic') && slugs.includes('google-vertex'));
  });
});
