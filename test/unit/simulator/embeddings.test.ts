import assert from 'node:assert/strict';
import { embeddingOf } from '../../simulator/embeddings.ts';
import { listOf, numberOf, objectOf, textOf } from '../../simulator/json.ts';
import { keys } from '../../simulator/simulator.ts';
import type { Client } from './client.ts';
import { startClient } from './client.ts';

const near = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

describe('simulated embeddings', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.simulator.close());

  const model = 'openai/text-embedding-3-small';

  it('lie near each other when the texts are similar, and are always the same', () => {
    const vector = (text: string): Float32Array => embeddingOf(text, 512);
    const query = vector('parse the configuration file');
    const related = near(query, vector('function parseConfigFile(path: string): Config'));
    const unrelated = near(query, vector('draw a red circle on the canvas'));
    assert.ok(related > unrelated + 0.15, `${String(related)} ${String(unrelated)}`);
    assert.ok(Math.abs(near(query, query) - 1) < 1e-5);
    assert.deepEqual(query, vector('parse the configuration file'));
    assert.ok(vector('').every(Number.isFinite));
  });

  it('come as numbers or as base64 of little-endian floats, with usage', async () => {
    const floats = await client.post('/embeddings', { model, input: ['one', 'two'], dimensions: 8 });
    assert.equal(floats.status, 200);
    const rows = listOf(floats.json.data).map(objectOf);
    assert.deepEqual(
      rows.map((row) => row.index),
      [0, 1],
    );
    const packed = await client.post('/embeddings', {
      model,
      input: ['one', 'two'],
      dimensions: 8,
      encoding_format: 'base64',
    });
    const first = textOf(objectOf(listOf(packed.json.data)[0]).embedding) ?? '';
    const bytes = Buffer.from(first, 'base64');
    const values = Array.from({ length: 8 }, (_, index) => bytes.readFloatLE(index * 4));
    assert.deepEqual(values, rows[0]?.embedding);
    assert.ok((numberOf(objectOf(floats.json.usage).cost) ?? 0) > 0);
    const whole = await client.post('/embeddings', { model, input: 'one' });
    assert.equal(listOf(objectOf(listOf(whole.json.data)[0]).embedding).length, 1536);
  });

  it("reject anything that isn't an embedding request", async () => {
    assert.equal((await client.post('/embeddings', { model })).status, 400);
    assert.equal((await client.post('/embeddings', { model: 'no/model', input: 'x' })).status, 400);
    assert.equal((await client.post('/embeddings', { model: 'openai/gpt-4o', input: 'x' })).status, 404);
    assert.equal((await client.post('/embeddings', { model, input: 'x' }, keys.rejected)).status, 401);
    assert.equal((await client.ask({ model })).status, 400);
    client.simulator.use('error-429');
    assert.equal((await client.post('/embeddings', { model, input: 'x' })).status, 429);
    client.simulator.reset();
  });
});
