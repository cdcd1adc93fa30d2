import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'mocha';
import { RetryingModel } from '../../src/core/conversation/generation/retryingModel.ts';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import { reportOf, type KnownModels } from '../../src/host/words/report.ts';
import { errorCases } from '../simulator/errorCases.ts';
import type { Scenario } from '../simulator/scenario.ts';
import { scenarioOf, type ScenarioName } from '../simulator/scenarios.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { startTlsFront } from '../support/tlsFront.ts';
import { aRequest, collect } from './hearing.ts';
import { startPlainServer } from './plainServer.ts';

const tableFile = new URL('./errorTable.txt', import.meta.url);

/** Set, the table is written anew; whoever does that reads what has changed. */
const rewrite = process.env['SWITCHBOARD_REWRITE'] === '1';

const answer = 'One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen.';

/** What breaks off after some words. */
const breaking: readonly ScenarioName[] = [
  'midstream-error',
  'midstream-error-string-code',
  'midstream-error-bare',
  'choice-error',
  'truncated',
  'reset',
  'stall',
  'stall-comments',
];

/** What fails before the first word, and is no refusal with a status. */
const others: readonly ScenarioName[] = [
  'html',
  'html-502',
  'ok-error-body',
  'offline',
  'redirect',
  'silent',
  'stall-at-start',
];

/** A user who has narrowed the routing, and a catalog with a free model and with names to choose from. */
const models: KnownModels = {
  nameOf: (id) => id,
  freeModel: () => 'openrouter/free',
  nearest: () => ['author/near'],
  routing: () => ({ only: ['a'], zdr: true, data_collection: 'deny', max_price: { prompt: 1 } }),
};

describe('the table of errors: what a user sees of each failure', () => {
  let simulator: Simulator;
  const rows: string[] = [];

  before(async () => {
    simulator = await startSimulator();
  });

  after(async () => {
    await simulator.close();
    const table = `${rows.join('\n')}\n`;
    if (rewrite) {
      writeFileSync(tableFile, table);
    }
    assert.equal(table, readFileSync(tableFile, 'utf8'), 'the table has changed');
  });

  afterEach(() => {
    simulator.reset();
  });

  /** Fails so, and writes the row. */
  const fail = async (name: string, scenario?: Scenario, baseUrl = simulator.baseUrl): Promise<void> => {
    if (scenario) {
      simulator.use(scenario);
    }
    const server = { baseUrl: () => baseUrl, apiKey: () => Promise.resolve(simulatorKey) };
    const client = new OpenRouterClient(server, { headersMs: 300, bytesMs: 300, eventsMs: 500 });
    const sleep = (): Promise<void> => Promise.resolve();
    const model = new RetryingModel(client, { sleep, random: () => 0.5 });
    const { error, text } = await collect(model.stream(aRequest(), new AbortController().signal));
    assert.ok(error, 'it has to fail');
    const { message, remedies } = reportOf(error, models, 'author/asked');
    const kept = text === '' ? 'nothing' : answer.startsWith(text) ? 'the words so far' : `"${text}"`;
    const words = message.replace(/(on|at) [^.]*\d:\d\d[^.]*/, 'at a time');
    const ways = remedies.map(({ label }) => label).join(', ');
    const requests = String(simulator.journal.requests.length);
    rows.push(
      `${name}: ${error.kind}\n  "${words}"\n  ways on: ${ways}\n  requests: ${requests}, kept: ${kept}`,
    );
  };

  for (const [name, reply] of errorCases) {
    it(`has a row for ${name}`, () => fail(name, { name, about: '', refusal: { kind: 'reply', reply } }));
  }

  for (const name of others) {
    it(`has a row for ${name}`, () => fail(name, scenarioOf(name)));
  }

  it('has a row for an unknown host name', () =>
    fail('unknown-host', undefined, 'https://openrouter.invalid/api/v1'));

  it('has a row for a server that is not there', async () => {
    const gone = await startPlainServer();
    await gone.close();
    await fail('refused-connection', undefined, gone.baseUrl);
  });

  it('has a row for a certificate that is not trusted', async () => {
    const front = await startTlsFront(simulator.baseUrl);
    await fail('untrusted-certificate', undefined, `https://localhost:${String(front.port)}/api/v1`);
    await front.close();
  });

  for (const name of breaking) {
    it(`has a row for ${name}, with what was kept`, () => {
      const { ending, answer: said, ...scenario } = scenarioOf(name);
      return fail(name, {
        ...scenario,
        ...(ending && { ending: { ...ending, after: 6 } }),
        answer: { ...said, content: answer, ...(said?.cutAfter !== undefined && { cutAfter: 6 }) },
        pace: { tokensPerSecond: 500 },
      });
    });
  }
});
