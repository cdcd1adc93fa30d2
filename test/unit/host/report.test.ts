import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { RequestErrorKind } from '../../../src/core/model/requestError.ts';
import { RequestError } from '../../../src/core/model/requestError.ts';
import { refusalWords } from '../../../src/host/words/refusalWords.ts';
import { remedies, reportOf, reportOfError, reportOfSaveFailure } from '../../../src/host/words/report.ts';
import { toHost } from '../../../src/protocol/toHost.ts';

/** Every kind, with the button that leads out of it first; the compiler knows when one is missing. */
const waysOn: Readonly<Record<RequestErrorKind, string>> = {
  noKey: 'Set API key',
  key: 'Set API key',
  managementKey: 'Set API key',
  noKeyRecord: 'Open settings',
  credit: 'Add credits',
  inFlight: 'Try again',
  freeDaily: 'Add credits',
  rateLimit: 'Try again',
  upstreamLimit: 'Try again',
  contextLength: 'Switch model',
  tooLarge: 'Switch model',
  moderation: 'Switch model',
  contentFilter: 'Switch model',
  forbidden: 'Set API key',
  guardrail: 'Switch model',
  budget: 'Add credits',
  dayBudget: 'Raise Limit',
  runBudget: 'Raise Limit',
  region: 'Switch model',
  noProvider: 'Switch model',
  privacy: 'Privacy settings',
  ownPrivacy: 'Switch model',
  model: 'Switch model',
  request: 'Switch model',
  provider: 'Try again',
  network: 'Try again',
  unknownHost: 'Try again',
  refused: 'Try again',
  certificate: 'Open settings',
  proxy: 'Open settings',
  timeout: 'Try again',
  truncated: 'Try again',
  protocol: 'Open settings',
  page: 'Try again',
  baseUrl: 'Open settings',
  routing: 'Open settings',
  ledger: 'Try again',
  spendingUnknown: 'Raise Limit',
  internal: 'Try again',
  invalidAnswer: 'Try again',
  emptyAnswer: 'Try again',
};
const kinds = Object.keys(waysOn) as RequestErrorKind[];
const key = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;

describe('a failure in words', () => {
  it('tells what moderation flagged, and in which words', () => {
    const facts = { reasons: ['violence', 'hate'], flaggedInput: 'hit the nail' };
    const { message } = reportOf(new RequestError('moderation', facts));
    assert.match(message, /Flagged for: violence, hate\. The flagged text: "hit the nail"\.$/);
  });

  for (const kind of kinds) {
    it(`of kind ${kind} is a plain sentence, and leads to "${waysOn[kind]}"`, () => {
      const { message, remedies: ways } = reportOf(new RequestError(kind));
      assert.match(message, /^[A-Z].{15,}[.?]$/);
      assert.doesNotMatch(message, /undefined|Error|HTTP|exception/);
      assert.equal(ways[0]?.label, waysOn[kind]);
    });
  }

  it('is another one for every kind', () => {
    assert.equal(new Set(kinds.map((kind) => reportOf({ kind }).message)).size, kinds.length);
  });

  it('has words and a way on also for a kind that a later version wrote', () => {
    // As it comes out of a database that a later version has written into.
    const later: unknown = JSON.parse('{"kind":"something new"}');
    const report = reportOf(later as { kind: RequestErrorKind });
    assert.equal(report.message, reportOf({ kind: 'request' }).message);
    assert.ok(report.remedies.length > 0);
  });

  it('says when to try again, where the service said so', () => {
    const wait = (retryAfter: number): string => reportOf({ kind: 'rateLimit', retryAfter }).message;
    assert.match(wait(7), / in 7 seconds\.$/);
    assert.match(wait(1), / in a second\.$/);
    assert.equal(wait(0), reportOf({ kind: 'rateLimit' }).message);
  });

  it("keeps the service's words and status as details", () => {
    assert.equal(
      reportOf(new RequestError('provider', { status: 502, detail: 'Gone' })).detail,
      'HTTP 502: Gone',
    );
    assert.equal(reportOf(new RequestError('provider', { status: 502 })).detail, 'HTTP 502');
    assert.equal(reportOf(new RequestError('provider')).detail, undefined);
  });

  it('never repeats a key', () => {
    const detail = `Incorrect key ${key}`;
    for (const report of [
      ...kinds.map((kind) => reportOf({ kind, detail })),
      reportOfError(new RequestError('key', { detail })),
      reportOfError(new Error(detail)),
      reportOfError(detail),
      reportOfSaveFailure(new Error(detail)),
    ]) {
      assert.doesNotMatch(JSON.stringify(report), /0123456789/);
    }
  });

  it('of the extension is reported as a bug, with its details', () => {
    assert.deepEqual(reportOfError(new TypeError('x is not a function')), {
      message: 'Something went wrong inside Switchboard.',
      detail: 'x is not a function',
      remedies: [{ kind: 'dismiss', label: 'Dismiss' }],
    });
    assert.equal(reportOfError(undefined).detail, 'undefined');
  });

  it('to save says that nothing is lost yet', () => {
    const report = reportOfSaveFailure(new Error('database or disk is full'));
    assert.match(report.message, /couldn't be saved/);
    assert.equal(report.detail, 'database or disk is full');
  });
});

describe('a remedy', () => {
  it('names each rule that "Relax routing" goes without, and none that excluded nobody', () => {
    const routing = {
      ...{ zdr: true, data_collection: 'deny', ignore: ['a', 'b'], max_price: { prompt: 1 } },
      ...{ only: [], sort: 'price', require_parameters: false },
    };
    const excludedBy = ['data_policy:zdr', 'data_policy:training', 'allowed_providers', 'max_price'];
    const models = {
      nameOf: (id: string) => id,
      routing: (model?: string) => (model === 'a/b' ? routing : {}),
    };
    const failure = { kind: 'noProvider', excludedBy } as const;
    assert.match(
      reportOf(failure, models, 'a/b').message,
      / "Relax routing" asks once without: zdr, data_collection: deny, ignore: a, b, max_price: \{"prompt":1\}\.$/,
    );
    const other = reportOf(failure, models, 'c/d');
    assert.doesNotMatch(other.message, /Relax/);
    assert.ok(!other.remedies.some(({ kind }) => kind === 'relaxRouting'));
  });

  it('has the kind under which it is listed, and is one that the panel may ask for', () => {
    for (const [kind, remedy] of Object.entries(remedies)) {
      assert.equal(remedy.kind, kind);
      assert.equal(toHost.safeParse({ type: 'remedy', alertId: 'a', kind }).success, true, kind);
    }
  });
});

describe('a refused attachment in words', () => {
  it('names itself and the reason, and says that nothing was sent', () => {
    const tooLarge = { reason: 'tooLarge', tokens: 1_234_567, limit: 96_000 } as const;
    const all = [{ reason: 'empty' } as const, { reason: 'binary' } as const, tooLarge].map((refusal) =>
      refusalWords('cart.ts:1-2', refusal),
    );
    for (const words of all) {
      assert.match(words, /cart\.ts:1-2/);
      assert.match(words, /nothing was sent/);
    }
    assert.match(all[0] ?? '', /no text/);
    assert.match(all[1] ?? '', /binary/);
    assert.match(all[2] ?? '', /1,234,567 tokens.*96,000/);
  });

  it('offers what only this failure makes possible, after its first way on', () => {
    const labels = (error: RequestError): readonly string[] =>
      reportOf(error, { nameOf: (id) => id.toUpperCase(), freeModel: () => 'x/free' }).remedies.map(
        ({ label }) => label,
      );
    assert.deepEqual(labels(new RequestError('credit', { affordableTokens: 1_204 })), [
      'Add credits',
      'Lower answer length',
      'Use a free model',
      'Switch model',
      'Try again',
    ]);
    assert.ok(!labels(new RequestError('credit', { affordableTokens: 15 })).includes('Lower answer length'));
    const alternatives = ['a/b', 'c/d', 'e/f', 'g/h'];
    assert.deepEqual(labels(new RequestError('model', { alternatives })), [
      'Switch model',
      'Use A/B',
      'Use C/D',
      'Use E/F',
      'Try again',
    ]);
  });

  it('says when the free requests come back, in the time of the place', () => {
    const resetAt = new Date(2026, 0, 2, 3, 4).getTime();
    assert.match(reportOf(new RequestError('freeDaily', { resetAt })).message, /They reset at .*3[:.]04/);
  });

  it('leads to the page of the service only where the service may be down', () => {
    const ways = (error: RequestError, isOpenRouter?: boolean): boolean =>
      reportOf(error, {
        nameOf: (id) => id,
        ...(isOpenRouter !== undefined && { isOpenRouter: () => isOpenRouter }),
      }).remedies.some(({ kind }) => kind === 'serviceStatus');
    for (const error of [
      new RequestError('timeout'),
      new RequestError('network'),
      new RequestError('provider', { status: 503 }),
    ]) {
      assert.deepEqual([ways(error, true), ways(error, false), ways(error)], [true, false, false]);
    }
    assert.equal(ways(new RequestError('key', { status: 401 }), true), false);
    assert.equal(ways(new RequestError('model', { status: 404 }), true), false);
  });
});
