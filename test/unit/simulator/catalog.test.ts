import assert from 'node:assert/strict';
import type { CatalogEntry } from '../../simulator/model.ts';
import { buildCatalog } from '../../simulator/catalog.ts';
import { endpointsOf } from '../../simulator/endpoints.ts';
import { listOf, objectOf, textOf } from '../../simulator/json.ts';
import type { JsonObject } from '../../simulator/json.ts';
import { priceString } from '../../simulator/model.ts';
import type { Client } from './client.ts';
import { startClient } from './client.ts';

describe('simulated catalog', () => {
  const { entries } = buildCatalog(Date.UTC(2026, 10, 20));
  const some = (predicate: (entry: CatalogEntry) => boolean): boolean => entries.some(predicate);
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.simulator.close());

  const rows = async (path: string): Promise<readonly JsonObject[]> => {
    return listOf((await client.get(path)).json.data).map(objectOf);
  };

  it('has several hundred models, each of them once and named as simulated', () => {
    assert.ok(entries.length >= 350, String(entries.length));
    assert.equal(new Set(entries.map(({ model }) => model.id)).size, entries.length);
    assert.deepEqual(
      entries.filter(({ model }) => !model.name.endsWith('(simulated)')).map(({ model }) => model.name),
      [],
    );
    assert.equal(
      entries.find(({ model }) => model.id === 'anthropic/claude-sonnet-4.6')?.model.name,
      'Anthropic: Claude Sonnet 4.6 (simulated)',
    );
  });

  it('writes every price as a plain decimal string', () => {
    const prices = entries.flatMap(({ model }) => [model.pricing.prompt, model.pricing.completion]);
    assert.deepEqual(
      prices.filter((price) => !/^(-1|\d+(\.\d+)?)$/.test(price)),
      [],
    );
    assert.equal(priceString(0.02), '0.00000002');
    assert.equal(priceString(3), '0.000003');
    assert.equal(priceString(0), '0');
  });

  it('has every kind of row that a picker has to cope with', () => {
    const today = '2026-11-20';
    assert.ok(some(({ model }) => model.id.endsWith(':free') && model.pricing.prompt === '0'));
    assert.ok(some(({ model }) => model.id.endsWith(':batch')));
    assert.ok(some(({ model }) => model.id.startsWith('~') && model.alias_target !== undefined));
    assert.ok(some(({ model }) => model.pricing.prompt === '-1' && model.reasoning === undefined));
    assert.ok(some(({ model }) => model.context_length === null));
    assert.ok(some(({ model }) => model.top_provider.max_completion_tokens === null));
    assert.ok(some(({ model }) => model.expiration_date !== null));
    assert.ok(entries.every(({ model }) => (model.expiration_date ?? '9') > today));
    assert.ok(
      some(({ model }) =>
        (model.pricing.overrides ?? []).some((each) => each.min_prompt_tokens !== undefined),
      ),
    );
    assert.ok(some(({ model }) => (model.pricing.overrides ?? []).some((each) => each.utc_start === 1630)));
    assert.ok(some(({ model }) => /[^\p{ASCII}]/u.test(model.name)));
    assert.ok(some(({ model }) => model.reasoning?.mandatory === true));
    assert.ok(some(({ model }) => model.reasoning?.supports_max_tokens === true));
    assert.ok(some(({ model }) => model.reasoning?.supported_efforts?.length === 3));
    assert.ok(some(({ model }) => !model.supported_parameters.includes('tools')));
    assert.ok(some(({ model }) => model.architecture.input_modalities.includes('image')));
  });

  it('has a provider for every model', () => {
    assert.deepEqual(
      entries.filter((entry) => endpointsOf(entry).length === 0).map(({ model }) => model.id),
      [],
    );
  });

  it('lists all text models without a key, and hides what only embeds or draws', async () => {
    const reply = await client.get('/models', null);
    assert.equal(reply.status, 200);
    const ids = listOf(reply.json.data).map((row) => objectOf(row).id);
    assert.equal(reply.json.total_count, ids.length);
    assert.deepEqual(reply.json.links, { next: null });
    assert.ok(!ids.includes('openai/text-embedding-3-small'));
    assert.ok((await rows('/models?output_modalities=embeddings')).length > 3);
    assert.ok((await rows('/embeddings/models')).some(({ id }) => id === 'openai/text-embedding-3-small'));
    assert.equal((await rows('/models?output_modalities=all')).length, entries.length);
  });

  it('filters, orders and pages', async () => {
    assert.ok((await rows('/models?q=sonnet')).every(({ id, name }) => /sonnet/i.test(`${id} ${name}`)));
    const tools = await rows('/models?supported_parameters=tools,structured_outputs');
    assert.ok(tools.length > 50);
    assert.ok(tools.every((row) => listOf(row.supported_parameters).includes('tools')));
    const prices = (await rows('/models?sort=pricing-low-to-high')).map((row) =>
      Number(objectOf(row.pricing).prompt),
    );
    assert.deepEqual(
      prices,
      prices.toSorted((a, b) => a - b),
    );
    const page = await client.get('/models?limit=100&offset=100');
    assert.equal(listOf(page.json.data).length, 100);
    assert.equal(objectOf(page.json.links).next, '/api/v1/models?limit=100&offset=200');
    assert.deepEqual(
      (await rows('/models?limit=3')).map(({ id }) => id),
      (await rows('/models')).slice(0, 3).map(({ id }) => id),
    );
  });

  it('shows each account what its settings allow', async () => {
    assert.equal((await client.get('/models/user', null)).status, 401);
    const own = await rows('/models/user');
    const all = await rows('/models');
    assert.ok(own.length < all.length);
    assert.ok(!own.some((row) => textOf(row.id)?.startsWith('thedrummer/')));
    assert.equal((await client.ask({ model: 'thedrummer/rocinante-12b' })).status, 404);
  });

  it('answers for one model, its endpoints and those that retain nothing', async () => {
    const reply = await client.get('/models/deepseek/deepseek-v4-pro/endpoints', null);
    const data = objectOf(reply.json.data);
    assert.equal(data.id, 'deepseek/deepseek-v4-pro');
    const endpoints = listOf(data.endpoints).map(objectOf);
    assert.equal(endpoints.length, 5);
    assert.ok(
      endpoints.every((each) => typeof each.tag === 'string' && typeof each.provider_name === 'string'),
    );
    assert.equal((await client.get('/models/nobody/nothing/endpoints', null)).status, 404);
    const alias = await client.get('/model/~anthropic/claude-sonnet-latest', null);
    assert.equal(objectOf(alias.json.data).id, 'anthropic/claude-sonnet-4.8');
    assert.equal(objectOf((await client.get('/model/openai/gpt-5.6:nitro')).json.data).id, 'openai/gpt-5.6');
    assert.ok((await rows('/endpoints/zdr')).every((row) => row.provider_name !== 'OpenAI'));
  });

  it('lists a model for each scenario only in interactive use', async () => {
    assert.ok(!(await rows('/models')).some((row) => textOf(row.id)?.startsWith('simulated/')));
    const shown = buildCatalog(0, { listed: entries.slice(0, 1), unlisted: [] });
    assert.equal(shown.entries.length, entries.length + 1);
  });
});
