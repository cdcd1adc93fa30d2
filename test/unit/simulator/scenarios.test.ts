import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { listOf, objectOf, textOf } from '../../simulator/json.ts';
import type { JsonObject } from '../../simulator/json.ts';
import type { Scenario } from '../../simulator/scenario.ts';
import type { ScenarioName } from '../../simulator/scenarios.ts';
import { findScenario, scenarioOf, scenarios } from '../../simulator/scenarios.ts';
import type { Client } from './client.ts';
import { choiceOf, dataOf, deltaOf, errorOf, eventsOf, joined, messageOf, startClient } from './client.ts';

describe('simulator scenarios', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  beforeEach(() => {
    client.simulator.reset();
  });
  after(() => client.simulator.close());

  const streamed = async (name: ScenarioName, changes: JsonObject = {}): Promise<string> => {
    client.simulator.use(name);
    return (await client.stream(changes)).text;
  };
  const tool = (name: string): JsonObject => ({
    type: 'function',
    function: {
      name,
      parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
    },
  });

  const named = (name: string): Scenario => {
    const scenario = findScenario(name);
    assert.ok(scenario, name);
    return scenario;
  };

  it('answers every status of the error table with itself as code', async () => {
    for (const status of [
      400, 401, 402, 403, 404, 408, 409, 410, 413, 422, 429, 500, 502, 503, 504, 524, 529,
    ]) {
      client.simulator.use(named(`error-${String(status)}`));
      const reply = await client.stream();
      assert.equal(reply.status, status);
      assert.equal(errorOf(reply).code, status);
      assert.equal(typeof errorOf(reply).message, 'string');
      assert.equal(reply.headers.get('Content-Type'), 'application/json');
    }
  });

  it('has the typed errors and the availabilities of the reference, each with its status', async () => {
    const expected: readonly (readonly [ScenarioName, number])[] = [
      ['error-type-context-length-exceeded', 400],
      ['error-type-provider-unavailable', 502],
      ['error-type-image-not-found', 404],
      ['error-type-timeout', 504],
      ['error-availability-model-not-found', 400],
      ['error-availability-constraint-filtered', 404],
      ['error-availability-capacity-exhausted', 429],
      ['error-availability-temporarily-unavailable', 503],
      ['error-availability-region-restricted', 403],
    ];
    for (const [name, status] of expected) {
      client.simulator.use(name);
      const reply = await client.ask();
      assert.equal(reply.status, status, name);
      const told = objectOf(errorOf(reply).metadata).error_type ?? objectOf(errorOf(reply).availability).code;
      assert.equal(
        `error-${name.includes('-type-') ? 'type' : 'availability'}-${String(told).replaceAll('_', '-')}`,
        name,
      );
    }
    assert.equal(scenarios.filter(({ name }) => name.startsWith('error-type-')).length, 27);
    assert.equal(scenarios.filter(({ name }) => name.startsWith('error-availability-')).length, 11);
  });

  it('gives the recorded metadata of the limits', async () => {
    const told = async (name: ScenarioName): Promise<JsonObject> => {
      client.simulator.use(name);
      return objectOf(errorOf(await client.ask()).metadata);
    };
    assert.equal((await told('error-upstream-rate-limit')).limit_source, 'upstream_provider_shared_pool');
    assert.equal((await told('error-free-daily')).limit_source, 'openrouter_free_tier_daily');
    assert.equal((await told('error-in-flight')).reason, 'in_flight_budget_exhausted');
    assert.equal((await told('error-key-limit')).limit_source, 'openrouter_key_limit');
    assert.deepEqual((await told('error-moderation')).reasons, ['violence']);
    assert.equal((await client.ask()).headers.get('Retry-After'), null);
    client.simulator.use('error-in-flight');
    assert.equal((await client.ask()).headers.get('Retry-After'), '120');
  });

  it('has errors that are no envelope: HTML, nothing, text, a ZodError', async () => {
    const seen = async (name: ScenarioName) => {
      client.simulator.use(name);
      return client.ask();
    };
    assert.match((await seen('error-html')).text, /^<!DOCTYPE html>/);
    assert.equal((await seen('error-empty')).text, '');
    assert.equal((await seen('error-text')).headers.get('Content-Type'), 'text/plain');
    const zod = await seen('error-zod');
    assert.equal(zod.json.success, false);
    assert.equal(errorOf(zod).name, 'ZodError');
  });

  it('puts an error into the stream in all three shapes, as its last event', async () => {
    const shapes: readonly (readonly [ScenarioName, unknown])[] = [
      ['midstream-error', 502],
      ['midstream-error-string-code', 'server_error'],
      ['midstream-error-bare', 502],
    ];
    for (const [name, code] of shapes) {
      const events = eventsOf(await streamed(name));
      const last = events.at(-1) ?? {};
      assert.equal(objectOf(last.error).code, code, name);
      assert.equal(last.choices === undefined, name === 'midstream-error-bare');
      assert.equal(choiceOf(last).finish_reason, name === 'midstream-error-bare' ? undefined : 'error');
      assert.ok(joined(events, 'content').length > 20, 'what came before stays');
      assert.ok(events.every((event) => event.usage === undefined));
    }
  });

  it('answers 200 with an error as the whole body, streaming or not', async () => {
    client.simulator.use('ok-error-body');
    for (const reply of [await client.ask(), await client.stream()]) {
      assert.equal(reply.status, 200);
      assert.equal(reply.headers.get('Content-Type'), 'application/json');
      assert.equal(errorOf(reply).code, 502);
    }
  });

  it('ends a choice with an error and part of the content', async () => {
    client.simulator.use('choice-error');
    const { status, json } = await client.ask();
    assert.equal(status, 200);
    assert.equal(choiceOf(json).finish_reason, 'error');
    assert.equal(objectOf(choiceOf(json).error).code, 502);
    assert.ok(String(messageOf(json).content).length > 20);
    client.simulator.use('midstream-error');
    assert.equal(choiceOf((await client.ask()).json).finish_reason, 'error');
  });

  it('truncates: a clean end without finish_reason and without [DONE]', async () => {
    const text = await streamed('truncated');
    assert.ok(!dataOf(text).includes('[DONE]'));
    assert.ok(eventsOf(text).every((event) => choiceOf(event).finish_reason === null));
    assert.equal(client.simulator.journal.last()?.outcome, 'finished');
  });

  it('resets the connection in mid-answer, and before the first byte when offline', async () => {
    await assert.rejects(streamed('reset'));
    assert.equal(client.simulator.journal.last()?.outcome, 'cut');
    client.simulator.use('offline');
    await assert.rejects(client.get('/key'));
  });

  it('repeats a thought as reasoning and as details with a signature or encrypted', async () => {
    const events = eventsOf(await streamed('duplicated-reasoning'));
    const details = events.flatMap((event) => listOf(deltaOf(event).reasoning_details).map(objectOf));
    const thought = joined(events, 'reasoning');
    assert.equal(details.map((detail) => textOf(detail.text) ?? '').join(''), thought);
    assert.equal(details.filter((detail) => detail.signature !== undefined).length, 1);
    const hidden = eventsOf(await streamed('encrypted-reasoning')).flatMap((event) =>
      listOf(deltaOf(event).reasoning_details),
    );
    assert.ok(hidden.some((detail) => objectOf(detail).type === 'reasoning.encrypted'));
  });

  it('fragments the arguments of two interleaved calls, with ids at first only', async () => {
    const events = eventsOf(
      await streamed('tool-fragments', { tools: [tool('read_file'), tool('list_files')] }),
    );
    const fragments = events.flatMap((event) => listOf(deltaOf(event).tool_calls).map(objectOf));
    assert.equal(fragments.filter((fragment) => fragment.id !== undefined).length, 2);
    for (const index of [0, 1]) {
      const own = fragments.filter((fragment) => fragment.index === index);
      assert.ok(own.length > 3);
      const text = own.map((fragment) => textOf(objectOf(fragment.function).arguments) ?? '').join('');
      assert.equal(typeof objectOf(JSON.parse(text)).path, 'string');
    }
    assert.deepEqual(
      fragments.slice(2, 6).map((fragment) => fragment.index),
      [0, 1, 0, 1],
    );
    assert.equal(choiceOf(events.at(-1) ?? {}).finish_reason, 'tool_calls');
  });

  it('sends comments between events, and content that is cut, filtered, empty, cited or drawn', async () => {
    assert.ok((await streamed('keepalive-comments')).split(': OPENROUTER PROCESSING').length > 10);
    const reasonOf = async (name: ScenarioName): Promise<unknown> => {
      return choiceOf(eventsOf(await streamed(name)).at(-1) ?? {}).finish_reason;
    };
    assert.equal(await reasonOf('length-cut'), 'length');
    assert.equal(await reasonOf('content-filter'), 'content_filter');
    assert.equal(await reasonOf('empty-answer'), 'stop');
    assert.equal(joined(eventsOf(await streamed('empty-answer')), 'content'), '');
    const cited = eventsOf(await streamed('annotations')).flatMap((event) =>
      listOf(deltaOf(event).annotations),
    );
    assert.equal(objectOf(cited[0]).type, 'url_citation');
    client.simulator.use('images');
    assert.equal(listOf(messageOf((await client.ask()).json).images).length, 1);
  });

  it('bursts so many tokens of Markdown with code, lists and tables', async () => {
    client.simulator.use({ ...scenarioOf('burst'), answer: { burst: 1200 } });
    const events = eventsOf((await client.stream()).text);
    const text = joined(events, 'content');
    assert.equal(objectOf(events.at(-1)?.usage).completion_tokens, 1200);
    for (const part of [
      '```typescript',
      '| --- |',
      '- first point',
      '1. Do this',
      '日本語',
      '> A quotation',
    ]) {
      assert.ok(text.includes(part), part);
    }
  });

  it('refuses at first and then answers; a request that names the scenario starts over', async () => {
    client.simulator.use('refuses-once');
    const first = await client.ask();
    assert.equal(first.status, 503);
    assert.equal(first.headers.get('Retry-After'), '1');
    assert.equal((await client.ask()).status, 200);
    assert.equal((await client.ask()).status, 200);
    client.simulator.reset();
    const marked = { messages: [{ role: 'user', content: 'Hello [[scenario:refuses-twice]]' }] };
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await client.ask(marked)).status);
    assert.deepEqual(statuses, [502, 502, 200, 502]);
  });

  it('takes the scenario of one request from a marker or from the model', async () => {
    const marked = await client.ask({
      messages: [{ role: 'user', content: '[[scenario:error-429]] Hello' }],
    });
    assert.equal(marked.status, 429);
    assert.equal((await client.ask({ model: 'simulated/error-529' })).status, 529);
    assert.equal((await client.ask({ model: 'simulated/default' })).status, 200);
    assert.equal((await client.ask({ model: 'simulated/mistyped' })).status, 400);
    assert.equal(client.simulator.journal.requests[0]?.scenario, 'error-429');
    assert.equal((await client.ask()).status, 200);
  });

  it('reaches every endpoint with HTML and redirects, or only the paths of a custom scenario', async () => {
    client.simulator.use('html');
    for (const path of ['/key', '/models']) {
      const reply = await client.get(path);
      assert.equal(reply.status, 200);
      assert.match(reply.text, /^<!DOCTYPE html>/);
    }
    client.simulator.use('redirect');
    const moved = await client.get('/key');
    assert.equal(moved.status, 302);
    await fetch(moved.headers.get('Location') ?? '');
    assert.equal(client.simulator.elsewhere.journal.last()?.path, '/api/v1/key');
    client.simulator.use({ ...scenarioOf('error-503'), reach: ['/key'] });
    assert.equal((await client.get('/key')).status, 503);
    assert.equal((await client.get('/models')).status, 200);
    assert.equal((await client.ask()).status, 200);
  });

  it('names every scenario in its README, or the rule by which it is named', () => {
    const readme = readFileSync(new URL('../../simulator/README.md', import.meta.url), 'utf8');
    const generated = /^error-(\d+|type-.*|availability-.*)$/;
    const missing = scenarios.filter(({ name }) => !generated.test(name) && !readme.includes(`\`${name}\``));
    assert.deepEqual(
      missing.map(({ name }) => name),
      [],
    );
    assert.equal(findScenario('no such scenario'), undefined);
  });
});
