import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Routing } from '../../src/core/model/routing.ts';
import type { RequestErrorKind } from '../../src/core/model/requestError.ts';
import { OpenRouterClient } from '../../src/core/openrouter/chat/client.ts';
import type { Patience } from '../../src/core/openrouter/transport/streamWatch.ts';
import { errorCases } from '../simulator/errorCases.ts';
import type { Scenario } from '../simulator/scenario.ts';
import { scenarioOf, type ScenarioName } from '../simulator/scenarios.ts';
import { simulatorKey, startSimulator, type Simulator } from '../simulator/simulator.ts';
import { aRequest, collect, type CollectedResponse } from './hearing.ts';

const long = 60_000;
const patient: Patience = { headersMs: long, bytesMs: long, eventsMs: long };

/** Every refusal that the simulator knows, with its kind and what its words have to hold. */
const refusals: Readonly<Record<string, readonly [RequestErrorKind, RegExp?]>> = {
  'error-400': ['request', /^Invalid request parameters$/],
  'error-401': ['key', /^User not found\.$/],
  'error-402': ['credit', /^Insufficient credits/],
  'error-403': ['forbidden', /permission/],
  'error-404': ['model', /No endpoints found/],
  'error-408': ['timeout', /^Request timed out$/],
  'error-409': ['request', /Conflict/],
  'error-410': ['model', /gone/],
  'error-413': ['tooLarge', /too large/],
  'error-422': ['request', /Unprocessable/],
  'error-429': ['rateLimit', /Rate limit exceeded/],
  'error-500': ['provider', /Internal Server Error/],
  'error-502': ['provider', /invalid response/],
  'error-503': ['provider', /No provider is available/],
  'error-504': ['timeout', /^The provider timed out$/],
  'error-524': ['timeout', /at the edge/],
  'error-529': ['provider', /overloaded/],
  'error-missing-key': ['key', /Missing Authentication header/],
  'error-cookie-auth': ['key', /No cookie auth credentials/],
  'error-moderation': ['moderation', /^OpenAI: Your input was flagged/],
  'error-guardrail': ['guardrail', /guardrail/],
  'error-guardrail-budget': ['budget', /Budget exceeded/],
  'error-workspace-budget': ['budget', /Budget exceeded/],
  'error-key-limit': ['budget', /Budget exceeded/],
  'error-upstream-rate-limit': [
    'upstreamLimit',
    /^DeepInfra: This model is temporarily.*own provider key\.$/,
  ],
  'error-upstream-raw-json': ['upstreamLimit', /^DeepInfra: Tokens per minute limit reached Retry/],
  'error-free-daily': ['freeDaily', /free-models-per-day/],
  'error-free-daily-high-balance': ['freeDaily', /free-models-per-day-high-balance/],
  'error-free-per-minute': ['rateLimit', /free-models-per-min/],
  'error-retry-after': ['rateLimit', /Rate limit exceeded/],
  'error-retry-after-long': ['rateLimit', /Rate limit exceeded/],
  'error-credit': ['credit', /requires more credits, or fewer max_tokens.*can only afford 1204/],
  'error-in-flight': ['inFlight', /in flight/],
  'error-weight-exceeds-budget': ['credit', /whole budget/],
  'error-admission-control': ['rateLimit', /Too many requests are waiting/],
  'error-previous-errors': ['provider', /All providers failed/],
  'error-data-policy': ['privacy', /data policy \(Paid model training\)/],
  'error-guardrail-data-policy': ['guardrail', /guardrail restrictions and data policy/],
  'error-zero-retention': ['privacy', /Zero data retention/],
  'error-no-tool-use': ['noProvider', /support tool use/],
  'error-provider-only': ['noProvider', /No allowed providers/],
  'error-no-endpoints': ['model', /No endpoints found for anthropic/],
  'error-no-models-match': ['noProvider', /No models match/],
  'error-html': ['page', /^The server sent a web page instead of an API response/],
  'error-empty': ['provider'],
  'error-text': ['request', /^Malformed JSON in request body$/],
  'error-zod': ['request', /^Required$/],
  'error-type-context-length-exceeded': ['contextLength', /context_length_exceeded/],
  'error-type-max-tokens-exceeded': ['contextLength'],
  'error-type-token-limit-exceeded': ['contextLength'],
  'error-type-string-too-long': ['contextLength'],
  'error-type-authentication': ['key'],
  'error-type-payment-required': ['credit'],
  'error-type-permission-denied': ['forbidden'],
  'error-type-rate-limit-exceeded': ['rateLimit'],
  'error-type-provider-overloaded': ['provider'],
  'error-type-provider-unavailable': ['provider'],
  'error-type-invalid-request': ['request'],
  'error-type-invalid-prompt': ['request'],
  'error-type-not-found': ['model'],
  'error-type-precondition-failed': ['request'],
  'error-type-payload-too-large': ['tooLarge'],
  'error-type-unprocessable': ['request'],
  'error-type-content-policy-violation': ['moderation'],
  'error-type-refusal': ['moderation'],
  'error-type-invalid-image': ['request'],
  'error-type-image-too-large': ['request'],
  'error-type-image-too-small': ['request'],
  'error-type-unsupported-image-format': ['request'],
  'error-type-image-download-failed': ['request'],
  'error-type-image-not-found': ['request'],
  'error-type-server': ['provider'],
  'error-type-unmapped': ['provider'],
  'error-type-timeout': ['timeout', /timeout/],
  'error-availability-model-not-found': ['model'],
  'error-availability-wrong-endpoint': ['request'],
  'error-availability-no-endpoints': ['model'],
  'error-availability-model-deprecated': ['model'],
  'error-availability-model-unavailable-upstream': ['model'],
  'error-availability-capacity-exhausted': ['rateLimit'],
  'error-availability-temporarily-unavailable': ['provider'],
  'error-availability-region-restricted': ['region'],
  'error-availability-privacy-restricted': ['privacy'],
  'error-availability-constraint-filtered': ['noProvider', /constraint_filtered/],
  'error-availability-free-variant-ended': ['model'],
};

describe('a failure against the simulator', () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });

  after(() => simulator.close());
  afterEach(() => {
    simulator.reset();
  });

  const ask = (patience = patient, routing?: Routing): Promise<CollectedResponse> => {
    const server = { baseUrl: () => simulator.baseUrl, apiKey: () => Promise.resolve(simulatorKey) };
    return collect(
      new OpenRouterClient(server, patience).stream(
        { ...aRequest(), ...(routing && { routing }) },
        new AbortController().signal,
      ),
    );
  };

  it('has a row here for every refusal that the simulator knows', () => {
    assert.deepEqual(Object.keys(refusals).sort(), [...errorCases.keys()].sort());
  });

  for (const [name, [kind, words]] of Object.entries(refusals)) {
    it(`told by "${name}" is ${kind}, with its words, at the first try`, async () => {
      const refusal = errorCases.get(name);
      assert.ok(refusal);
      simulator.use({ name, about: '', refusal: { kind: 'reply', reply: refusal } });
      const { error, events } = await ask();
      assert.equal(error?.kind, kind);
      assert.equal(error.facts.status, simulator.journal.last()?.status);
      assert.match(error.facts.detail ?? '', words ?? /^(The (request|requested) .*\))?$/);
      assert.deepEqual(events, []);
      assert.equal(simulator.journal.requests.length, 1);
    });
  }

  it("is of the request's own privacy rules where it has such, and else of the account", async () => {
    const cases: readonly (readonly [ScenarioName, Routing, RequestErrorKind])[] = [
      ['error-zero-retention', { zdr: true }, 'ownPrivacy'],
      ['error-zero-retention', { zdr: false }, 'privacy'],
      ['error-zero-retention', { data_collection: 'deny' }, 'privacy'],
      ['error-data-policy', { data_collection: 'deny' }, 'ownPrivacy'],
      ['error-data-policy', { sort: 'price' }, 'privacy'],
      ['error-guardrail-data-policy', { zdr: true }, 'guardrail'],
    ];
    for (const [name, routing, kind] of cases) {
      const reply = errorCases.get(name);
      assert.ok(reply);
      simulator.use({ name, about: '', refusal: { kind: 'reply', reply } });
      const { error } = await ask(patient, routing);
      assert.equal(error?.kind, kind, `${name} ${JSON.stringify(routing)}`);
      assert.equal(
        error.facts.excludedBy !== undefined,
        kind === 'ownPrivacy' || name === 'error-zero-retention',
      );
    }
  });

  it('says when to try again, also when that is long from now', async () => {
    for (const [name, seconds] of [
      ['error-retry-after', 2],
      ['error-retry-after-long', 3_600],
      ['error-in-flight', 120],
      ['error-429', undefined],
    ] as const) {
      simulator.use(name);
      assert.equal((await ask()).error?.facts.retryAfter, seconds, name);
    }
  });

  const others: readonly (readonly [ScenarioName, RequestErrorKind, RegExp])[] = [
    ['html', 'page', /^The server sent a web page instead of an API response/],
    ['html-502', 'page', /^The server sent a web page instead of an API response/],
    ['ok-error-body', 'provider', /./],
    ['offline', 'network', /ECONNRESET|other side closed/],
  ];
  for (const [name, kind, words] of others) {
    it(`of "${name}" is ${kind}, at the first try`, async () => {
      simulator.use(name);
      const { error, text } = await ask();
      assert.equal(error?.kind, kind);
      assert.match(error.facts.detail ?? '', words);
      assert.equal(text, '');
      assert.equal(simulator.journal.requests.length, 1);
    });
  }

  it('of a missing server is reported as such', async () => {
    const nowhere = await startSimulator();
    await nowhere.close();
    const server = { baseUrl: () => nowhere.baseUrl, apiKey: () => Promise.resolve(simulatorKey) };
    const { error } = await collect(
      new OpenRouterClient(server).stream(aRequest(), new AbortController().signal),
    );
    assert.deepEqual([error?.kind, error?.facts.detail], ['refused', 'ECONNREFUSED']);
  });

  describe('after the text that had come', () => {
    const content =
      'One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen.';
    const use = (name: ScenarioName, changes: Partial<Scenario> = {}): void => {
      simulator.use({ ...scenarioOf(name), answer: { ...scenarioOf(name).answer, content }, ...changes });
    };
    const keepsText = ({ text }: CollectedResponse): void => {
      assert.ok(text.length > 0 && text.length < content.length && content.startsWith(text), text);
    };

    const breaking: readonly (readonly [ScenarioName, RequestErrorKind, RegExp?])[] = [
      ['midstream-error', 'provider', /\w{3}/],
      ['midstream-error-string-code', 'provider', /\w{3}/],
      ['midstream-error-bare', 'provider', /\w{3}/],
      ['choice-error', 'provider'],
      ['truncated', 'truncated'],
    ];
    for (const [name, kind, words] of breaking) {
      it(`in "${name}" is ${kind}`, async () => {
        const { ending, answer } = scenarioOf(name);
        use(name, {
          ...(ending && { ending: { ...ending, after: 6 } }),
          answer: { ...answer, content, ...(answer?.cutAfter !== undefined && { cutAfter: 6 }) },
        });
        const heard = await ask();
        assert.equal(heard.error?.kind, kind);
        assert.match(heard.error.facts.detail ?? '', words ?? /^/);
        keepsText(heard);
      });
    }

    it('is of the network when the connection breaks', async () => {
      const until = simulator.journal.waitFor(({ pieces }) => pieces >= 6);
      use('reset', { ending: { kind: 'reset', after: 8 }, pace: { tokensPerSecond: 200 } });
      const heard = await ask();
      await until;
      assert.equal(heard.error?.kind, 'network');
      keepsText(heard);
    });

    it('is none as long as something comes in time, however long it takes in all', async () => {
      use('default', { pace: { tokensPerSecond: 40 } });
      const startedAt = performance.now();
      const { error, text } = await ask({ ...patient, bytesMs: 300, eventsMs: 300 });
      assert.deepEqual([error, text], [undefined, content]);
      assert.ok(performance.now() - startedAt > 400, 'or it shows nothing');
    });

    // Each of these can only be noticed by the timer that is short here.
    const silences: readonly (readonly [ScenarioName, Partial<Patience>, boolean])[] = [
      ['silent', { headersMs: 100 }, false],
      ['stall-at-start', { bytesMs: 100 }, false],
      ['stall', { bytesMs: 100 }, true],
      ['stall-comments', { eventsMs: 200 }, true],
    ];
    for (const [name, patience, spoken] of silences) {
      it(`is a timeout in "${name}", by the timer of ${Object.keys(patience).join()}`, async () => {
        use(name);
        const heard = await ask({ ...patient, ...patience });
        assert.equal(heard.error?.kind, 'timeout');
        if (spoken) {
          keepsText(heard);
        }
        await simulator.journal.waitFor(({ aborted }) => aborted);
      });
    }
  });
});
