import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { objectOf } from '../../simulator/json.ts';
import { simulatorKey } from '../../simulator/simulator.ts';
import type { Client } from './client.ts';
import { chatBody, startClient } from './client.ts';

describe('journal', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  beforeEach(() => {
    client.simulator.reset();
  });
  after(() => client.simulator.close());

  const open = (scenarioBody: unknown, signal: AbortSignal): Promise<Response> =>
    fetch(`${client.simulator.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${simulatorKey}`, 'X-OpenRouter-Title': 'Switchboard' },
      body: JSON.stringify(scenarioBody),
      signal,
    });

  it('knows method, path, query, headers, body, status and times of every request', async () => {
    const { journal } = client.simulator;
    await client.get('/models?q=sonnet&limit=2');
    await client.stream({ session_id: 's1' });
    const [list, chat] = await Promise.all([
      journal.waitFor(({ path, closedAt }) => path === '/api/v1/models' && closedAt !== undefined),
      journal.waitFor(({ method, closedAt }) => method === 'POST' && closedAt !== undefined),
    ]);
    assert.deepEqual(list.query, { q: 'sonnet', limit: '2' });
    assert.equal(list.status, 200);
    assert.equal(chat.headers.authorization, `Bearer ${simulatorKey}`);
    assert.equal(objectOf(chat.body).session_id, 's1');
    assert.equal(chat.outcome, 'finished');
    assert.equal(chat.aborted, false);
    assert.equal(chat.generation, client.simulator.generations[0]?.id);
    assert.ok(chat.pieces > 50);
    const times = [
      chat.arrivedAt,
      chat.bodyAt,
      chat.firstByteAt,
      chat.firstTokenAt,
      chat.lastByteAt,
      chat.closedAt,
    ];
    const known = times.map((time) => time ?? NaN);
    assert.deepEqual(
      known,
      known.toSorted((a, b) => a - b),
    );
    assert.equal(journal.last(), chat);
    assert.equal(journal.last('/models'), list);
    assert.equal(journal.last('/api/v1/models'), list);
    assert.equal(journal.last('/credits'), undefined);
    assert.equal(journal.to('/models').length, 1);
    journal.clear();
    assert.equal(journal.requests.length, 0);
  });

  it('wakes waiting tests by events, and reports what arrived instead on a timeout', async () => {
    const { journal } = client.simulator;
    const coming = journal.waitFor(({ path }) => path.endsWith('/key'));
    await client.get('/key');
    assert.equal((await coming).path, '/api/v1/key');
    await assert.rejects(
      journal.waitFor(({ path }) => path === '/never', { timeoutMs: 5 }),
      /No such request within 5 ms\. Journal: GET \/api\/v1\/key 200 finished/,
    );
  });

  it('sees a client disconnect mid-stream, and charges for what was written', async () => {
    client.simulator.use('stall');
    const leave = new AbortController();
    const response = await open(chatBody({ stream: true }), leave.signal);
    await client.simulator.journal.waitFor(({ pieces }) => pieces === 12);
    leave.abort();
    await assert.rejects(response.text());
    const entry = await client.simulator.journal.waitFor(({ closedAt }) => closedAt !== undefined);
    assert.equal(entry.aborted, true);
    assert.equal(entry.outcome, 'aborted');
    assert.equal(entry.headers['x-openrouter-title'], 'Switchboard');
    const generation = client.simulator.generations[0];
    assert.equal(generation?.cancelled, true);
    assert.equal(generation.completionTokens, 12);
    assert.ok(generation.cost > 0);
  });

  it('charges the whole answer when the provider cannot stop', async () => {
    client.simulator.use('stall');
    const leave = new AbortController();
    const body = chatBody({ stream: true, provider: { only: ['amazon-bedrock'] } });
    const response = await open(body, leave.signal);
    await client.simulator.journal.waitFor(({ pieces }) => pieces === 12);
    leave.abort();
    await assert.rejects(response.text());
    await client.simulator.journal.waitFor(({ closedAt }) => closedAt !== undefined);
    assert.ok((client.simulator.generations[0]?.completionTokens ?? 0) > 50);
  });

  it("holds a stream at a test's own brake until it is let go", async () => {
    const brake = new EventEmitter();
    client.simulator.use({
      name: 'held',
      about: 'waits',
      pause: { after: 5, until: once(brake, 'release') },
    });
    const streaming = client.stream();
    const held = await client.simulator.journal.waitFor(({ pieces }) => pieces === 5);
    assert.equal(held.outcome, 'open');
    brake.emit('release');
    assert.ok((await streaming).text.endsWith('data: [DONE]\n\n'));
  });
});
